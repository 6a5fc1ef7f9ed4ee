"""gunicorn as its unit runs it: what comes at once goes to every process, and what does not fit waits."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytestmark = pytest.mark.un_motor

RAIZ = Path(__file__).resolve().parents[2]
HILOS, PROCESOS = 4, 2
# Answers who it is, once somebody says that everybody is in.
SITIO = """
import os, time
def application(entorno, empezar):
    limite = time.monotonic() + 60
    if entorno["PATH_INFO"] != "/ya":
        open("entro-" + entorno["PATH_INFO"][1:], "w").close()
    while entorno["PATH_INFO"] != "/ya" and not os.path.exists("seguir") and time.monotonic() < limite:
        time.sleep(0.02)
    quien = str(os.getpid()).encode()
    empezar("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(quien)))])
    return [quien]
"""


@pytest.fixture
def carpeta(tmp_path):
    (tmp_path / "sitio.py").write_text(SITIO)
    programa, ajustes = Path(sys.executable).with_name("gunicorn"), RAIZ / "docs" / "despliegue" / "gunicorn.conf.py"
    orden = [str(programa), "--config", str(ajustes)]
    entorno = {**os.environ, "KUSKA_ENCHUFE": f"unix:{tmp_path}/x,unix:{tmp_path}/y", "WEB_CONCURRENCY": str(PROCESOS)}
    entorno |= {"PYTHONPATH": str(RAIZ), "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    with (tmp_path / "log").open("wb") as registro:
        servidor = subprocess.Popen([*orden, "sitio:application"], cwd=tmp_path, env=entorno, stderr=registro)
        try:
            limite = time.monotonic() + 60
            while len(set(hijos_de(servidor.pid))) < PROCESOS or not (tmp_path / "x").exists():
                assert servidor.poll() is None and time.monotonic() < limite, (tmp_path / "log").read_text()
                time.sleep(0.05)
            yield tmp_path
        finally:
            (tmp_path / "seguir").touch()
            servidor.terminate()
            servidor.wait(30)


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
        limite = time.monotonic() + 60
        while len(list(carpeta.glob("entro-*"))) < caben and time.monotonic() < limite:
            time.sleep(0.02)
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
