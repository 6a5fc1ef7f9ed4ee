"""Make a copy while the installation serves: the database at one moment, its files, and its keys apart."""

from __future__ import annotations

import datetime
import json
import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from marco.a_disco import a_disco
from marco.contrato import valor
from marco.models import CopiaDeRespaldo, Instalacion
from marco.programa import version_del_programa
from marco.razones import razon_de

from . import archivos, memoria
from .apoyo import LISTA, Apoyo, guardar_lista
from .caja import Guardadora, escribir
from .carpeta import PARCIAL, enteras, exigir_espacio, nombre_de, preparar, seguidas, turno
from .cifrado import Cifrador, exigir_clave, leer_cabecera
from .errores import ErrorDeRespaldo
from .llaves import HUELLAS, huella_de
from .motores import motor
from .retencion import Hecha, las_que_se_guardan

logger = logging.getLogger(__name__)

DE_SOBRA = 50_000_000  # bytes that stay free besides what a copy may take
Relaciones = dict[str, list[Any]]  # of each table, how many rows and their digest


class SinCambios(Exception):
    """There is a copy of all that there is."""


@dataclass(frozen=True)
class Copia:
    archivo: Path
    manifiesto: dict[str, Any]
    segundos: float

    @property
    def filas(self) -> int:
        return sum(cuantas for cuantas, _huella in self.manifiesto["relaciones"].values())


def respaldar(*, ahora: datetime.datetime, motivo: str = "", clave: str | None = None) -> Copia:
    """Make a copy and write down that it was made. Whoever it is that fails, it is written down too.

    The file has its name once it is whole and on disk: what was left half-way is never taken for a copy.
    """
    try:
        copia = hacer(ahora=ahora, motivo=motivo, clave=clave)
    except (ErrorDeRespaldo, OSError, DatabaseError) as error:
        if getattr(error, "codigo", "") != "ocupada":
            anotar_fallo(error, ahora=ahora)
        raise
    try:
        with transaction.atomic():
            _anotar(copia, ahora=ahora)
    except DatabaseError:
        logger.warning("a copy was made and not written down", extra={"copia": copia.archivo.name})
    return copia


def hacer(
    *,
    ahora: datetime.datetime,
    motivo: str = "",
    clave: str | None = None,
    apoyo: Apoyo | None = None,
    sobra: Callable[[Relaciones], bool] = lambda _relaciones: False,
) -> Copia:
    """Make a copy and write nothing down. With ``apoyo`` it rests on another one, that has the keys beside it.

    ``sobra`` is told the rows and digests of each table: where it says so, none is made and ``SinCambios`` is raised.
    """
    inicio = time.monotonic()
    clave = exigir_clave(valor("KUSKA_CLAVE_DE_RESPALDO") if clave is None else clave)
    donde, uno = preparar(), motor()
    with turno(donde):
        exigir_espacio(donde, 2 * uno.tamano() + DE_SOBRA)
        _recordar(ahora)
        while (definitivo := donde / nombre_de(ahora, motivo)).exists():
            ahora += datetime.timedelta(seconds=1)
        parcial = donde / f"{PARCIAL}{definitivo.name}"
        try:
            with parcial.open("wb") as papel, uno.foto(parcial.with_suffix(".base")) as foto:
                parcial.chmod(0o600)
                relaciones = foto.relaciones()
                if sobra(relaciones):
                    raise SinCambios
                manifiesto = _escribir(papel, clave, foto, relaciones, ahora=ahora, apoyo=apoyo or Apoyo())
                papel.flush()
                os.fsync(papel.fileno())
            if apoyo is None or not apoyo.copia:
                guardar_llaves(donde / f"{definitivo.stem}.llaves", clave, ahora=ahora)
            if apoyo is None:
                guardar_lista(definitivo, clave, manifiesto, ahora=ahora)
            parcial.replace(definitivo)
            a_disco(donde)
        finally:
            parcial.unlink(missing_ok=True)
            parcial.with_suffix(".base").unlink(missing_ok=True)
    return Copia(definitivo, manifiesto, time.monotonic() - inicio)


def _recordar(ahora: datetime.datetime) -> None:
    try:
        with transaction.atomic():
            memoria.recordar(ahora=ahora)
    except DatabaseError:  # of another edition: its copy is made all the same, to come back from it
        logger.warning("what must outlive a return was not read")


def _escribir(
    papel: Any, clave: str, foto: Any, relaciones: Relaciones, *, ahora: datetime.datetime, apoyo: Apoyo
) -> dict[str, Any]:
    cabecera = {"que": "datos", "en": ahora.isoformat(), "programa": version_del_programa(), "motor": motor().nombre}
    if apoyo.copia:
        cabecera["apoyo"] = apoyo.copia  # in the open: it is kept as long as whoever rests on it
    with escribir(papel, clave, cabecera) as caja:
        manifiesto = {
            **cabecera,
            "version_del_motor": foto.version,
            "identidad": Instalacion.objects.values_list("identidad", flat=True).first() or "",
            "migraciones": _migraciones(),
            "relaciones": relaciones,
        }
        caja.poner_base(foto.volcar())
        # Files after the rows that name them: what is taken away meanwhile was taken away for good.
        _poner_archivos(caja, apoyo)
        return caja.cerrar({**manifiesto, "apoyo": {"copia": apoyo.copia, "archivos": caja.apoyados}})


