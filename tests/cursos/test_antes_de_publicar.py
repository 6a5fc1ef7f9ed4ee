"""The list «Antes de publicar» of a lesson: what blocks, and what is advice."""

from __future__ import annotations

import pytest

from cursos.ejemplos import pasos_de_ejemplo
from cursos.models import Leccion
from cursos.validators import antes_de_publicar, faltas_para_publicar, lix
from tests.autoria.lectura import leer
from tests.cursos.factories import paso

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def test_media_without_text_block_publishing():
    imagen = {"type": "imagen", "value": {"titulo": "T", "imagen": {"image": 1, "alt_text": "", "decorative": False}}}
    audio = {"type": "audio", "value": {"titulo": "T", "audio": 3, "transcripcion": "<p></p>"}}
    assert len(faltas_para_publicar([imagen, audio])) == 2
    imagen["value"]["imagen"]["decorative"] = True
    audio["value"]["transcripcion"] = "<p>Dice esto.</p>"
    assert faltas_para_publicar([imagen, audio]) == []


@pytest.mark.parametrize(
    ("pasos", "linea"),
    [
        ([paso("T", "palabra " * 121)], 1),
        ([paso("T", "Administrativamente institucionalidad extraordinariamente complejísima procedimentalmente")], 2),
        ([paso()], 3),
        ([paso()], 5),
        ([paso("T", "palabra " * 2000)], 6),
        ([paso("T", "Llame al 987654321.")], 7),
        ([paso("T", "Con DNI 40123456.")], 7),
        ([{"type": "texto", "value": {"titulo": "T", "texto": '<p><a href="/x">aquí</a></p>'}}], 7),
    ],
)
def test_each_line_of_the_list_notices_its_fault(pasos, linea):
    leccion = Leccion(title="T", pasos=pasos)
    lineas = antes_de_publicar(leccion)
    assert len(lineas) == 8
    assert not lineas[linea].lista and lineas[linea].como


def test_a_good_lesson_ticks_every_line():
    resumen = {"type": "resumen", "value": {"titulo": "Recuerde", "lineas": ["Oiga bien.", "Avise."]}}
    pasos = [paso("Uno", "Oiga bien a la gente. No la culpe. Avise hoy.", en_nuestra_zona="En Luyando."), resumen]
    leccion = Leccion(title="T", pasos=pasos, sabe_ahora="Una cosa")
    assert [linea.texto for linea in antes_de_publicar(leccion) if not linea.lista] == []


def test_quoted_law_does_not_count_for_reading_ease():
    ley = "La institucionalidad interinstitucional administrativamente responsable coordinará procedimentalmente " * 3
    cita = {"type": "cita", "value": {"titulo": "T", "cita": ley, "en_palabras_sencillas": "<p>Van de la mano.</p>"}}
    assert lix(ley) > 90
    assert antes_de_publicar(Leccion(title="T", pasos=[cita]))[2].lista


def test_the_preview_says_what_keeps_a_lesson_from_going_live_and_what_is_advice(programa):
    modulo = programa.modulos[0]
    sin_tocar = modulo.add_child(instance=Leccion(title="Sin tocar", live=False, pasos=pasos_de_ejemplo()))
    visto = leer(sin_tocar.make_preview_request()).texto
    faltas = sin_tocar.faltas_para_publicar()
    assert "Todavía no se puede publicar:" in visto and f"Faltan {len(faltas) - 3} cosas más." in visto
    assert all(" ".join(una.split()) in visto for una in faltas[:3])
    larga = modulo.add_child(instance=Leccion(title="Larga", live=False, pasos=[paso("T", "palabra " * 130)]))
    visto = leer(larga.make_preview_request()).texto
    assert "Todavía no se puede publicar" not in visto and "Lo que sigue son consejos." in visto
