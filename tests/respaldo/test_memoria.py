"""What must outlive a return is written by several processes at once, and none forgets what another wrote."""

from __future__ import annotations

import datetime
import errno
import fcntl
import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from marco.respaldo import memoria
from tests.paciencia import PACIENCIA

pytestmark = pytest.mark.un_motor
AHORA = datetime.datetime(2026, 9, 30, 15, tzinfo=datetime.UTC)
VECES = 25
RAIZ = Path(__file__).resolve().parents[2]


class Nombres(memoria.Recuerdo):
    """Each time that it is asked, it has one more of its own."""

    clave = "nombres"

    def __init__(self, de: str) -> None:
        self.de, self.van = de, 0

    def recordar(self) -> list[str]:
        self.van += 1
        return [f"{self.de}{self.van}"]

    def juntar(self, antes: Any, ahora: Any) -> list[str]:
        return sorted({*antes, *ahora})


@pytest.fixture
def carpeta(tmp_path: Path, settings: Any) -> Path:
    settings.KUSKA_RESPALDOS = str(tmp_path)
    return tmp_path


def otro_proceso(carpeta: Path, de: str, antes: str = "") -> subprocess.Popen[bytes]:
    """A process of its own that writes what is its own, as an erasure does."""
    programa = f"""
import datetime, os, signal, sys
from django.conf import settings
settings.configure(KUSKA_RESPALDOS={str(carpeta)!r}, KUSKA_CLAVE_DE_RESPALDO="")
from marco.respaldo import memoria
from tests.respaldo.test_memoria import AHORA, VECES, Nombres
uno = Nombres({de!r})
memoria.recuerdos = lambda: [uno]
print("listo", flush=True)
sys.stdin.readline()
{antes}
for _vez in range(VECES):
    memoria.recordar(ahora=AHORA)
"""
    orden = [sys.executable, "-c", programa]
    return subprocess.Popen(orden, cwd=RAIZ, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def a_la_vez(*hijos: subprocess.Popen[bytes]) -> list[int]:
    for uno in hijos:
        assert uno.stdout.readline() == b"listo\n"
    for uno in hijos:
        uno.stdin.close()
    salidas = [uno.wait(PACIENCIA) for uno in hijos]
    for uno in hijos:
        uno.stdout.close()
    return salidas


def test_two_processes_at_once_forget_nothing(carpeta):
    assert a_la_vez(otro_proceso(carpeta, "a"), otro_proceso(carpeta, "b")) == [0, 0]
    escrito = json.loads((carpeta / memoria.ARCHIVO).read_text())
    assert set(escrito["nombres"]) == {f"{de}{n}" for de in "ab" for n in range(1, VECES + 1)}
    assert not list(carpeta.glob("*.parcial*")), "nothing is left half-way"


def test_threads_of_one_process_neither(carpeta, monkeypatch):
    uno = Nombres("h")
    monkeypatch.setattr(memoria, "recuerdos", lambda: [uno])
    with ThreadPoolExecutor(4) as hilos:
        list(hilos.map(lambda _n: memoria.recordar(ahora=AHORA), range(20)))
    assert len(memoria.leer()["nombres"]) == 20


def test_one_that_dies_with_its_turn_leaves_it_and_what_was_written(carpeta, monkeypatch):
    monkeypatch.setattr(memoria, "recuerdos", lambda: [Nombres("a")])
    memoria.recordar(ahora=AHORA)

    muere = "memoria.json.dump = lambda *_que: os.kill(os.getpid(), signal.SIGKILL)"
    assert a_la_vez(otro_proceso(carpeta, "c", muere)) == [-signal.SIGKILL]
    monkeypatch.setattr(memoria, "recuerdos", lambda: [Nombres("b")])
    memoria.recordar(ahora=AHORA)
    assert memoria.leer()["nombres"] == ["a1", "b1"]


def test_a_turn_that_nobody_leaves_does_not_stop_an_erasure(carpeta, monkeypatch, caplog):
    monkeypatch.setattr(memoria, "PACIENCIA", 0.05)
    monkeypatch.setattr(memoria, "recuerdos", lambda: [Nombres("a")])
    with (carpeta / memoria.TURNO).open("w") as suyo:
        fcntl.flock(suyo, fcntl.LOCK_EX)
        with pytest.raises(BlockingIOError):
            memoria.recordar(ahora=AHORA)
        memoria.recordar_si_se_puede(ahora=AHORA)
    assert "was not written" in caplog.text and not memoria.leer()


def test_what_cannot_be_understood_is_put_aside_and_not_written_over(carpeta, monkeypatch):
    (carpeta / memoria.ARCHIVO).write_text('{"nombres": ["a1"')
    monkeypatch.setattr(memoria, "recuerdos", lambda: [Nombres("b")])
    memoria.recordar(ahora=AHORA)
    (aparte,) = carpeta.glob("memoria.json.ilegible-*")
    assert aparte.read_text() == '{"nombres": ["a1"' and memoria.leer()["nombres"] == ["b1"]


def test_one_that_the_disk_does_not_let_read_stays_where_it_is(carpeta, monkeypatch, caplog):
    monkeypatch.setattr(memoria, "recuerdos", lambda: [Nombres("a")])
    memoria.recordar(ahora=AHORA)
    monkeypatch.setattr(memoria, "recuerdos", lambda: [Nombres("b")])

    def sin_descriptores(*_que: Any, **_otras: Any) -> str:
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as parche:
        parche.setattr(Path, "read_text", sin_descriptores)
        with pytest.raises(OSError, match="Too many"):
            memoria.recordar(ahora=AHORA)
        memoria.recordar_si_se_puede(ahora=AHORA)
    assert "was not written" in caplog.text and not list(carpeta.glob("*.ilegible-*"))
    memoria.recordar(ahora=AHORA)
    assert set(memoria.leer()["nombres"]) == {"a1", "b1"}


def test_without_a_folder_nothing_is_written(settings, monkeypatch):
    settings.KUSKA_RESPALDOS = ""
    monkeypatch.setattr(memoria, "recuerdos", lambda: [Nombres("a")])
    assert memoria.recordar(ahora=AHORA)["nombres"] == ["a1"]
