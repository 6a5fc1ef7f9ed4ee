"""Looking for a word: in what a person may read, without accents, and leaving no trace of what was looked for."""

from __future__ import annotations

import datetime
import logging
import re

import pytest
from django.utils import timezone

from cursos.consultas import busqueda
from cursos.consultas.busqueda import Extracto, extracto_de
from cursos.services.publicacion import carga_en_bloque
from instancias.models import LineaDeRastro
from tests.cursos.factories import Programa, crear_articulo, crear_leccion, crear_termino, decida, paso
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def curso(territorio, integrante):
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    crear_leccion(
        programa.modulos[0],
        "La ronda",
        pasos=[
            paso(
                "Primero", "La víctima no lleva <b>notificaciones</b>.</p><p>Nunca.", mas_detalle="<p>Patrullaje.</p>"
            ),
            decida("Un papel", regla="<p>Secretísima regla.</p>"),
            {
                "type": "caso",
                "value": {
                    "titulo": "Un caso",
                    "caso": "<p>Carmen pide auxilio.</p>",
                    "pregunta": "¿Qué haría?",
                    "respuesta": "<p>La respuesta plegadísima.</p>",
                },
            },
            {"type": "resumen", "value": {"titulo": "Lo principal", "lineas": ["La comisaría recibe."]}},
        ],
    )
    return programa


def buscar(cliente, palabra):
    respuesta = cliente.post("/buscar", {"q": palabra})
    assert respuesta.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", respuesta.content.decode().split("<main")[1]).split())


@pytest.fixture
@hecho_una_vez
def cliente(entrar, integrante, curso):
    return entrar(integrante)


@pytest.mark.parametrize(
    ("palabra", "titulo"),
    [
        ("VICTIMA", "Primero"),
        ("notificación", "Primero"),
        ("nunca", "Primero"),
        ("patrulla", "Primero"),
        ("rondá", "La ronda"),
        ("firmo papel", "Un papel"),
        ("auxilio", "Un caso"),
        ("comisaria", "Lo principal"),
    ],
)
def test_each_word_is_found_without_accents_and_says_where(cliente, palabra, titulo):
    dicho = buscar(cliente, palabra)
    assert "1 resultado con" in dicho and titulo in dicho
    assert "Nuestras funciones · Lección 2" in dicho


def test_it_leads_to_the_step_with_the_words_around(cliente, curso):
    pagina = cliente.post("/buscar", {"q": "notificaciones"}).content.decode()
    leccion = curso.unidades[-1]
    assert f'href="/c/{curso.curso.numero}/{leccion.numero}/1"' in pagina
    assert "La víctima no lleva <b>notificaciones.</b> Nunca." in " ".join(pagina.split())


@pytest.mark.parametrize("palabra", ["secretisima", "plegadisima", "perdio"])
def test_what_answers_a_case_or_a_question_is_not_found(cliente, palabra):
    assert f"No encontramos «{palabra}»" in buscar(cliente, palabra)


def test_the_glossary_and_the_law_of_today_are_found(cliente):
    articulo = crear_articulo()
    termino = crear_termino("alterno", articulo=articulo)
    pagina = cliente.post("/buscar", {"q": "ALTERNO"}).content.decode()
    assert f'href="/glosario#t-{termino.pk}"' in pagina
    dicho = buscar(cliente, "proceso especial")
    assert "Art. 16 de la Ley 30364" in dicho and "Así dice." in dicho and "Así decía." not in dicho


def test_only_the_courses_of_the_person_are_looked_into(entrar, integrante_de_b, curso):
    ajena = entrar(integrante_de_b)
    assert "No encontramos «notificaciones»" in buscar(ajena, "notificaciones")
    curso.inscribir(integrante_de_b)
    assert "1 resultado" in buscar(ajena, "notificaciones")


def test_a_course_that_has_not_begun_is_not_looked_into(entrar, integrante, territorio):
    programa = Programa(lecciones=1)
    programa.abrir(inicia=timezone.localdate() + datetime.timedelta(days=3))
    programa.inscribir(integrante)
    assert "No encontramos «idea»" in buscar(entrar(integrante), "idea")


