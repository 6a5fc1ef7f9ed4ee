"""gunicorn as its unit runs it: what comes at once goes to every process, and what does not fit waits."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.paciencia import PACIENCIA
from tests.test_holgura import VECES

pytestmark = pytest.mark.un_motor

RAIZ = Path(__file__).resolve().parents[2]
HILOS, PROCESOS = 4, 2
# Answers who it is, once somebody says that everybody is in; or how many pages of memory calls in a loop ask for.
SITIO = """
import os, time
from tests.test_holgura import paginas_pedidas
def application(entorno, empezar):
    limite, ruta = time.monotonic() + 60, entorno["PATH_INFO"][1:]
    if ruta == "sale":
        raise SystemExit(3)
    if ruta not in ("ya", "hondo"):
        open("entro-" + ruta, "w").close()
        while not os.path.exists("seguir") and time.monotonic() < limite:
            time.sleep(0.02)
    dicho = str(os.getpid() if ruta != "hondo" else max(map(paginas_pedidas, range(400)))).encode()
    empezar("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(dicho)))])
    return [dicho]
"""


@pytest.fixture(scope="module")
def carpeta(tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("paginas")
    (tmp_path / "sitio.py").write_text(SITIO)
    programa, ajustes = Path(sys.executable).with_name("gunicorn"), RAIZ / "docs" / "despliegue" / "gunicorn.conf.py"
    orden = [str(programa), "--config", str(ajustes)]
    entorno = {**os.environ, "KUSKA_ENCHUFE": f"unix:{tmp_path}/x,unix:{tmp_path}/y", "WEB_CONCURRENCY": str(PROCESOS)}
    entorno |= {"PYTHONPATH": str(RAIZ), "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    with (tmp_path / "log").open("wb") as registro:
        servidor = subprocess.Popen([*orden, "sitio:application"], cwd=tmp_path, env=entorno, stderr=registro)
        try:
            limite = time.monotonic() + PACIENCIA
            while len(set(hijos_de(servidor.pid))) < PROCESOS or not (tmp_path / "x").exists():
                assert servidor.poll() is None and time.monotonic() < limite, (tmp_path / "log").read_text()
                time.sleep(0.05)
            yield tmp_path
        finally:
            (tmp_path / "seguir").unlink(missing_ok=True)
            with ThreadPoolExecutor(1) as otro:  # what is being answered is answered before it ends
                ultima = otro.submit(pedir, tmp_path, "/ultima")
                esperar_a(lambda: (tmp_path / "entro-ultima").exists())
                servidor.terminate()
                time.sleep(1)
                (tmp_path / "seguir").touch()
                fin = servidor.wait(PACIENCIA)
    assert (fin, ultima.result()[1]) == (0, True)


def esperar_a(algo: Callable[[], bool]) -> None:
    limite = time.monotonic() + PACIENCIA
    while not algo() and time.monotonic() < limite:
        time.sleep(0.02)


def hijos_de(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def abrir(carpeta: Path, cual: str = "x") -> socket.socket:
    uno = socket.socket(socket.AF_UNIX)
    uno.settimeout(60)
    uno.connect(str(carpeta / cual))
    return uno


def pedir(carpeta: Path, ruta: str = "/") -> tuple[str, bool]:
    """Who answered, and whether it let go of the connection."""
    with abrir(carpeta) as uno:
        uno.sendall(f"GET {ruta} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        dicho = b""
        while trozo := uno.recv(4096):
            dicho += trozo
    return dicho.rpartition(b"\r\n\r\n")[2].decode(), b"\r\nconnection: close" in dicho.lower()


def test_who_has_no_thread_free_leaves_the_rest_to_the_others(carpeta):
    for _vez in range(2 * PROCESOS):
        pedir(carpeta, "/ya")
    abrir(carpeta, "y").close()  # it listens in each of the places that it was told, as the bench has it do
    caben = HILOS * PROCESOS
    with ThreadPoolExecutor(caben + 3) as todos:
        esperan = [todos.submit(pedir, carpeta, f"/{n}") for n in range(caben + 3)]
        esperar_a(lambda: len(list(carpeta.glob("entro-*"))) == caben)
        (carpeta / "seguir").touch()
        respuestas = [uno.result() for uno in esperan]
    de_cada_uno = Counter(quien for quien, _suelta in respuestas)
    assert len(de_cada_uno) == PROCESOS and min(de_cada_uno.values()) >= HILOS and de_cada_uno.total() == caben + 3
    assert all(suelta for _quien, suelta in respuestas)


def test_what_is_refused_before_it_is_read_is_answered_and_not_reset(carpeta):
    """As a list that is sent when the session ended: the page to enter again, and not that the site is busy."""
    cuerpo = b"x" * 8_000_000
    for _vez in range(3):
        with abrir(carpeta) as uno:
            uno.sendall(f"POST /ya HTTP/1.1\r\nHost: x\r\nContent-Length: {len(cuerpo)}\r\n\r\n".encode())
            uno.sendall(cuerpo)
            dicho = b""
            while trozo := uno.recv(4096):
                dicho += trozo
        assert dicho.startswith(b"HTTP/1.1 200")


def test_what_makes_no_sense_is_answered_and_who_says_nothing_is_let_go(carpeta):
    for linea, estado in (("GET / HTTP/9.1\r\n", 400), (f"GET /{'x' * 9000} HTTP/1.1\r\n", 414)):
        with abrir(carpeta) as uno:
            uno.sendall(f"{linea}Host: x\r\n\r\n{'y' * 50_000}".encode())
            assert uno.recv(4096).startswith(f"HTTP/1.1 {estado}".encode())
    with abrir(carpeta) as callado:
        assert not callado.recv(4096)


def test_a_page_that_leaves_takes_no_thread_with_it(carpeta):
    for _vez in range(HILOS * PROCESOS + 1):
        with abrir(carpeta) as uno:
            uno.sendall(b"GET /sale HTTP/1.1\r\nHost: x\r\n\r\n")
            assert not uno.recv(4096)
    assert pedir(carpeta, "/ya")[1]


def test_no_thread_asks_for_memory_at_each_call(carpeta):
    assert int(pedir(carpeta, "/hondo")[0]) < VECES // 2
