"""Pieces that every document of figures is written with: sections, rows of tables, and what is told in public."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificados.models import DocumentoDeCifras
from marco.models import AjustesDelAula

from .consultas import lugares
from .consultas.ambito import Ambito
from .consultas.cifras import AsientoContado

SIN_DATO = "—"
MAXIMO_DE_VACANTES = 8
Seccion = dict[str, Any]


def dia_largo(dia: datetime.date) -> str:
    """«30 de noviembre de 2026»."""
    return date_format(dia, r"j \d\e F \d\e Y")


def hora_larga(momento: datetime.datetime) -> str:
    return date_format(timezone.localtime(momento), "DATETIME_FORMAT")


def entidad() -> str:
    """Who issues: the entity of the site's settings, or the name of the space while there is none."""
    ajustes = AjustesDelAula.actuales()
    return ajustes.entidad or ajustes.nombre_del_espacio


def lugar_de(ambito: Ambito) -> str:
    """The territories of a document in a few words."""
    return lugares.en_palabras(ambito.limites)


def con_registro(documento: DocumentoDeCifras) -> str:
    """«Cierre 2026 (0040-2027)»."""
    return f"{documento.datos['publico']['titulo']} ({documento.registro})"


def comun(*, titulo: str, subtitulo: str, rotulo: str, ahora: datetime.datetime) -> dict[str, Any]:
    """What every paper says of itself."""
    return {
        "titulo": titulo,
        "subtitulo": subtitulo,
        "rotulo": rotulo,
        "fecha": timezone.localdate(ahora).isoformat(),
        "entidad": entidad(),
        "sitio": settings.WAGTAILADMIN_BASE_URL,
        "nota": _("Documento con código de verificación. No lleva firma digital."),
    }


def publico(papel: dict[str, Any], *, titulo: str, al: datetime.date, lineas: Sequence[str] = ()) -> dict[str, Any]:
    """The least that verification tells."""
    return {
        "titulo": titulo,
        "lugar": papel["subtitulo"],
        "al": al.isoformat(),
        "fecha": papel["fecha"],
        "entidad": papel["entidad"],
        "lineas": list(lineas),
    }


def en_pantalla(secciones: Iterable[Seccion]) -> list[Seccion]:
    """The sections with each value beside the title of its column: a phone shows a row as a card."""
    return [
        {**seccion, "filas": [_con_titulos(seccion["columnas"], fila) for fila in seccion.get("filas", [])]}
        for seccion in secciones
    ]


def _con_titulos(columnas: Sequence[Any], fila: Sequence[Any]) -> list[tuple[str, Any, bool]]:
    return [(titulo, valor, numero) for (titulo, _ancho, numero), valor in zip(columnas, fila, strict=True)]


def vacantes_en_palabras(asientos: Iterable[AsientoContado]) -> str:
    """«Salud, PNP y 3 más»."""
    nombres = [asiento.nombre_corto for asiento in asientos if asiento.vacante]
    if len(nombres) <= MAXIMO_DE_VACANTES:
        return ", ".join(nombres)
    primeros = ", ".join(nombres[:MAXIMO_DE_VACANTES])
    return _("%(nombres)s y %(n)d más") % {"nombres": primeros, "n": len(nombres) - MAXIMO_DE_VACANTES}


def por_rangos(numeros: Sequence[tuple[int, int]]) -> str:
    """Registry numbers, year and number in order, the consecutive ones together: «0001-2026 a 0004-2026, 0009-2026»."""
    rangos: list[list[tuple[int, int]]] = []
    for anio, numero in numeros:
        if rangos and rangos[-1][-1] == (anio, numero - 1):
            rangos[-1].append((anio, numero))
        else:
            rangos.append([(anio, numero)])
    return ", ".join(_rango(rango) for rango in rangos)


def _rango(rango: list[tuple[int, int]]) -> str:
    extremos = [f"{numero:04d}-{anio}" for anio, numero in (rango[0], rango[-1])]
    return extremos[0] if len(rango) == 1 else _("%(desde)s a %(hasta)s") % {"desde": extremos[0], "hasta": extremos[1]}


def quien_completa(ambito: Ambito) -> str:
    """Whose course makes a seat complete, in words."""
    if ambito.solo_titulares:
        return _("cuando terminó su titular")
    return _("cuando terminó su titular o su alterno/a")
