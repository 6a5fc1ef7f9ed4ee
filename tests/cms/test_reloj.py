"""The clock: what stops it, what it only tells, and what is taken for it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cms import celery
from marco import version_de_la_base as version
from tests.paciencia import PACIENCIA

pytestmark = pytest.mark.un_motor
RAIZ = Path(__file__).resolve().parents[2]
# The clock of one machine, that writes each thing it does; what it has to say takes as long as whoever tries it wants.
EMBEBIDO = """
import sys, time
from pathlib import Path
import django
django.setup()
from celery.beat import PersistentScheduler
from marco.servicio import fondo
aqui = Path(sys.argv[1])
def dice(self):
    (aqui / "dentro").touch()
    try:
        while not (aqui / "sigue").exists():
            time.sleep(0.01)
    except BaseException:
        (aqui / "cortado").touch()
        time.sleep(120)
    return 3600.0
PersistentScheduler.tick = dice
fondo.signals.beat_init.receivers = []
fondo.reloj(aqui)
(aqui / "termino").touch()
"""


@pytest.mark.parametrize(
    ("escrito", "orden"),
    [
        ("celery -A cms.celery beat --loglevel error", "beat"),
        ("celery --app=cms.celery -q beat", "beat"),
        ("celery beat", "beat"),
        ("celery -A cms.celery worker -n beat", "worker"),
        ("celery -A beat worker", "worker"),
        ("celery", ""),
    ],
)
def test_the_clock_is_what_is_asked_for_and_not_what_is_called_so(escrito, orden):
    assert celery.orden_de(escrito.split()) == orden


def mirar(monkeypatch: pytest.MonkeyPatch, error: Exception) -> tuple[int, str]:
    def exigir() -> None:
        raise error

    dicho: list[bytes] = []
    with monkeypatch.context() as parche:
        parche.setattr(version, "exigir_base_conocida", exigir)
        parche.setattr(os, "write", lambda _donde, texto: dicho.append(texto))
        codigo = celery._mirar_la_base()
    return codigo, b"".join(dicho).decode()


def test_only_a_database_of_another_edition_stops_it_and_anything_else_is_told_whole(monkeypatch):
    codigo, dicho = mirar(monkeypatch, version.BaseDeOtraEdicion("Es más nueva."))
    assert codigo == celery.DE_OTRA_EDICION and dicho == "Es más nueva.\n"
    codigo, dicho = mirar(monkeypatch, KeyError("algo que no se esperaba"))
    assert codigo == 0 and "Traceback" in dicho and "algo que no se esperaba" in dicho


def test_what_looks_at_the_database_never_goes_on_as_a_second_clock(monkeypatch, tmp_path):
    def revienta() -> int:
        (tmp_path / str(os.getpid())).touch()
        raise KeyboardInterrupt

    assert celery._en_un_hijo(revienta) == 0
    [pid] = [int(uno.name) for uno in tmp_path.iterdir()]
    assert pid != os.getpid(), "whoever returns here is the test, once"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert celery._en_un_hijo(lambda: celery.DE_OTRA_EDICION) == celery.DE_OTRA_EDICION


@pytest.mark.parametrize(("veces", "sigue"), [(1, True), (2, False)], ids=["once", "and-again"])
def test_who_looks_at_the_database_and_is_killed_is_told_of(monkeypatch, caplog, tmp_path, veces, sigue):
    def mirar_la_base() -> int:
        (tmp_path / str(os.getpid())).touch()
        if len(list(tmp_path.iterdir())) <= veces:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    monkeypatch.setattr(celery, "_mirar_la_base", mirar_la_base)
    monkeypatch.setattr(logging.getLogger(), "handlers", [caplog.handler])
    if sigue:
        celery._conocer_la_base_aparte()
    else:
        with pytest.raises(SystemExit):
            celery._conocer_la_base_aparte()
    assert len(list(tmp_path.iterdir())) == 2
    dichas = [una for una in caplog.records if una.name == "cms.celery"]
    assert [una.levelno for una in dichas] == [logging.ERROR] * veces + [logging.CRITICAL] * (not sigue)
    assert "signal 9" in dichas[0].getMessage()


def esperar(archivo: Path, proceso: subprocess.Popen[bytes]) -> None:
    limite = time.monotonic() + PACIENCIA
    while not archivo.exists():
        assert proceso.poll() is None and time.monotonic() < limite, archivo.name
        time.sleep(0.01)


@pytest.mark.parametrize("cuando", ["dentro", "dormido"])
def test_a_stop_does_not_cut_what_the_clock_is_doing_and_is_never_missed(tmp_path, cuando):
    entorno = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", "KUSKA_VAR": str(tmp_path)}
    orden = [sys.executable, "-c", EMBEBIDO, str(tmp_path)]
    with subprocess.Popen(orden, cwd=RAIZ, env=entorno) as proceso:
        try:
            esperar(tmp_path / "dentro", proceso)
            if cuando == "dentro":
                proceso.send_signal(signal.SIGTERM)
            (tmp_path / "sigue").touch()
            if cuando == "dormido":
                proceso.send_signal(signal.SIGTERM)
            assert proceso.wait(PACIENCIA) == 0
        finally:
            proceso.kill()
    assert (tmp_path / "termino").exists() and not (tmp_path / "cortado").exists()
