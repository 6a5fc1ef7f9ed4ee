"""The demonstration in a process of its own, for whoever looks at it with a browser: the pictures and the tests."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

RAIZ = Path(__file__).resolve().parent.parent.parent
ESPERA = 480


@dataclass(frozen=True)
class Aula:
    """A space that is on: where it is, who may enter and what there is to see."""

    url: str
    entradas: dict[str, str]
    paginas: list[dict[str, str]]


def puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return enchufe.getsockname()[1]


def orden(*partes: str) -> list[str]:
    return [sys.executable, str(RAIZ / "manage.py"), "demo", *partes]


def entorno(carpeta: Path) -> dict[str, str]:
    """The environment of the embedded profile over a folder, whatever this process runs with."""
    limpio = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "BROKER_URL", "SECRET_KEY", "KUSKA_URL"}}
    return {**limpio, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "KUSKA_VAR": str(carpeta)}


@contextmanager
def encender(carpeta: Path) -> Iterator[Aula]:
    """Start the demonstration over a folder, wait until it answers, and stop it at the end."""
    puerto = puerto_libre()
    carpeta.mkdir(parents=True, exist_ok=True)
    with (carpeta / "demo.log").open("w") as registro:
        proceso = subprocess.Popen(  # noqa: S603 — our own command
            orden("--puerto", str(puerto)), env=entorno(carpeta), cwd=RAIZ, stdout=registro, stderr=registro
        )
    try:
        _esperar(proceso, puerto, carpeta)
        lectura = subprocess.run(  # noqa: S603 — our own command
            orden("--direcciones"), env=entorno(carpeta), cwd=RAIZ, check=True, capture_output=True, text=True
        )
        dicho = json.loads(lectura.stdout)
        yield Aula(f"http://localhost:{puerto}", dicho["entradas"], dicho["paginas"])
    finally:
        proceso.send_signal(signal.SIGTERM)
        proceso.wait(timeout=120)


def _esperar(proceso: subprocess.Popen[bytes], puerto: int, carpeta: Path) -> None:
    limite = time.monotonic() + ESPERA
    while time.monotonic() < limite:
        if proceso.poll() is not None:
            raise RuntimeError("La demostración no encendió:\n" + (carpeta / "demo.log").read_text()[-3000:])
        try:
            with urlopen(f"http://localhost:{puerto}/entrar", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"La demostración no encendió en {ESPERA} s.")
