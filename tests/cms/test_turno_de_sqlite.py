"""Who writes on SQLite waits in line, across threads and processes, and a turn never outlives its owner."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from cms.entorno import base_de_datos
from cms.sqlite3 import turno
from tests.paciencia import PACIENCIA

pytestmark = pytest.mark.un_motor

OTRO_PROCESO = """
import sys, time
from cms.sqlite3 import turno
suyo = turno.de(sys.argv[1])
print(suyo.tomar(20), flush=True)
if sys.argv[2] == "queda":
    time.sleep(60)
suyo.soltar()
"""


@pytest.fixture
def base(tmp_path):
    return str(tmp_path / "una.sqlite3")


@pytest.fixture
def abrir(base, django_db_blocker):
    """Open a connection of its own, as another thread has; all of them are closed afterwards."""
    abiertas = []

    def una():
        manojo = ConnectionHandler({"default": base_de_datos(f"sqlite:///{base}")})
        conexion = manojo["default"]
        conexion.inc_thread_sharing()
        abiertas.append(conexion)
        return conexion

    with django_db_blocker.unblock():  # none of them is that of the tests
        yield una
        for conexion in abiertas:
            conexion.close()


@pytest.fixture
def otro_proceso(base):
    procesos = []

    def encender(que):
        proceso = subprocess.Popen(
            [sys.executable, "-c", OTRO_PROCESO, base, que], stdout=subprocess.PIPE, text=True, cwd=os.getcwd()
        )
        procesos.append(proceso)
        return proceso

    yield encender
    for proceso in procesos:
        proceso.kill()
        proceso.communicate()


def escribir(conexion, dentro=lambda: None):
    """What ``transaction.atomic`` does, over a connection that no alias names."""
    conexion.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with conexion.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS cosa (n integer)")
            cursor.execute("INSERT INTO cosa VALUES (1)")
        dentro()
        conexion.commit()
    except BaseException:
        conexion.rollback()
        raise
    finally:
        conexion.set_autocommit(True)


def libre(base):
    """Whether somebody who comes now has the turn at once."""
    if tomado := turno.de(base).tomar(0):
        turno.de(base).soltar()
    return tomado


def test_while_one_writes_the_turn_is_taken_and_then_it_is_free(base, abrir):
    vistos = []
    escribir(abrir(), lambda: vistos.append(libre(base)))
    assert vistos == [False] and libre(base)


def test_who_fails_half_way_gives_the_turn_back(base, abrir):
    def caer():
        raise ValueError

    with pytest.raises(ValueError):
        escribir(abrir(), caer)
    assert libre(base)


def test_closing_half_way_gives_the_turn_back(base, abrir):
    una = abrir()
    una.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert not libre(base)
    una.close()
    assert libre(base)


def test_a_statement_that_cannot_begin_gives_the_turn_back(base, abrir):
    """Somebody who asks for no turn has the database: SQLite says that it is busy, and the line goes on."""
    ajena, una = abrir(), abrir()
    una.settings_dict["OPTIONS"]["timeout"] = 0.05
    with ajena.cursor() as cursor:
        cursor.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OperationalError, match="locked"):
        escribir(una)
    assert libre(base)


def test_who_waits_too_long_is_told_what_sqlite_says(base, abrir):
    una, otra = abrir(), abrir()
    otra.settings_dict["OPTIONS"]["timeout"] = 0.05

    def probar():
        with pytest.raises(OperationalError, match="database is locked"):
            escribir(otra)

    escribir(una, probar)
    assert libre(base)
    escribir(otra)


def test_everybody_who_waits_writes(base, abrir):
    """Eight threads over one file, twenty times each: nothing lost, nobody turned away."""
    escribir(primera := abrir())

    def muchas(conexion):
        for _ in range(20):
            escribir(conexion)

    hilos = [threading.Thread(target=muchas, args=(abrir(),)) for _ in range(8)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    with primera.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cosa")
        assert cursor.fetchone() == (161,)


def test_another_process_has_its_turn_when_this_one_ends(base, otro_proceso):
    de_aqui = turno.de(base)
    assert de_aqui.tomar(0)
    espera = otro_proceso("pasa")
    time.sleep(0.5)
    assert espera.poll() is None  # it waits
    de_aqui.soltar()
    assert espera.stdout.readline() == "True\n" and espera.wait(PACIENCIA) == 0


def test_a_process_that_dies_leaves_its_turn_to_the_others(base, otro_proceso):
    muere = otro_proceso("queda")
    assert muere.stdout.readline() == "True\n" and not libre(base)
    muere.send_signal(signal.SIGKILL)
    muere.wait()
    assert libre(base)


def test_who_waits_in_another_process_goes_before_who_comes_back(base, otro_proceso):
    """Who just wrote does not take the next turn while somebody else waits for it."""
    de_aqui = turno.de(base)
    assert de_aqui.tomar(0)
    espera = otro_proceso("pasa")
    while libre_de_seguir(de_aqui):
        time.sleep(0.01)
    de_aqui.soltar()
    assert de_aqui.tomar(20)  # comes only after the other had it
    assert espera.stdout.readline() == "True\n"
    de_aqui.soltar()


def libre_de_seguir(de_aqui):
    """Whether nobody of another process is next."""
    import fcntl

    try:
        fcntl.lockf(de_aqui._archivo, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, turno.SIGUE)
    except BlockingIOError:
        return False
    fcntl.lockf(de_aqui._archivo, fcntl.LOCK_UN, 1, turno.SIGUE)
    return True


def test_a_copy_of_the_process_has_no_turn_and_takes_none_away(base):
    de_aqui = turno.de(base)
    assert de_aqui.tomar(0)
    hijo = os.fork()
    if not hijo:
        de_aqui.soltar()  # what it was given is not its own
        os._exit(turno.de(base).tomar(0))
    assert os.waitstatus_to_exitcode(os.waitpid(hijo, 0)[1]) == 0
    de_aqui.soltar()
    assert libre(base)


def test_where_the_file_cannot_be_made_threads_still_wait(tmp_path):
    sin_archivo = turno.Turno(str(tmp_path / "no_esta" / "turno"))
    assert sin_archivo.tomar(0) and not sin_archivo.tomar(0)
    sin_archivo.soltar()
    assert sin_archivo.tomar(0)


def test_a_database_in_memory_asks_for_no_turn(django_db_blocker):
    una = ConnectionHandler({"default": base_de_datos("sqlite:///:memory:")})["default"]
    with django_db_blocker.unblock():
        una.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert una._turno is None and una.connection.in_transaction
        una.rollback()


def test_who_only_reads_as_of_one_moment_keeps_nobody_from_writing(base, abrir):
    escribir(lee := abrir())
    lee.transaction_mode = "DEFERRED"
    lee.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with lee.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cosa")
        assert cursor.fetchone() == (1,) and libre(base)
        escribir(abrir())
        cursor.execute("SELECT count(*) FROM cosa")
        assert cursor.fetchone() == (1,)
    lee.rollback()
