"""The sheet of a module: what it says, who opens it, what it costs."""

from __future__ import annotations

import datetime
import re

import pytest

from cursos.models import Inscripcion
from cursos.services.publicacion import carga_en_bloque
from marco.models import AjustesDelAula, NombreInstitucional
from tests.cursos.factories import Programa, crear_articulo, crear_leccion, crear_modulo, paso, publicar
from tests.mundos import hecho_una_vez
from tests.neutralidad import faltas

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def resumen(*lineas: str) -> dict:
    return {"type": "resumen", "value": {"titulo": "Recuerde", "lineas": list(lineas)}}


def cita(articulo) -> dict:
    valor = {"titulo": "T", "articulo": articulo.pk, "cita": "C", "en_palabras_sencillas": "<p>S</p>"}
    return {"type": "cita", "value": valor}


def texto(respuesta) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", respuesta.content.decode()))


@pytest.fixture
@hecho_una_vez
def con_hoja(programa, inscrita):
    """A second module with all that a sheet tells."""
    programa.pagina.revisado_el = datetime.date(2026, 11, 23)
    publicar(programa.pagina)
    programa.articulo = crear_articulo()
    modulo = crear_modulo(
        programa.pagina, "Actuar a tiempo", objetivos="contar los plazos\nponer la orden", tarea="Hagan una lista."
    )
    programa.de_hoja = [
        crear_leccion(modulo, "Los plazos", pasos=[cita(programa.articulo), paso(), resumen("Hoy.", "Sin demora.")]),
        crear_leccion(modulo, "Los lugares", pasos=[cita(programa.articulo), resumen("Aquí cerca.")]),
        crear_leccion(modulo, "Sin paso de resumen", pasos=1, sabe_ahora="Una que sabe"),
    ]
    return programa


@pytest.fixture
@hecho_una_vez
def cliente(entrar, inscrita):
    return entrar(inscrita.persona)


@pytest.fixture
def base(programa):
    return f"/c/{programa.curso.numero}"


def direccion(programa, leccion) -> str:
    return f"/c/{programa.curso.numero}/m/{programa.unidad(leccion).numero}/resumen"


def test_it_gathers_what_to_remember_of_the_module(con_hoja, cliente):
    AjustesDelAula.load()
    visto = texto(cliente.get(direccion(con_hoja, con_hoja.de_hoja[0])))
    for dicho in (
        "Actuar a tiempo",
        "contar los plazos",
        "Los plazos Hoy. Sin demora.",
        "Los lugares Aquí cerca.",
        "Sin paso de resumen Una que sabe",
        "Hagan una lista.",
        "Línea 100, gratis, 24 horas · Policía 105",
        "Aula de la Instancia · Revisión legal: 23 de noviembre de 2026",
    ):
        assert dicho in visto, dicho
    assert "Lección 1.1" not in visto
    assert visto.count("art. 16 de la Ley 30364 (TUO, art. 19)") == 1


def test_the_lines_of_help_are_those_of_the_site(con_hoja, cliente):
    NombreInstitucional.objects.create(clave="linea", nombre="Línea 999", corto="999", numero="999")
    pie = texto(cliente.get(direccion(con_hoja, con_hoja.de_hoja[0])))
    assert "¿Necesita ayuda ahora? Línea 999, gratis, 24 horas · Policía 105" in pie


def test_any_unit_of_the_module_leads_to_the_same_sheet(con_hoja, cliente):
    hojas = {texto(cliente.get(direccion(con_hoja, una))) for una in con_hoja.de_hoja}
    assert len(hojas) == 1


def test_the_course_and_the_end_of_a_lesson_lead_to_it(con_hoja, cliente, base):
    cuerpo = cliente.get(base).content.decode()
    enlaces = re.findall(r'href="(/c/\d+/m/\d+/resumen)"', cuerpo)
    assert enlaces == [f"{base}/m/1/resumen", direccion(con_hoja, con_hoja.de_hoja[0])]
    ultima = con_hoja.unidad(con_hoja.de_hoja[2]).numero
    cliente.post(f"{base}/{ultima}/1")
    fin = cliente.get(f"{base}/{ultima}/fin").content.decode()
    assert f'href="{enlaces[1]}"' in fin and "Guardar resumen" in fin


def test_its_address_outlives_titles_and_order(con_hoja, cliente, base):
    antes = direccion(con_hoja, con_hoja.de_hoja[0])
    con_hoja.de_hoja[2].move(con_hoja.de_hoja[0], pos="left")
    modulo = con_hoja.de_hoja[0].get_parent().specific
    modulo.title = "Otro nombre"
    publicar(modulo)
    assert antes in cliente.get(base).content.decode()
    assert "Otro nombre" in texto(cliente.get(antes))


def test_what_is_published_shows_at_once(con_hoja, cliente):
    aqui = direccion(con_hoja, con_hoja.de_hoja[0])
    cliente.get(aqui)
    con_hoja.de_hoja[1].pasos = [resumen("Cerca y ahora.")]
    publicar(con_hoja.de_hoja[1])
    con_hoja.de_hoja[2].unpublish()
    visto = texto(cliente.get(aqui))
    assert "Cerca y ahora." in visto and "Aquí cerca." not in visto and "Sin paso de resumen" not in visto


def test_only_who_takes_the_course_opens_it(con_hoja, entrar, integrante_de_b, visitante):
    aqui = direccion(con_hoja, con_hoja.de_hoja[0])
    assert visitante.get(aqui).url.startswith("/entrar")
    assert entrar(integrante_de_b).get(aqui).status_code == 404
    Inscripcion.objects.update(retirada_en="2026-11-23T12:00:00Z")
    assert entrar(Inscripcion.objects.get().persona).get(aqui).status_code == 404


def test_a_unit_that_is_not_there_and_one_that_went_away(con_hoja, cliente, base):
    assert cliente.get(f"{base}/m/99/resumen").status_code == 404
    aqui = direccion(con_hoja, con_hoja.de_hoja[0])
    con_hoja.de_hoja[0].unpublish()
    respuesta = cliente.get(aqui)
    assert respuesta.status_code == 410 and "Ir al curso" in texto(respuesta)


def test_nothing_shows_outside_what_it_is_about(con_hoja, cliente):
    modulo = con_hoja.de_hoja[0].get_parent().specific
    modulo.title = "La violencia contra la mujer"
    publicar(modulo)
    assert faltas(cliente.get(direccion(con_hoja, con_hoja.de_hoja[0])).content.decode()) == []


@pytest.mark.parametrize("lecciones", [2, 8])
def test_it_costs_the_same_with_many_lessons(territorio, entrar, integrante, presupuesto, lecciones):
    articulo = crear_articulo()
    programa = Programa(lecciones=1)
    with carga_en_bloque():
        for n in range(lecciones):
            crear_leccion(programa.modulos[0], f"Otra {n}", pasos=[cita(articulo), resumen("Una.", "Dos.", "Tres.")])
    programa.inscribir(integrante)
    cliente = entrar(integrante)
    aqui = direccion(programa, programa.lecciones[0])
    cliente.get("/entrar")  # site settings in the cache
    with presupuesto(6):
        cliente.get(aqui)
    with presupuesto(3):
        cliente.get(aqui)
