"""Two versions of a page are compared by what people read: what nobody changed is not there."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from cursos.comparaciones import lo_que_dice
from cursos.models import Leccion
from evaluaciones.models import Evaluacion
from programas import fichas
from programas.carga import cargar
from programas.lectura import leer_programa
from tests.autoria.enviado import por_el_editor, tal_cual
from tests.mundos import hecho_una_vez
from tests.programas import factories

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
AHORA = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
OPCIONES = (fichas.Opcion("Oír", True, "Porque sí.\n\nY calma."), fichas.Opcion("Callar", False, "Porque no."))
PASOS = (
    factories.paso("Uno", '<p>Hola, "usted" &amp; <b>yo</b>.</p><ul><li>Una cosa</li><li>Otra</li></ul>'),
    factories.cita(),
    fichas.Paso(
        "decida",
        "Un caso",
        {
            "caso": "<p>Llega alguien.</p>",
            "pregunta": "¿Qué hace?",
            "tipo": "una",
            "opciones": OPCIONES,
            "articulo": "ley-1/16",
            "regla": "<p>Se oye.</p>",
        },
    ),
    fichas.Paso("imagen", "Un dibujo", {"esquema": "ruta", "explicacion": "<p>Mire las flechas.</p>"}),
    fichas.Paso("resumen", "Lo principal", {"lineas": ("Uno.", "Dos.")}),
)


@pytest.fixture
@hecho_una_vez
def cargado(territorio: dict) -> None:
    leccion = factories.leccion("m1-l1", pasos=PASOS)
    programa = factories.con_leccion(factories.programa_breve(), 0, pasos=leccion.pasos, guion="Uno.\n\nDos.")
    cargar(factories.con_evaluaciones_del_curso(programa), ahora=AHORA)


@pytest.fixture
def cliente(cargado: None, administradora: Any, entrar: Any) -> Any:
    return entrar(administradora)


def comparar(cliente: Any, pagina: Any) -> dict[str, str]:
    """Return what the screen says of each field, from the version of the files to the last one."""
    direccion = reverse("wagtailadmin_pages:revisions_compare", args=[pagina.pk, "earliest", "latest"])
    sopa = BeautifulSoup(cliente.get(direccion).content, "html.parser")
    filas = [fila.find_all("td", recursive=False) for fila in sopa.select("table.listing > tbody > tr")]
    return {" ".join(fila[0].text.split()): " ".join(fila[1].text.split()) for fila in filas if len(fila) == 2}


def guardar(cliente: Any, pagina: Any, datos: dict[str, Any]) -> None:
    respuesta = cliente.post(reverse("wagtailadmin_pages:edit", args=[pagina.pk]), datos)
    assert respuesta.status_code == 302, respuesta.context["form"].errors


@pytest.mark.parametrize("clave", ["curso-a", "m1", "m1-l1", "m1-l2", "m1-evaluacion", "entrada", "final", "encuesta"])
def test_of_a_page_that_came_from_files_a_new_title_is_all_that_changed(cliente, clave):
    pagina = Page.objects.get(slug=clave).specific
    guardar(cliente, pagina, tal_cual(cliente, pagina, title="Con otro título"))
    (nombre,) = comparar(cliente, pagina)
    assert nombre == "Título:"


def test_what_came_from_files_and_was_not_touched_shows_nothing(cliente):
    pagina = Leccion.objects.get(slug="m1-l1")
    guardar(cliente, pagina, tal_cual(cliente, pagina))
    assert comparar(cliente, pagina) == {}


def test_the_editor_gives_back_every_text_of_the_programme_as_it_was(territorio):
    """Each formatted text of the files, through the editor and back: the same for who compares."""
    pasos = Leccion.pasos.field.stream_block.child_blocks.values()
    bloques = {campo: bloque for paso in pasos for campo, bloque in paso.child_blocks.items()}
    otros, vistos = [], 0
    for _modulo, leccion in leer_programa(factories.PROGRAMA).lecciones():
        for paso in leccion.pasos:
            for campo, texto in paso.valores.items():
                bloque = bloques.get(campo)
                if isinstance(texto, str) and hasattr(getattr(bloque, "field", None), "widget") and "<p>" in texto:
                    vistos += 1
                    valor = bloque.to_python(texto)
                    vuelto = bloque.value_from_datadict({campo: por_el_editor(bloque, valor)}, {}, campo)
                    if lo_que_dice(vuelto) != lo_que_dice(valor):
                        otros.append((leccion.clave, paso.titulo, lo_que_dice(valor), lo_que_dice(vuelto)))
    assert otros == [] and vistos > 200


def test_of_a_lesson_only_the_step_that_changed_is_shown_with_its_place_and_what_changed_in_it(cliente):
    pagina = Leccion.objects.get(slug="m1-l1")
    datos = tal_cual(cliente, pagina)
    guardar(cliente, pagina, {**datos, "pasos-2-value-pregunta": "¿Qué hace primero?"})
    dicho = comparar(cliente, pagina)
    assert set(dicho) == {"Pasos:"}
    assert "3. Decida: Un caso" in dicho["Pasos:"] and "primero" in dicho["Pasos:"]
    assert "Lo demás no cambió." in dicho["Pasos:"]
    lo_demas = ("Mire las flechas", "Llega alguien", "Lo principal", "Porque sí")
    assert not [otro for otro in lo_demas if otro in dicho["Pasos:"]]


def test_a_step_that_was_taken_away_and_one_that_moved_are_told(cliente):
    pagina = Leccion.objects.get(slug="m1-l1")
    datos = tal_cual(cliente, pagina)
    guardar(cliente, pagina, {**datos, "pasos-3-deleted": "1", "pasos-4-order": "0", "pasos-0-order": "4"})
    dicho = comparar(cliente, pagina)["Pasos:"]
    assert "Se quitó: Imagen con explicación: Un dibujo" in dicho
    assert "Cambió el orden. Ahora: 1. Resumen: Lo principal;" in dicho


def test_when_only_bold_changed_the_screen_says_so(cliente):
    pagina = Leccion.objects.get(slug="m1-l1")
    bloque = pagina.pasos[0].value.bound_blocks["texto"]
    otro = bloque.block.to_python(bloque.value.source.replace("<b>yo</b>", "yo"))
    guardar(cliente, pagina, {**tal_cual(cliente, pagina), "pasos-0-value-texto": por_el_editor(bloque.block, otro)})
    assert "Las palabras son las mismas: cambiaron las negritas" in comparar(cliente, pagina)["Pasos:"]


def test_of_an_evaluation_only_the_question_that_changed_is_shown_with_the_option_that_did(cliente):
    pagina = Evaluacion.objects.get(slug="m1-evaluacion")
    datos = tal_cual(cliente, pagina)
    guardar(cliente, pagina, {**datos, "preguntas-1-alternativas-1-explicacion": "Ese plazo cambió."})
    dicho = comparar(cliente, pagina)
    assert set(dicho) == {"Preguntas:"}
    assert "¿Y si es leve?" in dicho["Preguntas:"] and "cambió" in dicho["Preguntas:"]
    assert "¿En cuánto decide?" not in dicho["Preguntas:"] and "En 24 horas." not in dicho["Preguntas:"]


def test_a_question_of_putting_in_order_is_compared_too(cliente):
    pagina = Evaluacion.objects.get(slug="m1-evaluacion")
    datos = tal_cual(cliente, pagina)
    nuevos = {"preguntas-1-tipo": "ordenar", "preguntas-1-ordenar__elementos": "Oír\r\nAnotar\r\nAvisar"}
    guardar(cliente, pagina, {**datos, **nuevos, "preguntas-1-ordenar__explicacion": "Así."})
    dicho = comparar(cliente, pagina)["Preguntas:"]
    assert "Anotar" in dicho and "Elementos, en su orden correcto" in dicho
