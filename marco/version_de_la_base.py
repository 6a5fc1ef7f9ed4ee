"""A database that a newer edition already changed: this code neither reads it well nor may write in it.

Asked before a command that writes, when the web server begins and when a worker or the clock do. It is a
``CommandError``, so that whoever types a command reads a sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import wraps
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import ManagementUtility
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from .ordenes import SIN_NINGUNA_BASE

# What touches no row, and what has to work when the database is not of this edition: its copies, and the way back.
SIN_BASE = {
    *SIN_NINGUNA_BASE,
    "demo",  # it says by itself what to do with the data of another edition
    "respaldo",
    "restaurar",
    "showmigrations",
    "verificar_respaldo",
}


VACIA_TODO = "flush"


class BaseConDatos(CommandError):
    """Somebody wanted to empty a site that has people."""


class BaseDeOtraEdicion(CommandError):
    """The database was changed by an edition that this code does not know."""


def migraciones_de_mas(conexion: Any) -> list[str]:
    """Return, by name, the migrations that the database has and the code of its installed applications does not.

    Their files say their names: three hundred of them are read only when the database has one that is not there, which
    another may have replaced.
    """
    etiquetas = {una.label for una in apps.get_app_configs()}
    aplicadas = {una for una in MigrationRecorder(conexion).applied_migrations() if una[0] in etiquetas}
    if aplicadas <= {(app, nombre) for app in etiquetas for nombre in archivos_de(app)}:
        return []
    cargador = MigrationLoader(conexion, ignore_no_migrations=True)
    reemplazadas = {antes for una in cargador.disk_migrations.values() for antes in una.replaces}
    conocidas = set(cargador.disk_migrations) | reemplazadas
    de_mas = {una for una in aplicadas if una[0] not in cargador.unmigrated_apps} - conocidas
    return [f"{app}.{nombre}" for app, nombre in sorted(de_mas)]


def archivos_de(app: str) -> list[str]:
    """The migrations of an application, without reading them."""
    modulo, _dicho = MigrationLoader.migrations_module(app)
    try:
        lugares = import_module(modulo).__path__ if modulo else []
    except (ModuleNotFoundError, AttributeError):  # it has none
        return []
    return [uno.name for uno in iter_modules(lugares) if not uno.ispkg]


def exigir_base_conocida(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Raise ``BaseDeOtraEdicion`` when the database is of a newer edition. One that does not answer says so later."""
    conexion = connections[alias]
    if no_hay_archivo(conexion):
        return
    try:
        de_mas = migraciones_de_mas(conexion)
        a_medias = not de_mas and _restauracion_a_medias(conexion)
    except OperationalError:
        return
    finally:
        conexion.close()
        if conexion.vendor == "postgresql":
            conexion.close_pool()  # a process that divides afterwards shares no connection
    if de_mas:
        raise BaseDeOtraEdicion(_frase(de_mas))
    if a_medias:
        frase = _("No se hizo nada: una restauración quedó a medias. Termínela con «sudo aula restaurar --terminar».")
        raise BaseDeOtraEdicion(frase)


def _restauracion_a_medias(conexion: Any) -> bool:
    try:
        with conexion.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kuska_marco_instalacion WHERE por_terminar_desde IS NOT NULL")
            return bool(cursor.fetchone()[0])
    except DatabaseError:  # a new database, or of an edition that had no copies
        return False


def no_hay_archivo(conexion: Any) -> bool:
    """Looking for a SQLite file that is not there would make it."""
    if conexion.vendor != "sqlite":
        return False
    return conexion.connection is None and not Path(str(conexion.settings_dict["NAME"])).exists()


def _frase(de_mas: Sequence[str]) -> str:
    cuales = ", ".join(de_mas[:3]) + ("…" if len(de_mas) > 3 else "")
    return _(
        "No se hizo nada: la base de datos es de una versión más nueva que este programa (tiene %(cuales)s). Instale "
        "esa versión, o vuelva a una copia de esta con «sudo aula restaurar»."
    ) % {"cuales": cuales}


def exigir_que_este_vacia(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Raise before every table of a site that is in use is emptied: evidence is not emptied by a command."""
    try:
        con_gente = get_user_model()._default_manager.using(alias).exists()
    except DatabaseError:  # it has no tables yet
        return
    if con_gente:
        raise BaseConDatos(
            _(
                "No se hizo nada: «flush» borraría a todas las personas, sus certificados y el rastro. Para empezar de "
                "nuevo, use otra base, u otra carpeta en KUSKA_VAR."
            )
        )


def exigir_base_para(orden: str, argv: Sequence[str]) -> None:
    """End, in a sentence, a command that would write in a database that is not of this edition, or empty one in use."""
    if orden in SIN_BASE or {"help", "-h", "--help"} & set(argv[1:]):
        return
    try:
        exigir_base_conocida()
        if orden == VACIA_TODO:
            exigir_que_este_vacia()
    except (BaseDeOtraEdicion, BaseConDatos) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


def cuidar_toda_puerta() -> None:
    """Ask in every command line of Django: «django-admin» and «python -m django» do not come through ``ejecutar``."""
    de_django = ManagementUtility.fetch_command
    if getattr(de_django, "cuidada", False):
        return

    @wraps(de_django)
    def fetch_command(self: ManagementUtility, subcommand: str) -> Any:
        orden = de_django(self, subcommand)
        exigir_base_para(subcommand, self.argv)
        return orden

    fetch_command.cuidada = True  # type: ignore[attr-defined]
    ManagementUtility.fetch_command = fetch_command  # type: ignore[method-assign]


def ejecutar(argv: Sequence[str] | None = None) -> None:
    """Stands in ``manage.py`` where Django's ``execute_from_command_line`` does."""
    cuidar_toda_puerta()
    ManagementUtility(list(argv or sys.argv)).execute()
