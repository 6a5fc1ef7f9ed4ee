"""The glossary: the same for everybody, read once and kept until a term, an article or a course changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.core.cache import cache
from django.db.models import Sum

from marco.nombres import Nombres
from marco.textos import buscable, en_orden, palabras_buscadas, sin_tildes

from ..models import Termino, Unidad
from .primer_uso import Dicho, Formas
from .temario import UN_DIA, clave_de_cache

FORMATO = 2  # raise it when the shape of what is kept changes


@dataclass(frozen=True)
class Entrada:
    """A term as the glossary shows it. ``buscable`` holds its forms, and what it means, without accents."""

    id: int
    termino: str
    formas: tuple[str, ...]
    definicion: str
    ejemplo: str
    cita: str
    buscable: tuple[str, str]

    @property
    def letra(self) -> str:
        return sin_tildes(self.termino[:1]).upper()


def glosario() -> tuple[Entrada, ...]:
    """Return every term in alphabetical order. One statement when it is in the cache, to know whether it changed."""
    # What renews the lessons renews the glossary, in every process: their revisions only grow.
    revision = Unidad.objects.cursos().aggregate(suma=Sum("revision"))["suma"]
    if revision is None:  # without courses nothing tells that a term changed
        return _leer()
    llave = f"kuska:glosario:{FORMATO}:{revision}"
    entradas = cache.get(llave)
    if entradas is None:
        entradas = _leer()
        cache.set(llave, entradas, UN_DIA)
    return entradas


def palabras_para(curso: Unidad | None) -> tuple[Formas, dict[int, Dicho]]:
    """Return the forms to find in the lessons of a course, and what they mean; without one (a preview), as of now."""
    llave = clave_de_cache("palabras", curso) if curso is not None else ""
    leidas = cache.get(llave) if llave else None
    if leidas is None:
        leidas = _leer_palabras()
        if llave:
            cache.set(llave, leidas, UN_DIA)
    formas = _formas(tuple((pk, tuple(formas)) for pk, formas, _dicho in leidas))
    return formas, {pk: Dicho(*dicho) for pk, _formas, dicho in leidas}


@lru_cache(maxsize=4)
def _formas(terminos: tuple[tuple[int, tuple[str, ...]], ...]) -> Formas:
    """The same words are made ready once: each step that is read for the first time looks for all of them."""
    return Formas(terminos)


def buscar(entradas: Iterable[Entrada], pedido: str) -> tuple[Entrada, ...]:
    """Return the terms with these words in a form; when none has, in its meaning. Accents do not count."""
    palabras = palabras_buscadas(pedido)
    if not palabras and pedido.strip():
        return ()
    todas = tuple(entradas)
    for donde in (0, 1):
        halladas = tuple(una for una in todas if all(palabra in una.buscable[donde] for palabra in palabras))
        if halladas:
            return halladas
    return ()


def por_letra(entradas: Iterable[Entrada]) -> list[tuple[str, list[Entrada]]]:
    return [(letra, list(suyas)) for letra, suyas in groupby(entradas, key=lambda una: una.letra)]


def _leer() -> tuple[Entrada, ...]:
    """Read the terms. Names that change are put here, in what people read."""
    filas, nombres = Termino.objects.select_related("articulo__norma"), Nombres()
    entradas = [
        Entrada(
            id=fila.pk,
            termino=fila.termino,
            formas=fila.formas,
            definicion=(definicion := nombres.poner(fila.definicion)),
            ejemplo=nombres.poner(fila.ejemplo),
            cita=fila.articulo.cita if fila.articulo else "",
            buscable=(buscable(*fila.formas), buscable(definicion)),
        )
        for fila in filas
    ]
    return tuple(sorted(entradas, key=lambda una: (en_orden(una.termino), una.termino)))


def _leer_palabras() -> list[tuple[int, tuple[str, ...], tuple[str, str, str]]]:
    filas = Termino.objects.only("termino", "variantes", "definicion", "ejemplo").order_by("pk")
    return [(fila.pk, fila.formas, (fila.termino, fila.definicion, fila.ejemplo)) for fila in filas]
