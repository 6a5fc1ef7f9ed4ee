"""In every room ``services/`` are acts and ``consultas/`` only read. The contract «reading» holds who may call whom."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.en_cada import en_cada
from tests.test_arquitectura import RAIZ, SALAS

# What changes a row, a file, or what somebody else hears of. ``update`` is that of a set of rows: it takes names.
VERBOS = {
    "save",
    "create",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "select_for_update",
    "on_commit",
    "send",
    "send_robust",
    "log",
    "get_renditions",
}


EN_BLOQUE = {("marco.en_bloque", acto) for acto in ("insertar", "crear", "actualizar", "borrar")}
ESCRIBE = re.compile(r"\b(INSERT INTO|DELETE FROM|UPDATE|DROP TRIGGER)\b")


class Pieza(NamedTuple):
    """What a function, or a class, of a module does by itself, and whom it calls: module and name."""

    verbos: frozenset[str]
    llama: frozenset[tuple[str, str]]


def modulo_de(ruta: Path) -> str:
    partes = ruta.relative_to(RAIZ).with_suffix("").parts
    return ".".join(partes[:-1] if partes[-1] == "__init__" else partes)


def modulos(carpeta: str) -> list[Path]:
    return sorted(
        ruta
        for sala in SALAS
        for ruta in [*(RAIZ / sala).rglob(f"{carpeta}/**/*.py"), *(RAIZ / sala).rglob(f"{carpeta}.py")]
        if ruta.name != "__init__.py"
    )


def verbo_de(llamada: ast.Call) -> str:
    if isinstance(llamada.func, ast.Name):
        return llamada.func.id if llamada.func.id == "log" else ""
    nombre = llamada.func.attr if isinstance(llamada.func, ast.Attribute) else ""
    return nombre if nombre in VERBOS or (nombre == "update" and llamada.keywords) else ""


def verbos_en(arbol: ast.AST) -> set[str]:
    return {verbo for nodo in ast.walk(arbol) if isinstance(nodo, ast.Call) and (verbo := verbo_de(nodo))}


def importados(arbol: ast.Module, paquete: str) -> dict[str, tuple[str, str]]:
    """By the name used here: the module it comes from, and its name there."""
    traidos: dict[str, tuple[str, str]] = {}
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.ImportFrom):
            arriba = paquete.split(".")[: len(paquete.split(".")) - nodo.level + 1] if nodo.level else []
            base = ".".join([*arriba, *([nodo.module] if nodo.module else [])])
            traidos |= {uno.asname or uno.name: (base, uno.name) for uno in nodo.names}
    return traidos


def nombrados(arbol: ast.AST, modulo: str, traidos: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Everything of a module that a piece names: to pass a function on is to call it."""
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.Name):
            yield traidos.get(nodo.id, (modulo, nodo.id))
        elif isinstance(nodo, ast.Attribute) and isinstance(nodo.value, ast.Name) and nodo.value.id in traidos:
            yield ".".join(traidos[nodo.value.id]), nodo.attr


def sentencias_que_escriben(arbol: ast.Module) -> set[str]:
    """The names of a module that hold a statement written by hand, when it writes."""
    return {
        destino.id
        for nodo in arbol.body
        if isinstance(nodo, ast.Assign) and isinstance(nodo.value, ast.Constant) and isinstance(nodo.value.value, str)
        for destino in nodo.targets
        if isinstance(destino, ast.Name) and ESCRIBE.search(nodo.value.value)
    }


@cache
def piezas() -> dict[tuple[str, str], Pieza]:
    todas: dict[tuple[str, str], Pieza] = {}
    for ruta in modulos("services"):
        modulo, arbol = modulo_de(ruta), ast.parse(ruta.read_text(encoding="utf-8"))
        traidos = importados(arbol, modulo.rpartition(".")[0])
        a_mano = EN_BLOQUE | {(modulo, nombre) for nombre in sentencias_que_escriben(arbol)}
        for nodo in arbol.body:
            if isinstance(nodo, ast.FunctionDef | ast.ClassDef):
                llama = frozenset(nombrados(nodo, modulo, traidos))
                verbos = verbos_en(nodo) | ({"execute"} if llama & a_mano else set())
                todas[modulo, nodo.name] = Pieza(frozenset(verbos), llama)
    return todas


@cache
def actos() -> frozenset[tuple[str, str]]:
    """Pieces that write, by themselves or by another act that they call."""
    hallados: set[tuple[str, str]] = set()
    while nuevos := {
        clave for clave, pieza in piezas().items() if clave not in hallados and (pieza.verbos or pieza.llama & hallados)
    }:
        hallados |= nuevos
    return frozenset(hallados)


def por_su_nombre(carpeta):
    return [pytest.param(ruta, id=modulo_de(ruta)) for ruta in modulos(carpeta)]


@en_cada(lambda: por_su_nombre("services"))
def test_a_service_is_an_act(ruta):
    """What only reads goes to ``consultas/``; a rule that asks nothing of the database, to the root of its room."""
    suyos = [nombre for modulo, nombre in actos() if modulo == modulo_de(ruta) and not nombre.startswith("_")]
    assert suyos, f"{modulo_de(ruta)} no escribe nada"


@en_cada(lambda: por_su_nombre("consultas"))
def test_what_is_read_writes_nothing(ruta):
    assert not verbos_en(ast.parse(ruta.read_text(encoding="utf-8")))


def test_every_room_is_looked_at():
    """A folder of another name would pass by doing nothing."""
    leen, actuan = ({modulo_de(ruta).split(".")[0] for ruta in modulos(una)} for una in ("consultas", "services"))
    assert leen == {"instancias", "cursos", "evaluaciones", "certificados", "seguimiento"}
    assert actuan == {*leen, "marco"}


@pytest.mark.parametrize(
    ("texto", "verbos"),
    [
        ("Avance.objects.filter(pk=1).update(paso=2)", {"update"}),
        ("filas.update(otras)", set()),
        ("cache.set('a', 1)", set()),
        ("transaction.on_commit(anunciar)", {"on_commit"}),
        ("log(instance=uno, action='algo')", {"log"}),
    ],
)
def test_what_counts_as_writing(texto, verbos):
    assert verbos_en(ast.parse(texto)) == verbos
