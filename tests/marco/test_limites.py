"""Limits on what hurts: what a page weighs, how much there is to know, how far a line runs. Not on how many lines."""

from __future__ import annotations

import gzip
import re
import statistics
from pathlib import Path

import pytest

from tests.en_cada import en_cada

RAIZ = Path(__file__).resolve().parents[2]
SALAS = ("marco", "instancias", "cursos", "evaluaciones", "certificados", "programas", "seguimiento", "cms")
HOJAS = sorted(RAIZ.glob("*/static/kuska/css/*.css"))

# Names that each style sheet knows: a page that needs one more takes another out, or brings a sheet of its own.
CLASES = {"kuska.css": 130, "panel.css": 40, "seguimiento.css": 100}


def sin_comentarios(texto: str) -> str:
    return re.sub(r"/\*.*?\*/", "", texto, flags=re.DOTALL)


@pytest.mark.parametrize("hoja", HOJAS, ids=lambda hoja: hoja.name)
def test_a_style_sheet_is_written_a_declaration_a_line(hoja):
    lineas = hoja.read_text().splitlines()
    assert max(map(len, lineas)) <= 120
    assert not [linea for linea in sin_comentarios("\n".join(lineas)).splitlines() if linea.count(";") > 1]


@pytest.mark.parametrize("hoja", HOJAS, ids=lambda hoja: hoja.name)
def test_a_style_sheet_knows_few_names(hoja):
    nombres = set(re.findall(r"\.(k-[a-z0-9_-]+)", sin_comentarios(hoja.read_text())))
    assert len(nombres) <= CLASES.get(hoja.name, 30)


DEL_EDITOR = {"otra-version.js", "preguntas-editor.js"}  # who writes content brings them: no page of ours has them


def test_all_the_scripts_together_fit_in_thirty_kilobytes():
    """What a phone would bring if it met every page, and the service worker: text as it travels."""
    guiones = [*RAIZ.glob("*/static/kuska/js/*.js"), *RAIZ.glob("*/static/kuska/sw/*.js")]
    paginas = "".join(ruta.read_text() for ruta in PLANTILLAS)
    assert {uno.name for uno in guiones} > DEL_EDITOR and not [uno for uno in DEL_EDITOR if uno in paginas]
    guiones = [uno for uno in guiones if uno.name not in DEL_EDITOR]
    assert sum(len(gzip.compress(guion.read_bytes(), 6)) for guion in guiones) <= 30 * 1024


def test_modules_are_small():
    largos = sorted(
        lineas
        for sala in SALAS
        for modulo in (RAIZ / sala).rglob("*.py")
        if "migrations" not in modulo.parts and (lineas := len(modulo.read_text().splitlines()))
    )
    assert statistics.median(largos) < 90
    assert largos[int(len(largos) * 0.9)] < 250
    assert largos[-1] < 400


PLANTILLAS = sorted(
    ruta
    for carpeta in ("templates", "tests", *SALAS)
    for ruta in (RAIZ / carpeta).rglob("*.html")
    if not {"static", "node_modules"} & set(ruta.parts)
)


def test_every_template_is_looked_at():
    assert len(PLANTILLAS) > 150


def plantillas():
    return [pytest.param(ruta, id=str(ruta.relative_to(RAIZ))) for ruta in PLANTILLAS]


@en_cada(plantillas)
def test_a_line_of_a_template_fits_a_screen(plantilla):
    """As written: with its tags, which cannot be broken, and its sentences, which «blocktranslate trimmed» breaks."""
    largas = [n for n, linea in enumerate(plantilla.read_text().splitlines(), start=1) if len(linea) > 200]
    assert not largas


@en_cada(plantillas)
def test_a_template_decides_little(plantilla):
    """Past this, what it decides is a question of a view, or a piece of its own."""
    assert len(re.findall(r"{%\s*(?:if|elif|for)\b", plantilla.read_text())) <= 35


def nombres_de_las_hojas() -> set[str]:
    hojas = "\n".join(sin_comentarios(hoja.read_text()) for hoja in HOJAS)
    return set(re.findall(r"\.(k-[a-z0-9_-]+)", hojas))


def test_each_name_of_a_style_sheet_is_written_by_somebody():
    """Or the beginning of it, where its end is put by a template: ``k-motivo--{{ motivo }}``."""
    carpetas = ("templates", *SALAS)
    rutas = [
        ruta for carpeta in carpetas for fin in ("html", "py", "js") for ruta in (RAIZ / carpeta).rglob(f"*.{fin}")
    ]
    escrito = "\n".join(ruta.read_text() for ruta in rutas)
    enteros = set(re.findall(r"k-[a-z0-9_-]+", escrito))
    comienzos = tuple(set(re.findall(r"(k-[a-z0-9_-]+-)(?:\{|\$|[\"'`])", escrito)))
    assert sorted(uno for uno in nombres_de_las_hojas() - enteros if not uno.startswith(comienzos)) == []


def test_each_name_that_a_template_writes_is_of_a_style_sheet():
    """Or of a script; one that goes with another of its own (``k-resultado k-resultado--crear``) may be its root."""
    guiones = "\n".join(ruta.read_text() for ruta in RAIZ.glob("*/static/kuska/js/*.js"))
    sabidos = nombres_de_las_hojas() | set(re.findall(r"k-[a-z0-9_-]+", guiones))
    de_mas = set()
    for plantilla in (RAIZ / "templates").rglob("*.html"):
        clases = re.sub(r"{%.*?%}", " ", " ".join(re.findall(r'class="([^"]*)"', plantilla.read_text())))
        for una in set(re.findall(r"(?<![\w-])k-[a-z0-9_-]+(?![\w{-])", clases)) - sabidos:
            if not una.endswith("-") and not any(otra.startswith(f"{una}--") for otra in sabidos):
                de_mas.add(f"{plantilla.relative_to(RAIZ)}: {una}")
    assert sorted(de_mas) == []
