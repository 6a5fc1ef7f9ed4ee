"""Copies between two nights: what was confirmed is out of the database in minutes, and not in a day (decision 67).

What is known of them is in ``Latido.SEGUIDAS``: ``en`` is when the last one was tried. There are hundreds in a day, so
none has a line in the list of copies.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from marco.contrato import valor
from marco.models import CopiaDeRespaldo, Latido
from marco.razones import razon_de

from . import archivos
from .apoyo import el_de_hoy
from .carpeta import SEGUIDA, preparar, seguidas
from .cifrado import exigir_clave
from .comprobar import comprobar
from .copiar import Copia, Relaciones, SinCambios, hacer
from .errores import ErrorDeRespaldo
from .retencion import CADA, seguidas_que_sobran, toca_seguida

logger = logging.getLogger(__name__)
# They say how the copies are: with them, a site where nobody does anything would always have something new.
DE_ELLAS = {Latido._meta.db_table, CopiaDeRespaldo._meta.db_table}


@dataclass(frozen=True)
class LoSeguido:
    """``hasta``: all that was confirmed before is in a copy. ``no_salio``, ``mala``: why the last one is not good."""

    hasta: datetime.datetime | None = None
    nombre: str = ""
    segundos: float = 0.0
    huella: str = ""
    no_salio: str = ""
    mala: str = ""
    comprobada_en: datetime.datetime | None = None

    def como_datos(self) -> dict[str, Any]:
        datos = asdict(self)
        return {clave: uno.isoformat() if isinstance(uno, datetime.datetime) else uno for clave, uno in datos.items()}


def de_datos(datos: Mapping[str, Any]) -> LoSeguido:
    """What is kept; of another edition, that writes it otherwise, nothing is known."""
    try:
        momentos = {
            cual: datetime.datetime.fromisoformat(datos[cual]) if datos[cual] else None
            for cual in ("hasta", "comprobada_en")
        }
        return LoSeguido(**{**datos, **momentos})
    except (KeyError, TypeError, ValueError):
        return LoSeguido()


def cada() -> int:
    """Minutes between one and the next, as the site says or as its database allows; 0: none is made."""
    dicho = valor("KUSKA_MINUTOS_ENTRE_COPIAS")
    return CADA[connection.vendor] if dicho is None else int(dicho)


def lo_seguido() -> tuple[datetime.datetime | None, LoSeguido]:
    """When the last one was tried, and what is known of them."""
    ultimo = Latido.objects.filter(clave=Latido.SEGUIDAS).first()
    return (ultimo.en, de_datos(ultimo.visto)) if ultimo else (None, LoSeguido())


def toca(*, ahora: datetime.datetime) -> bool:
    """Whether one is due. Without a passphrase there are no copies, and the line of those of the night says it."""
    if not valor("KUSKA_CLAVE_DE_RESPALDO"):
        return False
    intento, visto = lo_seguido()
    return toca_seguida(intento, segundos=visto.segundos, cada=cada(), ahora=ahora)


def respaldar_seguido(*, ahora: datetime.datetime) -> Copia | None:
    """Make one, unless the last one has all that there is: then None. What comes of it is written down.

    Raises as ``respaldar``; with another copy being made, ``ocupada``, that nobody has to be told.
    """
    _intento, antes = lo_seguido()
    try:
        clave, donde = exigir_clave(valor("KUSKA_CLAVE_DE_RESPALDO")), preparar()
        de_ahora: list[str] = []

        def sobra(relaciones: Relaciones) -> bool:
            de_ahora.append(_huella(relaciones))
            return de_ahora[0] == antes.huella and (donde / antes.nombre).is_file()

        copia = hacer(ahora=ahora, motivo=SEGUIDA, clave=clave, apoyo=el_de_hoy(donde, clave), sobra=sobra)
    except SinCambios:
        _anotar(replace(antes, hasta=ahora, no_salio=""), ahora=ahora)
        return None
    except (ErrorDeRespaldo, OSError, DatabaseError) as error:
        if getattr(error, "codigo", "") != "ocupada":
            logger.warning("a copy between nights was not made", extra={"error": type(error).__name__})
            _anotar(replace(antes, no_salio=razon_de(error)[:500]), ahora=ahora)
        raise
    visto = LoSeguido(ahora, copia.archivo.name, round(copia.segundos, 1), de_ahora[0], "", antes.mala)
    _anotar(replace(visto, comprobada_en=antes.comprobada_en), ahora=ahora)
    _borrar_las_que_sobran(donde)
    return copia


def comprobar_la_ultima(*, ahora: datetime.datetime) -> bool | None:
    """Restore the last one elsewhere and compare it, with what it rests on. None: there is none. What comes is kept."""
    if not (todas := seguidas()):
        return None
    mala = ""
    try:
        comprobar(todas[-1].archivo, ahora=ahora)
    except (ErrorDeRespaldo, OSError) as error:
        if getattr(error, "codigo", "") == "sin_permiso":  # told of the one of the night: nothing can be compared
            return None
        mala = razon_de(error)[:500]
    intento, visto = lo_seguido()
    _anotar(replace(visto, mala=mala, comprobada_en=ahora), ahora=intento or ahora)
    return not mala


def empieza(*, ahora: datetime.datetime) -> None:
    """One is about to be tried: no other one begins meanwhile."""
    _anotar(lo_seguido()[1], ahora=ahora)


def _anotar(visto: LoSeguido, *, ahora: datetime.datetime) -> None:
    try:
        Latido.objects.update_or_create(clave=Latido.SEGUIDAS, defaults={"en": ahora, "visto": visto.como_datos()})
    except DatabaseError:
        logger.warning("what came of a copy between nights was not written down")


def _huella(relaciones: Relaciones) -> str:
    """Of all that a copy would bring: rows and names of files."""
    filas = {nombre: cuantas for nombre, cuantas in relaciones.items() if nombre not in DE_ELLAS}
    nombres = [[almacen, *sorted(archivos.nombres(almacen))] for almacen in archivos.almacenes()]
    return hashlib.sha256(json.dumps([sorted(filas.items()), nombres]).encode()).hexdigest()


def _borrar_las_que_sobran(donde: Path) -> None:
    todas = {una.nombre: una.archivo for una in seguidas(donde)}
    for nombre in seguidas_que_sobran(list(todas)):
        todas[nombre].unlink(missing_ok=True)
        todas[nombre].with_suffix(".llaves").unlink(missing_ok=True)
