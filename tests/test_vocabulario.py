"""One word, one thing: ``docs/vocabulario.md`` against the names in the code."""

from __future__ import annotations

import io
import re
import tokenize
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from tests.en_cada import en_cada

RAIZ = Path(__file__).resolve().parent.parent
SALAS = ["marco", "instancias", "cursos", "evaluaciones", "certificados", "programas", "seguimiento", "cms"]
FILA = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)
# Where a word that is forbidden for a thing of the domain means another: tables of a database, of HTML, of a report.
DE_OTRA_COSA = {
    "tabla": {
        "instancias/management/commands/cargar_provincia.py",
        "instancias/services/ubigeo.py",
        "marco/fallas.py",
        "marco/restricciones.py",
        "programas/tabla.py",
        "programas/management/commands/tabla_del_programa.py",
    },
    "tablas": {"cms/mensajes.py"},
}


@cache
def modelos() -> dict[str, tuple[str, str]]:
    """The table of models: word → (English, words it must not be called by)."""
    texto = (RAIZ / "docs" / "vocabulario.md").read_text(encoding="utf-8")
    return {palabra: (ingles.strip(), no.strip()) for palabra, ingles, _que, no in FILA.findall(texto)}


@cache
def prohibidas() -> set[str]:
    sueltas = {otra.strip() for _ingles, no in modelos().values() for otra in no.split(",") if otra.strip()}
    return sueltas | {f"{palabra}s" for palabra in sueltas}


@cache
def la_dice() -> re.Pattern[str]:
    """A module where no forbidden word is written, in a comment or a text either, gives no thing that name."""
    return re.compile(rf"\b({'|'.join(sorted(prohibidas()))})\b")


def nombres_en(ruta: Path) -> set[str]:
    """Names that a module gives to things: attributes of other libraries are theirs."""
    piezas = list(tokenize.generate_tokens(io.StringIO(ruta.read_text(encoding="utf-8")).readline))
    return {
        pieza.string
        for antes, pieza in zip([piezas[0], *piezas], piezas, strict=False)
        if pieza.type == tokenize.NAME and antes.string != "."
    }


def modulos():
    for sala in SALAS:
        for ruta in sorted((RAIZ / sala).rglob("*.py")):
            relativa = ruta.relative_to(RAIZ).as_posix()
            if "/migrations/" not in relativa:
                yield pytest.param(ruta, relativa, id=relativa)


def test_every_model_is_in_the_vocabulary_and_nothing_that_is_not():
    suyos = {modelo.__name__ for modelo in apps.get_models() if modelo.__module__.split(".")[0] in SALAS}
    assert set(modelos()) == suyos


def test_no_two_words_mean_the_same_in_english():
    ingles = [palabra for palabra, _no in modelos().values()]
    assert sorted(set(ingles)) == sorted(ingles)


@en_cada(modulos)
def test_no_module_calls_a_thing_by_another_name(ruta, relativa):
    permitidas = {palabra for palabra, donde in DE_OTRA_COSA.items() if relativa in donde}
    if la_dice().search(ruta.read_text(encoding="utf-8")):
        assert not nombres_en(ruta) & prohibidas() - permitidas


def test_only_what_is_printed_is_a_sheet():
    clases = {
        nombre: relativa
        for ruta, relativa in (parametro.values for parametro in modulos())
        for nombre in re.findall(r"^class (Hoja\w*)", ruta.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert clases == {"HojaDeModulo": "cursos/consultas/hoja.py"}


def test_no_model_is_called_as_the_inner_class_of_every_model():
    assert "Meta" not in {modelo.__name__ for modelo in apps.get_models()}
