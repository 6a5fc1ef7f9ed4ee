"""What can hurt if it is not said: signs of high danger, safe contact, the clock of health, a law that was missed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from programas import fichas
from programas.lectura import leer_programa
from programas.revision import avisos
from programas.textos import prosa_de, textos

PROGRAMA = Path(__file__).resolve().parents[2] / "cms" / "programa" / "ley-30364"
SENIALES = ("cuello", "muerte", "matarse", "armas", "aumento", "separación", "alcohol")
DE_SALUD = re.compile(r"salud|posta|hospital|atiende|violación|violencia sexual|kit", re.IGNORECASE)
DEL_JUZGADO = re.compile(r"juzgado|plazo|TUO|Ley 31715|art\. 16|denuncia|folleto|riesgo", re.IGNORECASE)


@pytest.fixture(scope="module")
def programa() -> fichas.Programa:
    return leer_programa(PROGRAMA)


def leccion_de(programa: fichas.Programa, clave: str) -> fichas.Leccion:
    return next(una for _m, una in programa.lecciones() if una.clave == clave)


def por_asiento(programa: fichas.Programa) -> list[fichas.Leccion]:
    return [leccion for modulo, leccion in programa.lecciones() if modulo.rutas]


def test_every_lesson_by_seat_says_the_signs_that_ask_to_act_today(programa: fichas.Programa) -> None:
    faltan = {
        leccion.clave: [senial for senial in SENIALES if senial not in prosa_de(leccion).lower()]
        for leccion in (*por_asiento(programa), leccion_de(programa, "m2-l7"), leccion_de(programa, "m7-l1"))
    }
    assert {clave: que for clave, que in faltan.items() if que} == {}


def test_every_lesson_by_seat_reaches_the_person_safely_and_plans_with_her(programa: fichas.Programa) -> None:
    for leccion in (*por_asiento(programa), leccion_de(programa, "m4-l7")):
        dice = prosa_de(leccion).lower()
        assert re.search(r"a solas|contacto seguro|es seguro", dice) and "plan" in dice, leccion.clave
        assert "peligro alto" in leccion.guion or "plan" in leccion.guion, leccion.clave


def test_the_clock_of_health_says_today_and_afterwards_as_well(programa: fichas.Programa) -> None:
    for clave in ("m2-l3", "m7-l3", "r-salud"):
        dice = prosa_de(leccion_de(programa, clave))
        assert "72 horas" in dice and "hoy" in dice, clave
        assert re.search(r"ya pasaron|después también", dice), clave


def test_no_text_leaves_in_doubt_whose_72_hours_they_are(programa: fichas.Programa) -> None:
    parrafos = [(uno, parrafo) for uno in textos(programa) for parrafo in uno.texto.split("\n")]
    for uno, parrafo in parrafos:
        if "72 horas" in parrafo and "pregunta" not in uno.donde:  # an option stands under its question
            assert DE_SALUD.search(parrafo) or DEL_JUZGADO.search(parrafo), (uno.archivo, parrafo)


def test_a_leaflet_of_health_is_never_asked_to_be_taken_away(programa: fichas.Programa) -> None:
    tarea = next(modulo.tarea for modulo in programa.curso.modulos if modulo.clave == "m5")
    assert "72 horas al juzgado" in tarea and "No retire los de salud" in tarea


def test_the_law_of_december_2025_is_told_where_gender_is_taught(programa: fichas.Programa) -> None:
    assert {"ley-32535/6", "ley-32535/dcf-3"} <= programa.articulos().keys()
    assert "Ley 32535" in prosa_de(leccion_de(programa, "m1-l4"))
    assert "Ley 32535" in programa.articulos()["ley-30364/3"].redacciones[0].resumen
    preguntas = {una.clave: una for _m, evaluacion in programa.evaluaciones() for una in evaluacion.preguntas}
    assert all("Ley 32535" in alternativa.explicacion for alternativa in preguntas["m1-e13"].contenido.alternativas)


def test_the_new_content_is_asked_in_both_forms_and_in_its_module(programa: fichas.Programa) -> None:
    donde = {una.clave: una.leccion for _m, evaluacion in programa.evaluaciones() for una in evaluacion.preguntas}
    for leccion in ("m2-l7", "m4-l7"):
        suyas = [clave for clave, de in donde.items() if de == leccion]
        assert any("-e" in clave for clave in suyas) and any("-p" in clave for clave in suyas), leccion
    assert donde["g22-a"] == donde["g22-b"] == "m2-l7"


def test_who_publishes_the_programme_is_told_that_its_hours_are_only_declared(programa: fichas.Programa) -> None:
    (aviso,) = avisos(programa)
    assert "Declara 24 horas" in aviso.mensaje and aviso.archivo == "curso.yaml"
    salida = io.StringIO()
    call_command("revisar_contenido", stdout=salida)
    assert "El contenido cumple." in salida.getvalue() and "Declara 24 horas" in salida.getvalue()
