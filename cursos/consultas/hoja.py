"""The sheet of a module: what to keep at hand of it, on one page of paper. The same for everybody, read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import swapper
from django.db.models import F, Subquery

from marco.nombres import Nombres

from .. import clases
from ..models import Articulo, Curso, Modulo, Unidad
from .acceso import no_encontrado
from .contenido import guardado, renglones


@dataclass(frozen=True)
class ParteDeHoja:
    """What is to be kept of one unit of the module."""

    titulo: str
    lineas: tuple[str, ...]


@dataclass(frozen=True)
class HojaDeModulo:
    titulo: str
    objetivos: tuple[str, ...]
    lecciones: tuple[ParteDeHoja, ...]
    tarea: str
    articulos: tuple[str, ...]
    revisado_el: date | None


def hoja_de(*, unidad: Unidad) -> HojaDeModulo:
    """Return the sheet of the module that holds a unit. Three statements when the cache does not have it.

    Raises ``no_encontrado`` when the unit is in no module.
    """
    hoja = guardado(f"hoja:{unidad.pk}", unidad.curso, lambda: _leer(unidad))
    if not isinstance(hoja, HojaDeModulo):
        raise no_encontrado()
    return hoja


SIN_HOJA = ""  # what is kept of a unit that is in no module


def _leer(unidad: Unidad) -> HojaDeModulo | str:
    modulo = _modulo(unidad)
    if modulo is None:
        return SIN_HOJA
    partes = sorted(parte for clase in clases.clases() if clase.va_en_la_hoja for parte in clase.para_la_hoja(modulo))
    nombres = Nombres()
    return HojaDeModulo(
        titulo=modulo.title,
        objetivos=nombres.poner_en(renglones(modulo.objetivos)),
        lecciones=tuple(ParteDeHoja(titulo, nombres.poner_en(lineas)) for _path, titulo, lineas, _citados in partes),
        tarea=nombres.poner(modulo.tarea.strip()),
        articulos=_articulos(pk for _path, _titulo, _lineas, citados in partes for pk in citados),
        revisado_el=modulo.revisado_el,
    )


def _modulo(unidad: Unidad) -> Any:
    """Return the page of the module that holds the page of a unit, with the day its course was last reviewed."""
    Pagina = swapper.load_model("wagtailcore", "Page")
    propia = Pagina.objects.filter(pk=unidad.pagina_id)
    curso = Curso.objects.filter(pk__in=[cast(Unidad, unidad.curso).pagina_id])
    modulos = Modulo.objects.live()
    arriba = modulos.annotate(
        adentro=Subquery(propia.values("path")[:1]), revisado_el=Subquery(curso.values("revisado_el")[:1])
    ).filter(adentro__startswith=F("path"))
    return arriba.order_by("-depth").first()


def _articulos(citados: Iterable[int]) -> tuple[str, ...]:
    """Citations of the articles quoted, each once, as they come."""
    en_orden = list(dict.fromkeys(citados))
    articulos = Articulo.objects.in_bulk(en_orden)
    return tuple(articulos[pk].cita for pk in en_orden if pk in articulos)
