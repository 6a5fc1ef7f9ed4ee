"""The voice: short sentences, no banned word, and names that change written by their key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from marco.contrato import valor
from marco.marcas import MARCA, cambiar

from .. import medidas
from ..errores import Problema
from ..fichas import Nombre, Programa
from ..prosa import RECORDADOS
from ..textos import textos

PALABRAS_POR_ORACION = 30
DIALOGO = re.compile(r"«[^»]*»")
CIFRA = re.compile(r"\d")
ARTICULOS = re.compile(r"\b(?:arts?\.|artículos?)\s+\d[\w.-]*(?:(?:,| y| o)\s+\d[\w.-]*)*", re.IGNORECASE)


def revisar(programa: Programa) -> Iterator[Problema]:
    yield from _voz(programa)
    yield from _nombres(programa)


def _prohibido(texto: str, *, de_norma: bool) -> tuple[tuple[str, str], ...]:
    """Return each word of a text that this site does not use and what goes in its place.

    They come from the file that it names in ``KUSKA_VOZ``; none without it.
    """
    mapeo = valor("KUSKA_VOZ")
    return _hallar(Path(mapeo), texto, de_norma) if mapeo else ()


@lru_cache(RECORDADOS)
def _hallar(mapeo: Path, texto: str, de_norma: bool) -> tuple[tuple[str, str], ...]:
    fuera_de_dialogos = DIALOGO.sub("", texto)
    hallados = (
        (patron.search(fuera_de_dialogos if en_dialogos else texto), en_su_lugar)
        for patron, en_su_lugar, en_dialogos, en_normas in _leer(mapeo)
        if not (en_normas and de_norma)
    )
    return tuple((encaja[0], en_su_lugar) for encaja, en_su_lugar in hallados if encaja)


@cache
def _leer(mapeo: Path) -> list[tuple[re.Pattern[str], str, bool, bool]]:
    filas = yaml.safe_load(mapeo.read_text(encoding="utf-8"))["palabras"]
    return [
        (
            re.compile(fila["patron"], re.IGNORECASE),
            fila["en_su_lugar"],
            fila.get("en_dialogos", False),
            fila.get("en_normas", False),
        )
        for fila in filas
    ]


def _voz(programa: Programa) -> Iterator[Problema]:
    formas = programa.formas()
    for archivo, linea, donde, texto, de_norma in textos(programa):
        for oracion in medidas.oraciones(cambiar(texto, formas)):
            cuantas = medidas.contar(oracion)
            if cuantas > PALABRAS_POR_ORACION:
                mensaje = _("%(donde)s: oración de %(n)d palabras. Pártala en dos: «%(inicio)s…».")
                yield Problema(archivo, linea, mensaje % {"donde": donde, "n": cuantas, "inicio": oracion[:50]})
        for palabra, en_su_lugar in _prohibido(texto, de_norma=de_norma):
            mensaje = _("%(donde)s: no use «%(palabra)s». En su lugar: %(en_su_lugar)s.")
            datos = {"donde": donde, "palabra": palabra, "en_su_lugar": en_su_lugar}
            yield Problema(archivo, linea, mensaje % datos)


def _nombres(programa: Programa) -> Iterator[Problema]:
    """A mark between braces must be known, and never in a title: titles are also read where names are not put."""
    formas = programa.formas()
    for archivo, linea, donde, texto, _de_norma in textos(programa):
        for marca in MARCA.findall(texto):
            if marca not in formas:
                mensaje = _("%(donde)s: «{%(marca)s}» no está en nombres.yaml.")
                yield Problema(archivo, linea, mensaje % {"donde": donde, "marca": marca})
    yield from _numeros_a_mano(programa)
    titulos = [(programa.curso.archivo, programa.curso.titulo)]
    titulos += [(uno.archivo, uno.titulo) for uno in programa.curso.modulos]
    titulos += [(una.archivo, una.titulo) for _m, una in (*programa.lecciones(), *programa.evaluaciones())]
    titulos += [(una.archivo, paso.titulo) for _m, una in programa.lecciones() for paso in una.pasos]
    for archivo, titulo in titulos:
        if MARCA.search(titulo):
            yield Problema(archivo, 0, _("el título «%(titulo)s» no puede llevar llaves.") % {"titulo": titulo})


def _numeros_a_mano(programa: Programa) -> Iterator[Problema]:
    """The number of a help line is written by its key: it changes, and an old one in a lesson can cost a life."""
    con_numero = _con_numero(programa.nombres)
    for archivo, linea, donde, texto, de_norma in textos(programa):
        for clave in () if de_norma else _a_mano(texto, con_numero):
            mensaje = _("%(donde)s: el número de una línea de ayuda va por su clave: «{%(clave)s}».")
            yield Problema(archivo, linea, mensaje % {"donde": donde, "clave": clave})


def escritos_a_mano(texto: str, nombres: Iterable[Nombre]) -> list[str]:
    """Return the keys of the names with a number that a text writes by hand. The number of an article is not one."""
    return _a_mano(texto, _con_numero(nombres))


def _a_mano(texto: str, con_numero: dict[str, list[re.Pattern[str]]]) -> list[str]:
    if not CIFRA.search(texto):
        return []
    libre = ARTICULOS.sub("", texto)
    return [clave for clave, formas in con_numero.items() if any(forma.search(libre) for forma in formas)]


def _con_numero(nombres: Iterable[Nombre]) -> dict[str, list[re.Pattern[str]]]:
    """Return how each name with figures is found in a text, by its key."""
    formas = {uno.clave: {uno.nombre, uno.corto, uno.numero} for uno in nombres}
    return {
        clave: [_suelto(forma) for forma in suyas if CIFRA.search(forma)]
        for clave, suyas in formas.items()
        if any(CIFRA.search(forma) for forma in suyas)
    }


@cache
def _suelto(forma: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.,-]){re.escape(forma)}(?![\w/-]|[.,]\d| ?%)", re.IGNORECASE)