def _poner_archivos(caja: Guardadora, apoyo: Apoyo) -> None:
    for almacen in archivos.almacenes():
        for nombre in archivos.nombres(almacen):
            if dicho := apoyo.tiene(almacen, nombre):
                caja.contar_con(almacen, nombre, *dicho)
            elif (leido := archivos.leer(almacen, nombre)) is not None:
                tamano, huella, contenido = leido
                with contenido:
                    caja.poner_archivo(almacen, nombre, tamano, huella, contenido)


def _migraciones() -> dict[str, list[str]]:
    por_app: dict[str, list[str]] = {}
    for app, nombre in sorted(MigrationRecorder(connection).applied_migrations()):
        por_app.setdefault(app, []).append(nombre)
    return por_app


def guardar_llaves(archivo: Path, clave: str, *, ahora: datetime.datetime) -> None:
    """The keys of the installation, apart from its data: without them second steps and the sealed bank do not open."""
    llaves = {
        "SECRET_KEY": settings.SECRET_KEY,
        "SECRET_KEY_FALLBACKS": list(settings.SECRET_KEY_FALLBACKS),
        "KUSKA_LLAVE_DEL_BANCO": valor("KUSKA_LLAVE_DEL_BANCO"),
        "KUSKA_LLAVES_DE_RECIBO": list(valor("KUSKA_LLAVES_DE_RECIBO")),
    }
    parcial = archivo.with_name(f"{PARCIAL}{archivo.name}")
    with parcial.open("wb") as papel:
        parcial.chmod(0o600)
        # Said in the open, to know without opening it which keys are here: those of 256 bits, by a digest.
        huellas = [huella_de(una) for una in valor("KUSKA_LLAVES_DE_RECIBO")]
        cifrador = Cifrador(papel, clave, {"que": "llaves", "en": ahora.isoformat(), HUELLAS: huellas})
        cifrador.write(json.dumps(llaves).encode())
        cifrador.terminar()
        papel.flush()
        os.fsync(papel.fileno())
    parcial.replace(archivo)
    a_disco(archivo.parent)


def _anotar(copia: Copia, *, ahora: datetime.datetime) -> None:
    CopiaDeRespaldo.objects.create(
        nombre=copia.archivo.name,
        hecha_en=ahora,
        estado=CopiaDeRespaldo.Estado.BUENA,
        tamano=copia.archivo.stat().st_size,
        segundos=round(copia.segundos, 1),
        archivos=len(copia.manifiesto["archivos"]),
        filas={nombre: cuantas for nombre, (cuantas, _huella) in copia.manifiesto["relaciones"].items()},
    )


def anotar_fallo(error: Exception, *, ahora: datetime.datetime) -> None:
    """Nobody learns on the day of the fire that there were no copies: it is on the screen."""
    detalle = razon_de(error)[:500]
    logger.warning("a copy was not made", extra={"error": type(error).__name__})
    try:
        ultima = CopiaDeRespaldo.objects.first()
        if ultima is not None and ultima.estado == CopiaDeRespaldo.Estado.NO_SE_HIZO and ultima.detalle == detalle:
            CopiaDeRespaldo.objects.filter(pk=ultima.pk).update(hecha_en=ahora)
            return
        CopiaDeRespaldo.objects.create(hecha_en=ahora, estado=CopiaDeRespaldo.Estado.NO_SE_HIZO, detalle=detalle)
    except DatabaseError:
        return


def borrar_las_que_sobran(*, ahora: datetime.datetime) -> list[str]:
    """Take away the copies, and their keys, whose time is over. Those made before an upgrade count alike."""
    todas = enteras()
    comprobadas = set(
        CopiaDeRespaldo.objects.filter(comprobacion=CopiaDeRespaldo.Comprobacion.RESTAURADA).values_list(
            "nombre", flat=True
        )
    )
    quedan = las_que_se_guardan(Hecha(una.en, una.nombre, una.nombre in comprobadas) for una in todas)
    quedan |= _en_que_se_apoyan()
    sobran = [una for una in todas if una.nombre not in quedan]
    for una in sobran:
        una.archivo.unlink(missing_ok=True)
        for junto in (".llaves", LISTA):
            una.archivo.with_suffix(junto).unlink(missing_ok=True)
    nombres = [una.nombre for una in sobran]
    CopiaDeRespaldo.objects.filter(nombre__in=nombres).update(estado=CopiaDeRespaldo.Estado.BORRADA)
    _olvidar_lo_viejo(ahora)
    return nombres


def _en_que_se_apoyan() -> set[str]:
    """The whole copies without which one that was made between nights cannot be put back."""
    nombres = set()
    for una in seguidas():
        with suppress(OSError, ErrorDeRespaldo), una.archivo.open("rb") as papel:
            nombres.add(leer_cabecera(papel)[0].get("apoyo", ""))
    return nombres


def _olvidar_lo_viejo(ahora: datetime.datetime) -> None:
    """Lines about copies that are not there any more are kept for two years, as what is looked at is (art. 46)."""
    hace = ahora - datetime.timedelta(days=730)
    viejas = CopiaDeRespaldo.objects.filter(hecha_en__lt=hace).exclude(estado=CopiaDeRespaldo.Estado.BUENA)
    viejas.delete()
