"""A Redis that tests turn on, stop, freeze and fill."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import redis

from tests.paciencia import PACIENCIA


class Servidor:
    """A Redis of its own, on a socket of a folder."""

    def __init__(self, carpeta: Path) -> None:
        self.enchufe = carpeta / "redis.sock"
        self.url = f"unix://{self.enchufe}"
        self.carpeta = carpeta
        self.proceso: subprocess.Popen[bytes] | None = None

    def encender(self, *opciones: str) -> None:
        orden = ["redis-server", "--port", "0", "--unixsocket", str(self.enchufe), "--save", "", "--dir"]
        self.proceso = subprocess.Popen([*orden, str(self.carpeta), *opciones], stdout=subprocess.DEVNULL)
        hasta = time.monotonic() + PACIENCIA
        while time.monotonic() < hasta:
            try:
                return self.cliente().ping()
            except redis.exceptions.ConnectionError:
                time.sleep(0.02)
        raise RuntimeError("Redis no encendió")

    def cliente(self) -> redis.Redis:
        return redis.Redis.from_url(self.url)

    def apagar(self) -> None:
        if self.proceso:
            self.proceso.send_signal(signal.SIGCONT)
            self.proceso.kill()
            self.proceso.wait()
            self.proceso = None

    def congelar(self) -> None:
        """It takes connections and never answers."""
        self.proceso.send_signal(signal.SIGSTOP)

    def descongelar(self) -> None:
        self.proceso.send_signal(signal.SIGCONT)
