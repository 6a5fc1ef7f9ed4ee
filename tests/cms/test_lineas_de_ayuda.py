"""The numbers of the help lines are written once: lessons, drawings, templates and guides call them by key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from marco.models.nombre import lineas_del_pais
from programas.lectura import leer_programa
from programas.revision import voz

RAIZ = Path(__file__).resolve().parents[2]
PROGRAMA = RAIZ / "cms" / "programa"
A_MANO = re.compile(
    r"\btel:\d|\bl[ií]nea (?:100|cien|113|1810|1818)\b|\bchat (?:100|cien)\b|\bciento cinco\b", re.IGNORECASE
)
SALAS = ("cms", "marco", "cursos", "evaluaciones", "certificados", "seguimiento", "instancias")


def escritos() -> list[Path]:
    archivos = [*PROGRAMA.rglob("*.md"), *PROGRAMA.rglob("*.yaml"), *(RAIZ / "docs" / "guias").glob("*.md")]
    archivos += [*(RAIZ / "templates").rglob("*.*"), *RAIZ.glob("*/static/**/*.svg"), *RAIZ.glob("*/static/**/*.js")]
    archivos += [uno for sala in SALAS for uno in (RAIZ / sala).rglob("*.py") if "migrations" not in uno.parts]
    return [uno for uno in archivos if uno.name != "normas.yaml"]


def test_no_file_that_people_read_writes_the_number_of_a_help_line() -> None:
    assert {str(uno.relative_to(RAIZ)) for uno in escritos() if A_MANO.search(uno.read_text(encoding="utf-8"))} == set()


def test_no_drawing_nor_template_says_the_emergency_number() -> None:
    emergencia = next(una["numero"] for una in lineas_del_pais() if una["clave"] == "emergencia")
    dicho = re.compile(rf"(?<![\w\"=(]){emergencia}(?![\w\"%])")
    visibles = [*(RAIZ / "templates").rglob("*.html"), *(RAIZ / "docs" / "guias").glob("*.md")]
    assert [uno.name for uno in visibles if dicho.search(uno.read_text(encoding="utf-8"))] == []
    dibujos = {uno: re.findall(r">([^<]+)<", uno.read_text(encoding="utf-8")) for uno in RAIZ.glob("*/static/**/*.svg")}
    # «art. 106» and its kin are articles: only a number that stands alone is a line.
    sueltos = re.compile(rf"(?<!art\. ){dicho.pattern}")
    assert [uno.name for uno, textos in dibujos.items() if any(sueltos.search(texto) for texto in textos)] == []


@pytest.mark.parametrize(
    ("texto", "claves"),
    [
        ("Si hay peligro, llame al 105.", ["emergencia"]),
        ("La línea 100 orienta.", ["linea"]),
        ("Escriba al Chat 100.", ["chat", "linea"]),
        ("Es el art. 105 del Reglamento.", []),
        ("Son los arts. 100, 105 y 107 del Reglamento.", []),
        ("Lo hizo el 100 % de la mesa.", []),
        ("Llame al {emergencia} o a la {linea}.", []),
    ],
)
def test_the_review_tells_a_help_line_from_an_article(texto: str, claves: list[str]) -> None:
    nombres = leer_programa(PROGRAMA / "ley-30364").nombres
    assert voz.escritos_a_mano(texto, nombres) == claves


def test_the_programme_knows_the_help_lines_of_the_country() -> None:
    formas = leer_programa(PROGRAMA / "ley-30364").formas()
    assert (formas["linea"], formas["linea.numero"], formas["emergencia"]) == ("Línea 100", "100", "105")
