"""Whoever dies is told and replaced; who watches stops everybody, and nobody outlives it. With real processes."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from marco import estado as como_esta
from marco.servicio import estado
from marco.servicio.estado import Estado, EstadoDeParte
from marco.servicio.guardian import ULTIMA_ESPERA, Parte
from tests.paciencia import PACIENCIA

pytestmark = pytest.mark.un_motor
RAIZ = Path(__file__).resolve().parents[3]
PROGRAMA = """
import sys, time
from pathlib import Path
from marco.servicio import guardian
from marco.servicio.guardian import Guardian, Parte
guardian.PRIMERA_ESPERA = 0.05
def vive():
    time.sleep(60)
def cae():
    raise SystemExit(3)
vivir = guardian._vivir
def vivir_tarde(*datos):
    time.sleep(float(sys.argv[2]))
    vivir(*datos)
guardian._vivir = vivir_tarde
partes = [Parte("vive", vive), Parte("cae", cae)]
Guardian(partes, carpeta=Path(sys.argv[1]), antes=lambda: None).vigilar(lambda: print("lista", flush=True))
"""


@pytest.fixture
def tarda() -> float:
    """Seconds that a new process takes to begin."""
    return 0


@pytest.fixture
def guardian(tmp_path, tarda):
    proceso = subprocess.Popen(
        [sys.executable, "-c", PROGRAMA, str(tmp_path), str(tarda)],
        cwd=RAIZ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # whoever runs the tests may not listen
    )
    assert proceso.stdout.readline() == b"lista\n"
    yield proceso
    proceso.kill()
    proceso.wait()
    proceso.stdout.close()


def esperar(que: Callable[[], object]):
    hasta = time.monotonic() + PACIENCIA
    while time.monotonic() < hasta:
        if dicho := que():
            return dicho
        time.sleep(0.02)
    raise AssertionError("no llegó a pasar")


def parte(carpeta: Path, nombre: str, cumple: Callable[[EstadoDeParte], bool]) -> EstadoDeParte | None:
    dicho = estado.leer(carpeta)
    return next((una for una in dicho.partes if una.nombre == nombre and cumple(una)), None) if dicho else None


def vive(pid: int) -> bool:
    """Whether it runs; who ended and waits for somebody to ask how does not (nobody may ask, in a container)."""
    try:
        estado = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return estado not in "ZX"


def test_a_death_is_counted_with_its_reason_and_another_takes_its_place(guardian, tmp_path):
    caida = esperar(lambda: parte(tmp_path, "cae", lambda una: una.muertes >= 2))
    assert caida.razon == "exit 3" and caida.ultima_muerte > 0
    primero = esperar(lambda: parte(tmp_path, "vive", lambda una: una.vive))
    os.kill(primero.pid, signal.SIGKILL)
    otro = esperar(lambda: parte(tmp_path, "vive", lambda una: una.vive and una.pid != primero.pid))
    assert (otro.muertes, otro.razon) == (1, "signal 9")
    guardian.send_signal(signal.SIGTERM)
    assert guardian.wait(PACIENCIA) == 0
    assert not vive(otro.pid) and estado.leer(tmp_path) is None


def test_a_terminal_that_closes_turns_it_off_as_it_should(guardian, tmp_path):
    uno = esperar(lambda: parte(tmp_path, "vive", lambda una: una.vive))
    os.kill(uno.pid, signal.SIGHUP)  # the terminal tells everybody
    guardian.send_signal(signal.SIGHUP)
    assert guardian.wait(PACIENCIA) == 0
    assert not vive(uno.pid) and estado.leer(tmp_path) is None


@pytest.mark.parametrize("tarda", [0, 1.5], ids=["at work", "just made"])
def test_nobody_outlives_who_watches(guardian, tmp_path):
    uno = esperar(lambda: parte(tmp_path, "vive", lambda una: una.vive))
    guardian.kill()
    guardian.wait()
    esperar(lambda: not vive(uno.pid))


def test_who_dies_again_at_once_is_waited_for_longer_each_time():
    una = Parte("cae", lambda: None)
    esperas = []
    for una.seguidas in range(1, 10):
        esperas.append(una.espera())
    assert esperas[:4] == [1, 2, 4, 8] and esperas[-1] == ULTIMA_ESPERA


def test_a_state_that_nobody_renews_says_that_nobody_watches(tmp_path):
    assert estado.leer(tmp_path) is None
    estado.escribir(tmp_path, Estado(1, 0.0, partes=[EstadoDeParte("obrero", pid=7), EstadoDeParte("reloj")]))
    dicho = estado.leer(tmp_path)
    assert [una.nombre for una in dicho.caidas()] == ["reloj"]
    assert dicho.responde(time.time()) and not dicho.responde(time.time() + estado.CALLADO)
    (tmp_path / estado.ARCHIVO).write_text('{"pid": 1')
    assert estado.leer(tmp_path) is None


@pytest.mark.django_db
def test_who_administers_reads_of_a_process_that_died_and_of_a_service_that_nobody_watches(settings, tmp_path):
    settings.KUSKA_CARPETA = tmp_path
    ahora = timezone.now()

    def linea(mas_tarde: float = 0):
        dichas = como_esta.lineas(ahora=ahora + datetime.timedelta(seconds=mas_tarde))
        return next((una for una in dichas if una.clave == "procesos"), None)

    assert linea() is None, "another server serves it"
    reloj = EstadoDeParte("reloj", pid=8)
    estado.escribir(tmp_path, Estado(1, 0.0, partes=[EstadoDeParte("obrero", pid=7), reloj]))
    ahora = timezone.now()
    assert linea().estado == como_esta.BIEN and linea().medidas == {"procesos_caidos": 0, "procesos_muertes": 0}
    caido = EstadoDeParte("obrero", muertes=3, ultima_muerte=ahora.timestamp(), razon="signal 9")
    estado.escribir(tmp_path, Estado(1, 0.0, partes=[caido, reloj]))
    ahora = timezone.now()
    assert linea().estado == como_esta.MIRAR and "obrero" in linea().dice and "quizá faltó memoria" in linea().dice
    assert linea(60).estado == como_esta.MAL and "systemctl restart kuska" in linea(60).que_hacer
    en_bucle = EstadoDeParte("obrero", muertes=6, ultima_muerte=ahora.timestamp(), razon="exit 1", seguidas=6)
    estado.escribir(tmp_path, Estado(1, 0.0, partes=[en_bucle, reloj]))
    ahora = timezone.now()
    assert linea().estado == como_esta.MAL and "No se levanta solo" in linea().que_hacer
