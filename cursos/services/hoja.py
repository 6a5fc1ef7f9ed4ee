"""The sheet of a module: what to keep at hand of it, on one page of paper. The same for everybody, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import swapper
from django.db.models import F, Subquery

from instancias.nombres import Nombres

from ..models import Articulo, Unidad
from .acceso import no_encontrado
from .contenido import guardado, lineas_del_resumen, renglones


@dataclass(frozen=True)
class LeccionDeHoja:
    titulo: str
    lineas: tuple[str, ...]


@dataclass(frozen=True)
class HojaDeModulo:
    titulo: str
    objetivos: tuple[str, ...]
    lecciones: tuple[LeccionDeHoja, ...]
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
    Leccion = swapper.load_model("cursos", "Leccion")
    lecciones = list(Leccion.objects.live().descendant_of(modulo).order_by("path"))
    nombres = Nombres()
    return HojaDeModulo(
        titulo=modulo.title,
        objetivos=nombres.poner_en(renglones(modulo.objetivos)),
        lecciones=tuple(LeccionDeHoja(una.title, nombres.poner_en(_lo_principal(una))) for una in lecciones),
        tarea=nombres.poner(modulo.tarea.strip()),
        articulos=_articulos(lecciones),
        revisado_el=modulo.revisado_el,
    )


def _modulo(unidad: Unidad) -> Any:
    """Return the page of the module that holds the page of a unit, with the day its course was last reviewed."""
    Pagina = swapper.load_model("wagtailcore", "Page")
    propia = Pagina.objects.filter(pk=unidad.pagina_id)
    curso = swapper.load_model("cursos", "Curso").objects.filter(pk=cast(Unidad, unidad.curso).pagina_id)
    modulos = swapper.load_model("cursos", "Modulo").objects.live()
    arriba = modulos.annotate(
        adentro=Subquery(propia.values("path")[:1]), revisado_el=Subquery(curso.values("revisado_el")[:1])
    ).filter(adentro__startswith=F("path"))
    return arriba.order_by("-depth").first()


def _lo_principal(leccion: Any) -> tuple[str, ...]:
    return lineas_del_resumen(leccion) or renglones(leccion.sabe_ahora)


def _articulos(lecciones: list[Any]) -> tuple[str, ...]:
    """Citations of the articles quoted, each once, as they come."""
    citados = [
        bloque["value"].get("articulo")
        for leccion in lecciones
        for bloque in leccion.pasos.raw_data
        if bloque["type"] == "cita"
    ]
    articulos = Articulo.objects.in_bulk({pk for pk in citados if pk})
    return tuple(articulos[pk].cita for pk in dict.fromkeys(citados) if pk in articulos)
