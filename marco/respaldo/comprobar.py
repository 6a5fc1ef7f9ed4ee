"""Restore a copy elsewhere and compare it: what was not restored once is not a copy, it is a file."""

from __future__ import annotations

import datetime
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from marco.contrato import valor
from marco.invariantes import revisar
from marco.models import CopiaDeRespaldo
from marco.version_de_la_base import no_hay_archivo

from .apoyo import completar
from .archivos import almacenes
from .caja import Abierta, abrir
from .carpeta import PARCIAL, exigir_espacio, leyendo
from .cifrado import exigir_clave, leer_cabecera
from .errores import ErrorDeRespaldo
from .motores import motor

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Resultado:
    manifiesto: dict[str, Any]
    filas: int
    archivos: int
    rotas: tuple[str, ...]  # rules that what was copied does not keep either


@contextmanager
def sacada(archivo: Path, *, clave: str | None = None) -> Iterator[Abierta]:
    """A copy, taken out of its file and compared with its own list, for as long as it is looked at."""
    clave = exigir_clave(valor("KUSKA_CLAVE_DE_RESPALDO") if clave is None else clave)
    donde = Path(valor("KUSKA_RESPALDOS") or tempfile.gettempdir())
    donde.mkdir(parents=True, exist_ok=True, mode=0o700)
    exigir_espacio(donde, 2 * archivo.stat().st_size)
    carpeta = Path(tempfile.mkdtemp(prefix=PARCIAL, dir=donde))
    try:
        with leyendo(archivo) as papel:
            abierta = abrir(papel, clave, carpeta)
        _exigir_conocida(abierta.manifiesto)
        completar(abierta, archivo, clave)
        yield abierta
    finally:
        shutil.rmtree(carpeta, ignore_errors=True)


def _exigir_conocida(manifiesto: dict[str, Any]) -> None:
    uno = motor()
    if manifiesto["motor"] != uno.nombre:
        frase = _("Esa copia es de %(suyo)s y esta instalación usa %(este)s.")
        raise ErrorDeRespaldo("otro_motor", frase % {"suyo": manifiesto["motor"], "este": uno.nombre})
    cargador = MigrationLoader(None, ignore_no_migrations=True)
    reemplazadas = {antes for una in cargador.disk_migrations.values() for antes in una.replaces}
    conocidas = set(cargador.disk_migrations) | reemplazadas
    for app, nombres in manifiesto["migraciones"].items():
        if app in cargador.migrated_apps and (ajenas := [n for n in nombres if (app, n) not in conocidas]):
            frase = _("Esa copia es de una versión más nueva que este programa (tiene %(cual)s): instale esa versión.")
            raise ErrorDeRespaldo("mas_nueva", frase % {"cual": f"{app}.{ajenas[0]}"})


def comprobar(
    archivo: Path,
    *,
    ahora: datetime.datetime,
    clave: str | None = None,
    decir: Callable[[str], None] = lambda _texto: None,
) -> Resultado:
    """Restore a copy elsewhere, compare counts, digests and invariants, and write down what came of it.

    Raises ``ErrorDeRespaldo`` when anything is not as it was; what was not right before either is told (``rotas``).
    In a process of its own: for a moment its connection is to the copy.
    """
    try:
        resultado = _comprobar(archivo, clave=clave, decir=decir)
    except ErrorDeRespaldo as error:
        anotar(archivo, CopiaDeRespaldo.Comprobacion.MALA, error.mensaje, ahora=ahora)
        raise
    detalle = _("Es igual a su original, que no cumple: %(que)s") % {"que": " ".join(resultado.rotas)}
    anotar(archivo, CopiaDeRespaldo.Comprobacion.RESTAURADA, detalle if resultado.rotas else "", ahora=ahora)
    return resultado


