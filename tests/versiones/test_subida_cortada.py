"""Killed in the middle of an upgrade, the database of a release is whole, says what it lacks, and comes up later."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from marco.respaldo.actualizar import pendientes
from marco.respaldo.comprobar import conectada_a
from tests.versiones.test_subir_de_version import VERSIONES, evidencia, puesta

RAIZ = Path(__file__).resolve().parents[2]
# Another process, that brings the same database up and dies: between two changes, and with one written by halves.
PROGRAMA = """
import os, signal, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

connections.settings["default"] = {{**connections.settings["default"], **{ajustes!r}}}
del connections["default"]
hechas, aplicar = [], MigrationExecutor.apply_migration

def morir():
    os.kill(os.getpid(), signal.SIGKILL)

def contar(suyo, *partes, **otras):
    if {cuando!r} == "entre dos" and hechas:
        morir()
    if {cuando!r} == "a medias":
        suyo.connection.execute_wrappers.append(cortar)
    estado = aplicar(suyo, *partes, **otras)
    hechas.append(1)
    return estado

def cortar(ejecutar, sql, *otras):
    hecho = ejecutar(sql, *otras)
    if sql.startswith("CREATE TABLE") or sql.startswith("ALTER TABLE"):
        morir()
    return hecho

MigrationExecutor.apply_migration = contar
call_command("migrate", verbosity=0, interactive=False)
"""


def subir_y_morir(ajustes: dict[str, object], cuando: str) -> None:
    suyos = {clave: ajustes[clave] for clave in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")}
    entorno = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    orden = [sys.executable, "-c", PROGRAMA.format(ajustes=suyos, cuando=cuando)]
    muerto = subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, check=False)
    assert muerto.returncode == -signal.SIGKILL, muerto.stderr.decode()[-800:]


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_it_is_whole_and_comes_up_afterwards(tmp_path):
    with puesta(VERSIONES[-1], tmp_path) as ajustes, conectada_a(ajustes):
        columnas, antes = evidencia()
        faltan = pendientes()
        if len(faltan) < 2:
            pytest.skip("the last release has nothing to be cut between")
        for cuando, quedan in (("a medias", faltan), ("entre dos", faltan[1:])):
            connection.close()
            subir_y_morir(ajustes, cuando)
            assert pendientes() == quedan, "a change is whole, or is not there"
            assert evidencia(columnas)[1] == antes
        call_command("migrate", verbosity=0, interactive=False)
        assert pendientes() == [] and evidencia(columnas)[1] == antes
