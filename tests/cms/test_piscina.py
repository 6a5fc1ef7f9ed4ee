"""A PostgreSQL that starts again costs nobody an error: connections that it closed are taken for what they are."""

from __future__ import annotations

import os
import time

import pytest
from django.db import NotSupportedError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.utils import ConnectionHandler
from psycopg import OperationalError

from cms.checks import caben_las_conexiones
from cms.conexion import ConexionQueSeMira
from cms.entorno import base_de_datos
from marco.cursores import cursor_que_prepara

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="La piscina de conexiones es de PostgreSQL."),
]
CONEXIONES = 4


@pytest.fixture(autouse=True)
def _piscinas_propias(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pools are kept by the name of the database in the class: what a test opens is not given to another."""
    monkeypatch.setattr(DatabaseWrapper, "_connection_pools", {})


def test_connections_that_the_server_closed_are_replaced_in_silence():
    datos = {**base_de_datos(os.environ["DATABASE_URL"]), "NAME": connection.settings_dict["NAME"]}
    datos["OPTIONS"]["pool"] |= {"min_size": CONEXIONES, "max_size": CONEXIONES}
    una = ConnectionHandler({"default": datos})["default"]
    try:
        propias = set()
        for _vez in range(CONEXIONES * 3):
            with una.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                propias.add(cursor.fetchone()[0])
            una.close()
        assert propias
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = %s",
                [connection.settings_dict["NAME"]],
            )
        for _vez in range(CONEXIONES * 2):
            with una.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                assert cursor.fetchone()[0] not in propias
            una.close()
    finally:
        una.close()
        una.close_pool()


def test_one_that_is_open_is_not_asked_and_one_that_was_closed_is():
    datos = {**base_de_datos(os.environ["DATABASE_URL"]), "NAME": connection.settings_dict["NAME"]}
    una = ConnectionHandler({"default": datos})["default"]
    try:
        una.ensure_connection()
        suya = una.connection
        assert isinstance(suya, ConexionQueSeMira)
        assert suya.execute("") is None
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 20000)", [suya.info.backend_pid])
        for _vez in range(500):  # the server takes a moment to say it
            if suya._dijo_algo():
                break
            time.sleep(0.01)
        with pytest.raises(OperationalError):
            suya.execute("")
    finally:
        una.close()
        una.close_pool()


def test_one_whose_plans_are_of_other_columns_leaves_the_pool():
    datos = {**base_de_datos(os.environ["DATABASE_URL"]), "NAME": connection.settings_dict["NAME"]}
    datos["OPTIONS"]["pool"] |= {"min_size": 1, "max_size": 1}
    una, otra = ConnectionHandler({"default": datos})["default"], ConnectionHandler({"default": datos})["default"]
    otra.settings_dict = {**datos, "OPTIONS": {**datos["OPTIONS"], "pool": False}}

    def cambiar(sentencia: str) -> None:
        with otra.cursor() as cursor:
            cursor.execute(sentencia)

    def preguntar() -> int:
        with cursor_que_prepara(una) as cursor:
            cursor.execute("SELECT algo, pg_backend_pid() FROM kuska_de_prueba WHERE algo <> %s", ["nada"])
            [(_algo, quien)] = cursor.fetchall()
        una.close()
        return quien

    cambiar("CREATE TABLE kuska_de_prueba AS SELECT CAST('algo' AS text) AS algo")
    try:
        assert una.settings_dict["OPTIONS"]["prepare_threshold"] is not None
        de_antes = {preguntar() for _vez in range(8)}
        assert len(de_antes) == 1
        cambiar("ALTER TABLE kuska_de_prueba ALTER COLUMN algo TYPE varchar(20)")
        with pytest.raises(NotSupportedError, match="cached plan"):
            preguntar()
        assert {preguntar() for _vez in range(3)}.isdisjoint(de_antes)
    finally:
        cambiar("DROP TABLE kuska_de_prueba")
        for abierta in (una, otra):
            abierta.close()
        una.close_pool()


def test_more_connections_than_the_server_gives_are_told_before(monkeypatch):
    opciones = {**connection.settings_dict["OPTIONS"], "pool": {"max_size": 4}}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", opciones)
    monkeypatch.setenv("WEB_CONCURRENCY", "2")
    assert list(caben_las_conexiones(databases=["default"])) == []
    monkeypatch.setenv("WEB_CONCURRENCY", "200")
    [aviso] = caben_las_conexiones(databases=["default"])
    assert aviso.id == "kuska.W030" and "804" in aviso.msg
