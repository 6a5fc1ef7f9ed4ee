"""The voice: short sentences, no banned word, and names that change written by their key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from instancias.marcas import MARCA, cambiar

from .. import medidas
from ..errores import Problema
from ..fichas import Programa
from ..textos import textos

VOZ = Path(__file__).parents[1] / "voz.yaml"
PALABRAS_POR_ORACION = 30
DIALOGO = re.compile(r"«[^»]*»")


def revisar(programa: Programa) -> Iterator[Problema]:
    yield from _voz(programa)
    yield from _nombres(programa)


@cache
def _prohibidas() -> list[tuple[re.Pattern[str], str, bool, bool]]:
    filas = yaml.safe_load(VOZ.read_text(encoding="utf-8"))["palabras"]
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
        for patron, en_su_lugar, en_dialogos, en_normas in _prohibidas():
            if en_normas and de_norma:
                continue
            if encaja := patron.search(DIALOGO.sub("", texto) if en_dialogos else texto):
                mensaje = _("%(donde)s: no use «%(palabra)s». En su lugar: %(en_su_lugar)s.")
                datos = {"donde": donde, "palabra": encaja[0], "en_su_lugar": en_su_lugar}
                yield Problema(archivo, linea, mensaje % datos)


def _nombres(programa: Programa) -> Iterator[Problema]:
    """A mark between braces must be known, and never in a title: titles are also read where names are not put."""
    formas = programa.formas()
    for archivo, linea, donde, texto, _de_norma in textos(programa):
        for marca in MARCA.findall(texto):
            if marca not in formas:
                mensaje = _("%(donde)s: «{%(marca)s}» no está en nombres.yaml.")
                yield Problema(archivo, linea, mensaje % {"donde": donde, "marca": marca})
    titulos = [(programa.curso.archivo, programa.curso.titulo)]
    titulos += [(uno.archivo, uno.titulo) for uno in programa.curso.modulos]
    titulos += [(una.archivo, una.titulo) for _m, una in (*programa.lecciones(), *programa.evaluaciones())]
    titulos += [(una.archivo, paso.titulo) for _m, una in programa.lecciones() for paso in una.pasos]
    for archivo, titulo in titulos:
        if MARCA.search(titulo):
            yield Problema(archivo, 0, _("el título «%(titulo)s» no puede llevar llaves.") % {"titulo": titulo})