def test_what_was_published_again_is_what_is_found(cliente, curso):
    assert "1 resultado" in buscar(cliente, "notificaciones")
    leccion = curso.modulos[0].get_children().last().specific
    leccion.pasos = [paso("Otro", "Palabras nuevas.")]
    leccion.save_revision().publish()
    assert "No encontramos «notificaciones»" in buscar(cliente, "notificaciones")
    assert "1 resultado" in buscar(cliente, "nuevas")
    leccion.unpublish()
    assert "No encontramos «nuevas»" in buscar(cliente, "nuevas")


def test_a_mistyped_word_is_looked_for_as_it_is_written(cliente):
    dicho = buscar(cliente, "notificasiones")
    assert "No encontramos «notificasiones». Mostramos «notificaciones»." in dicho and "Primero" in dicho
    assert "No encontramos «zzzzzzz». Revise la escritura" in buscar(cliente, "zzzzzzz")


@pytest.mark.parametrize(
    ("palabra", "dice"),
    [
        ("", "Escriba una palabra para buscar."),
        ("   ", "Escriba una palabra para buscar."),
        ("a" * 61, "Escribió 61 letras."),
        ("%", "No encontramos «%»."),
        ("<b>'\"", "No encontramos"),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_a_sentence(cliente, palabra, dice):
    assert dice in buscar(cliente, palabra)
    if palabra.strip():
        assert 'value="' in cliente.post("/buscar", {"q": palabra}).content.decode()


def test_the_words_are_kept_nowhere(cliente, caplog):
    lineas = LineaDeRastro.objects.count()
    with caplog.at_level(logging.DEBUG):
        respuesta = cliente.post("/buscar", {"q": "notificaciones"})
    assert "notificaciones" not in " ".join(
        uno.getMessage() for uno in caplog.records if not uno.name.startswith("django.db")
    )
    assert LineaDeRastro.objects.count() == lineas
    assert "notificaciones" not in str(dict(cliente.session)) + str(respuesta.headers)
    assert respuesta["Cache-Control"] == "private, no-store"
    vacia = cliente.get("/buscar?q=notificaciones").content.decode()
    assert "notificaciones" not in vacia and "resultado" not in vacia


@pytest.mark.parametrize("cuantas", [2, 6])
def test_statements_do_not_grow_with_what_is_looked_into(curso, cliente, entrar, integrante, presupuesto, cuantas):
    with carga_en_bloque():
        for n in range(cuantas):
            crear_leccion(curso.modulos[0], f"Otra {n}", pasos=[paso("Uno", "Con notificaciones.")])
    for n in range(cuantas):
        crear_articulo(clave=f"ley-30364/{n + 100}", numero=str(n + 100))
        crear_termino(f"palabra {n}")
    buscar(cliente, "notificaciones")
    with presupuesto(7):
        buscar(cliente, "notificaciones")


def test_too_many_are_told_and_cut(curso, cliente, monkeypatch):
    monkeypatch.setattr(busqueda, "DE_LECCIONES", 2)
    for n in range(3):
        crear_leccion(curso.modulos[0], f"Otra {n}", pasos=[paso("Uno", "Con repeticiones.")])
    dicho = buscar(cliente, "repeticiones")
    assert "2 resultados" in dicho and "Hay más: agregue otra palabra." in dicho


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("texto", "palabras", "esperado"),
    [
        ("Uno dos tres.", ["dos"], Extracto("Uno ", "dos", " tres.")),
        ("Uno dos tres.", ["cuatro"], Extracto("Uno dos tres.", "", "")),
        ("", ["uno"], Extracto("", "", "")),
        ("a " * 20 + "Árbol" + " b" * 20, ["arbol"], Extracto("…" + "a " * 12, "Árbol", " b" * 12 + "…")),
    ],
)
def test_an_extract_is_the_words_around(texto, palabras, esperado):
    assert extracto_de(texto, palabras) == esperado


def test_it_is_at_hand_from_inicio_the_course_and_the_glossary(cliente, curso):
    for direccion in ("/inicio", f"/c/{curso.curso.numero}", "/glosario"):
        assert 'href="/buscar"' in cliente.get(direccion).content.decode()
