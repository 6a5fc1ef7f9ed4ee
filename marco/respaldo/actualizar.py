"""Bring the database to this edition, with a copy before, a rehearsal on that copy, and a way back."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from marco.invariantes import revisar
from marco.models import CopiaDeRespaldo
from marco.programa import version_del_programa
from marco.razones import razon_de

from .comprobar import comprobar, sacada
from .copiar import Copia, respaldar
from .errores import ErrorDeRespaldo
from .motores import motor
from .volver import hay_datos

logger = logging.getLogger(__name__)
Decir = Callable[[str], None]


@dataclass(frozen=True)
class Actualizada:
    """``cambios``: how many migrations were applied. ``copia``: by which name what there was is kept."""

    programa: str
    cambios: int
    copia: str
    rotas: tuple[str, ...]


def pendientes() -> list[str]:
    ejecutor = MigrationExecutor(connection)
    plan = ejecutor.migration_plan(ejecutor.loader.graph.leaf_nodes())
    return [f"{migracion.app_label}.{migracion.name}" for migracion, _atras in plan]


def actualizar(
    *, ahora: datetime.datetime, ensayo: bool = True, en_uso: bool = False, decir: Decir = lambda _texto: None
) -> Actualizada:
    """Apply what this edition asks of the database. Nothing is touched before a copy of it was brought up to date.

    Raises ``ErrorDeRespaldo``; then the database is as it was. Doing it again changes nothing.
    """
    programa, faltan = version_del_programa(), pendientes()
    if not faltan:
        return Actualizada(programa, 0, "", _rotas())
    if not hay_datos():
        call_command("migrate", verbosity=0, interactive=False)
        return Actualizada(programa, len(faltan), "", _rotas())
    with nullcontext() if en_uso else motor().sin_nadie():
        copia = _actualizar(faltan, ahora=ahora, ensayo=ensayo, decir=decir)
    return Actualizada(programa, len(faltan), copia.archivo.name, _rotas())


def _actualizar(faltan: list[str], *, ahora: datetime.datetime, ensayo: bool, decir: Decir) -> Copia:
    decir(_("Se hace una copia de lo que hay…"))
    copia = respaldar(ahora=ahora, motivo="antes-de-actualizar")
    if ensayo:
        decir(_("Se ensaya la actualización sobre la copia, en otra parte…"))
        _ensayar(copia, ahora=ahora)
    decir(_("Se actualiza la base (%(n)d cambios)…") % {"n": len(faltan)})
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Exception as error:
        _dejar_como_estaba(copia)
        logger.exception("a change of the database failed")
        frase = _("No se actualizó. %(razon)s La base quedó como estaba; vuelva a la versión anterior y avise.")
        raise ErrorDeRespaldo("no_se_actualizo", frase % {"razon": razon_de(error)}) from error
    _asegurar_la_linea(copia, ahora=ahora)
    return copia


def _ensayar(copia: Copia, *, ahora: datetime.datetime) -> None:
    try:
        comprobar(copia.archivo, ahora=ahora)
    except ErrorDeRespaldo:
        raise
    except Exception as error:  # whatever a migration may raise
        logger.exception("a change of the database failed on its copy")
        frase = _("No se actualizó: falló el ensayo sobre la copia. %(razon)s La base no se tocó.")
        raise ErrorDeRespaldo("fallo_el_ensayo", frase % {"razon": razon_de(error)}) from error


def _dejar_como_estaba(copia: Copia) -> None:
    """Row by row, with its own name: nobody wrote meanwhile, and this is the same installation."""
    with sacada(copia.archivo) as abierta:
        motor().reponer(abierta.base, [])


def _asegurar_la_linea(copia: Copia, *, ahora: datetime.datetime) -> None:
    """An edition that had no lines of copies yet could not write the one of its own."""
    if not CopiaDeRespaldo.objects.filter(nombre=copia.archivo.name).exists():
        CopiaDeRespaldo.objects.create(nombre=copia.archivo.name, hecha_en=ahora, estado=CopiaDeRespaldo.Estado.BUENA)


def _rotas() -> tuple[str, ...]:
    return tuple(uno.dice for uno in revisar(rapido=True) if not uno.se_cumple)
