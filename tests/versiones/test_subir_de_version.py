"""The database that each release left is brought to this edition, on both engines, and loses nothing."""

from __future__ import annotations

import lzma
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client

from marco.invariantes import revisar
from marco.respaldo.actualizar import pendientes
from marco.respaldo.comprobar import conectada_a
from marco.respaldo.motores import motor
from marco.respaldo.postgres import programa
from marco.version_de_la_base import exigir_base_conocida
from tests.plantilla import recordando_lo_intercambiable
from tests.test_arquitectura import EVIDENCIA

AQUI = Path(__file__).resolve().parent
VERSIONES = sorted(una.name for una in AQUI.iterdir() if (una / "base.sql.xz").exists())
SIN_ARCHIVOS = {"archivos"}  # only the database was kept


@contextmanager
def puesta(version: str, carpeta: Path) -> Iterator[dict[str, Any]]:
    """The database of a release, elsewhere: what Django needs to connect to it."""
    ajustes = connection.settings_dict
    if connection.vendor == "sqlite":
        archivo = carpeta / "de-antes.sqlite3"
        archivo.write_bytes(lzma.decompress((AQUI / version / "base.sqlite3.xz").read_bytes()))
        yield {**ajustes, "NAME": str(archivo)}
        return
    nombre, uno = f"kuska_version_{secrets.token_hex(4)}", motor()
    uno._mandar(f"CREATE DATABASE {nombre} TEMPLATE template0")
    try:
        from psycopg.conninfo import make_conninfo

        orden = [programa("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null"]
        orden.append(f"--dbname={make_conninfo(uno.datos, dbname=nombre)}")
        texto = lzma.decompress((AQUI / version / "base.sql.xz").read_bytes())
        subprocess.run(orden, input=texto, env=uno.entorno, check=True)
        yield {**ajustes, "NAME": nombre}
    finally:
        uno._mandar(f"DROP DATABASE IF EXISTS {nombre} WITH (FORCE)")


def subir() -> None:
    with recordando_lo_intercambiable():
        call_command("migrate", verbosity=0, interactive=False)


def evidencia(columnas: dict[str, list[str]] | None = None) -> tuple[dict[str, list[str]], dict[str, list[tuple]]]:
    """The rows of what is kept as proof, with the columns that there were."""
    existentes = set(connection.introspection.table_names())
    halladas, filas = {}, {}
    with connection.cursor() as cursor:
        for modelo in sorted(EVIDENCIA):
            donde = apps.get_model(modelo)._meta.db_table
            if columnas is None and donde not in existentes:
                continue
            if columnas is None:
                suyas = [c.name for c in connection.introspection.get_table_description(cursor, donde)]
            elif donde in columnas:
                suyas = columnas[donde]
            else:
                continue
            halladas[donde] = suyas
            cuales = ", ".join(f'"{una}"' for una in suyas)
            cursor.execute(f'SELECT {cuales} FROM "{donde}" ORDER BY 1')
            filas[donde] = [tuple(map(repr, fila)) for fila in cursor.fetchall()]
    return halladas, filas


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("version", VERSIONES)
def test_the_database_of_a_release_comes_up_whole(version, tmp_path):
    with puesta(version, tmp_path) as ajustes, conectada_a(ajustes):
        columnas, antes = evidencia()
        assert sum(map(len, antes.values())) > 50, "a release with nothing to lose proves nothing"
        subir()
        assert pendientes() == []
        exigir_base_conocida()
        assert evidencia(columnas)[1] == antes
        assert [uno.clave for uno in revisar() if not uno.se_cumple and uno.clave not in SIN_ARCHIVOS] == []
        for direccion in ("/", "/entrar", "/verificar"):
            assert Client().get(direccion).status_code in (200, 301, 302)


@pytest.mark.un_motor
def test_there_is_a_release_to_come_from():
    assert VERSIONES
