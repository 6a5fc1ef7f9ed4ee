"""What the pages of a member cost: bytes on the wire and statements in the database."""

import gzip

import pytest

from tests.cursos.factories import Programa, crear_articulo, crear_leccion, paso
from tests.cursos.test_paginas_del_integrante import texto

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
def base(programa):
    return f"/c/{programa.curso.numero}"


def test_pages_fit_the_weight_table(entrar, inscrita, base, programa):
    cliente = entrar(inscrita.persona)
    cuerpo = "Cada institución tiene una tarea y la cumple con cuidado. " * 12
    leccion = crear_leccion(programa.modulos[0], "Completa", pasos=[paso("Uno", cuerpo, en_nuestra_zona=cuerpo)])
    for direccion, maximo in (
        ("/inicio", 10),
        (base, 10),
        (f"{base}/{programa.unidad(leccion).numero}/1", 8),
    ):
        assert len(gzip.compress(cliente.get(direccion).content, 6)) <= maximo * 1024


@pytest.mark.parametrize("lecciones", [3, 8])
def test_statements_do_not_grow_with_the_lessons(territorio, entrar, integrante, presupuesto, lecciones):
    programa = Programa(modulos=2, lecciones=lecciones, pasos=6)
    programa.inscribir(integrante)
    cliente, base = entrar(integrante), f"/c/{programa.curso.numero}"
    cliente.get("/entrar")  # site settings in the cache
    with presupuesto(6):  # once for a course, the words of the glossary
        cliente.get(f"{base}/1/1")
    with presupuesto(2):
        cliente.get(f"{base}/1/1")
    with presupuesto(5):
        cliente.post(f"{base}/1/1")
    for n in range(2, 6):
        cliente.post(f"{base}/1/{n}")
    with presupuesto(6):
        cliente.post(f"{base}/1/6")
    with presupuesto(8):
        cliente.get(f"{base}/1/fin")
    with presupuesto(8):
        cliente.get(base)
    with presupuesto(3):
        cliente.get(base)


@pytest.mark.parametrize("cursos", [1, 5])
def test_statements_of_inicio_do_not_grow_with_the_courses(territorio, entrar, integrante, presupuesto, cursos):
    for n in range(cursos):
        programa = Programa(titulo=f"Curso {n}", lecciones=2)
        programa.inscribir(integrante)
    cliente = entrar(integrante)
    cliente.get("/entrar")
    with presupuesto(6):  # once a minute, the last day that somebody was called to
        respuesta = cliente.get("/inicio")
    assert texto(respuesta).count("0 de 2 lecciones") == cursos
    with presupuesto(3):
        cliente.get("/inicio")


def test_a_citation_costs_one_statement_more_the_first_time(entrar, integrante, programa, inscrita, base, presupuesto):
    articulo = crear_articulo()
    cita = {
        "type": "cita",
        "value": {
            "titulo": "Lo que dice",
            "articulo": articulo.pk,
            "cita": "Palabras exactas.",
            "en_palabras_sencillas": "<p>Más simple.</p>",
        },
    }
    leccion = crear_leccion(programa.modulos[0], "Con cita", pasos=[cita, paso()])
    direccion = f"{base}/{programa.unidad(leccion).numero}/1"
    cliente = entrar(integrante)
    cliente.get("/entrar")
    cliente.get(direccion.removesuffix("1") + "2")  # what every step of the course shares
    with presupuesto(6):
        visto = texto(cliente.get(direccion))
    assert "Art. 16 de la Ley 30364 (TUO, art. 19)" in visto
    assert "Redacción vigente desde el 23 de marzo de 2023." in visto
    assert "En palabras sencillas" in visto
