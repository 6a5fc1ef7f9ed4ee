"""What a lesson spends of somebody's data is said before, and it is what its pages really weigh."""

from __future__ import annotations

import gzip
import re

import pytest

from cursos.clases.leccion.gasto import CADA_TANTO, gasto_de
from cursos.esquemas import disponibles
from cursos.templatetags.kuska_cursos import kilos
from tests.cursos.factories import crear_leccion, paso

PARRAFOS = [
    "La persona llega a la posta y pide hablar con alguien de confianza, sin que nadie más la escuche. " * 4,
    "El juzgado recibe la ficha y dicta medidas; la comisaría las anota y visita la casa esa semana. " * 5,
]


@pytest.mark.django_db
@pytest.mark.un_motor
def test_it_is_what_its_steps_weigh_on_a_phone_that_has_the_style_already(programa, inscrita, entrar, integrante):
    dibujo = next(iter(disponibles()))
    pasos = [paso(f"Paso {n}", f"<p>{PARRAFOS[n % 2]}</p>", en_nuestra_zona=PARRAFOS[(n + 1) % 2]) for n in range(6)]
    pasos.append(
        {"type": "imagen", "value": {"titulo": "Uno", "imagen": None, "esquema": dibujo, "explicacion": "<p>Mire.</p>"}}
    )
    leccion = crear_leccion(programa.modulos[0], "Con dibujo", pasos=pasos)
    unidad = programa.unidad(leccion)
    cliente = entrar(integrante)
    cliente.get(f"/c/{programa.curso.numero}/{unidad.numero}/1")
    paginas = [cliente.get(f"/c/{programa.curso.numero}/{unidad.numero}/{n}") for n in range(1, 8)]
    assert all(pagina.status_code == 200 for pagina in paginas)
    pesa = sum(len(gzip.compress(pagina.content, 6)) for pagina in paginas)
    dibujos = set(re.findall(r'src="([^"]+\.svg)"', paginas[-1].text))
    assert dibujos, "the last step shows its drawing"

    programa.curso.refresh_from_db()
    dicho = gasto_de(unidad=unidad.pk, curso=programa.curso)
    sin_dibujo = dicho - disponibles()[dibujo].bytes
    assert dicho % CADA_TANTO == 0
    assert 0.8 * pesa <= dicho and sin_dibujo <= 1.3 * pesa + CADA_TANTO


@pytest.mark.django_db
@pytest.mark.un_motor
def test_the_page_of_the_course_says_it_beside_where_to_go_on(programa, inscrita, entrar, integrante):
    pagina = entrar(integrante).get(f"/c/{programa.curso.numero}").text
    dicho = re.search(r"Esta lección gasta unos (\d+) KB de sus datos\.", pagina)
    assert dicho and int(dicho[1]) in (5, 10)


@pytest.mark.un_motor
@pytest.mark.parametrize(("bytes_", "dice"), [(5_000, "5 KB"), (25_000, "25 KB"), (1_250_000, "1.2 MB")])
def test_it_is_told_as_data_are_sold(bytes_, dice):
    assert kilos(bytes_) == dice
