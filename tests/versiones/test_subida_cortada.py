"""Killed in the middle of an upgrade, the database of a release is whole, says what it lacks, and comes up later."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from marco.respaldo.actualizar import pendientes
from marco.respaldo.comprobar import conectada_a
from tests.fallas.golpes import aparte
from tests.versiones.test_subir_de_version import VERSIONES, evidencia, puesta, subir


def morir() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def cortar(ejecutar: Any, sql: str, *otras: Any) -> Any:
    hecho = ejecutar(sql, *otras)
    if sql.startswith(("CREATE TABLE", "ALTER TABLE")):
        morir()
    return hecho


def subir_a_medias() -> None:
    """It dies with a change written by halves."""
    with connection.execute_wrapper(cortar):
        subir()


def subir_uno() -> None:
    """It dies between two changes."""
    hechas: list[int] = []
    aplicar = MigrationExecutor.apply_migration

    def contar(*partes: Any, **otras: Any) -> Any:
        if hechas:
            morir()
        estado = aplicar(*partes, **otras)
        hechas.append(1)
        return estado

    MigrationExecutor.apply_migration = contar  # of that process, that dies
    subir()


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_it_is_whole_and_comes_up_afterwards(tmp_path):
    with puesta(VERSIONES[-1], tmp_path) as ajustes, conectada_a(ajustes):
        columnas, antes = evidencia()
        faltan = pendientes()
        if len(faltan) < 2:
            pytest.skip("the last release has nothing to be cut between")
        for morirse, quedan in ((subir_a_medias, faltan), (subir_uno, faltan[1:])):
            fin = aparte(morirse)  # another process, that brings the same database up
            assert fin.murio, fin.error
            assert pendientes() == quedan, "a change is whole, or is not there"
            assert evidencia(columnas)[1] == antes
        subir()
        assert pendientes() == [] and evidencia(columnas)[1] == antes
