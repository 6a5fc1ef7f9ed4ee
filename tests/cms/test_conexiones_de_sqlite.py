"""A connection is kept from one request to the next, and never with something half written."""

from __future__ import annotations

import pytest
from django.db import close_old_connections, connection
from django.db.utils import ConnectionHandler

from cms.entorno import base_de_datos
from marco.fallas import SabeQueSeGuardo
from marco.sentencias import medir

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.un_motor]


@pytest.fixture
def una(tmp_path):
    conexion = ConnectionHandler({"default": base_de_datos(f"sqlite:///{tmp_path}/una.sqlite3")})["default"]
    yield conexion
    conexion.close()


def test_it_is_kept_between_requests(una):
    with una.cursor() as cursor:
        cursor.execute("CREATE TABLE cosa (n integer)")
    abierta = una.connection
    una.close_if_unusable_or_obsolete()
    assert una.connection is abierta is not None


def test_one_that_was_left_writing_is_closed_and_lets_the_others_write(una, caplog):
    with una.cursor() as cursor:
        cursor.execute("CREATE TABLE cosa (n integer)")
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO cosa VALUES (1)")
    una.close_if_unusable_or_obsolete()
    assert una.connection is None and "left open" in caplog.text
    with una.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cosa")
        assert cursor.fetchone() == (0,)


def test_an_act_under_way_is_let_alone(una):
    una.ensure_connection()
    una.in_atomic_block = True
    with una.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
    una.close_if_unusable_or_obsolete()
    assert una.connection is not None
    una.in_atomic_block = False


def test_a_connection_that_opens_under_a_request_keeps_its_watch_and_no_other(rf):
    """What looks at statements for a request goes with it, also when the request is the one that opened it."""
    connection.close()

    def vista(_request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return None

    SabeQueSeGuardo(vista)(rf.post("/"))
    assert connection.execute_wrappers == [medir]
    close_old_connections()