def _comprobar(archivo: Path, *, clave: str | None, decir: Callable[[str], None]) -> Resultado:
    with sacada(archivo, clave=clave) as abierta:
        manifiesto = abierta.manifiesto
        decir(_("La copia se lee entera. Se restaura en otra parte…"))
        with motor().en_otra_parte(abierta.base, abierta.carpeta) as (ajustes, hallado):
            comparar(manifiesto["relaciones"], hallado)
            decir(_("Las filas son las mismas. Se revisa lo que siempre debe ser cierto…"))
            rotas = revisar_por_dentro(ajustes, abierta)
    filas = sum(cuantas for cuantas, _huella in manifiesto["relaciones"].values())
    return Resultado(manifiesto, filas, len(manifiesto["archivos"]), tuple(rotas))


def comparar(dicho: dict[str, Any], hallado: dict[str, Any]) -> None:
    """Raise ``distinta`` when a table has not the rows that were counted when the copy was made, or all are empty."""
    if not dicho or not sum(cuantas for cuantas, _huella in dicho.values()):
        raise ErrorDeRespaldo("vacia", _("La copia está vacía: no tiene ninguna fila."))
    malas = [
        nombre for nombre in sorted({*dicho, *hallado}) if list(dicho.get(nombre, ())) != list(hallado.get(nombre, ()))
    ]
    if malas:
        frase = _("La copia restaurada no es igual a la base de la que salió, en esto: %(cuales)s.")
        raise ErrorDeRespaldo("distinta", frase % {"cuales": ", ".join(_como_se_llama(una) for una in malas[:5])})


def _como_se_llama(donde: str) -> str:
    """What people call the rows of a table; its name, where it is of nobody."""
    suyos = (uno for uno in apps.get_models(include_auto_created=True) if uno._meta.db_table == donde)
    return next((str(uno._meta.verbose_name_plural) for uno in suyos), donde)


def revisar_por_dentro(ajustes: dict[str, Any], abierta: Abierta) -> list[str]:
    """Bring a restored copy up to date, and return the rules of what is kept that it does not keep, as the original."""
    with conectada_a(ajustes), con_los_archivos_de(abierta):
        call_command("migrate", verbosity=0, interactive=False)
        return [uno.dice for uno in revisar() if not uno.se_cumple]


@contextmanager
def con_los_archivos_de(abierta: Abierta) -> Iterator[None]:
    """The storages of this process read, for a while, what came in a copy."""
    antes = {almacen: storages[almacen] for almacen in almacenes()}
    try:
        for almacen in antes:
            storages._storages[almacen] = FileSystemStorage(location=abierta.archivos / almacen)
        yield
    finally:
        storages._storages.update(antes)


@contextmanager
def conectada_a(ajustes: dict[str, Any]) -> Iterator[None]:
    """The connection of this process goes to another database, and comes back."""
    propios = connections.settings["default"]
    antes = connections["default"]
    antes.close()
    _cerrar_grupo(antes)
    connections.settings["default"] = ajustes
    del connections["default"]
    try:
        yield
    finally:
        otra = connections["default"]
        otra.close()
        _cerrar_grupo(otra)
        connections.settings["default"] = propios
        connections["default"] = antes


def _cerrar_grupo(conexion: Any) -> None:
    if conexion.vendor == "postgresql":
        conexion.close_pool()


def anotar(archivo: Path, como: str, detalle: str, *, ahora: datetime.datetime) -> None:
    """Beside the rest, where there is a database: on a machine that lost its own, what came of it is only said."""
    if no_hay_archivo(connections["default"]):
        return
    try:
        with transaction.atomic():
            CopiaDeRespaldo.objects.filter(nombre=archivo.name).update(
                comprobacion=como, comprobada_en=ahora, detalle=detalle[:500]
            )
    except DatabaseError:
        logger.warning("what came of a copy was not written down", extra={"copia": archivo.name})


def que_es(archivo: Path) -> dict[str, Any]:
    with archivo.open("rb") as papel:
        return leer_cabecera(papel)[0]
