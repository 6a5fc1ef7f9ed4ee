"""A RabbitMQ that is turned on, stopped and frozen: its own node and its own port, in a folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tests.fallas.de_pie import esperar, hijos_de, matar, puerto_libre

PROGRAMA = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # the one of /usr/sbin changes user


def lo_hay() -> bool:
    return PROGRAMA.exists() and shutil.which("erl") is not None


class Rabbit:
    def __init__(self, carpeta: Path) -> None:
        self.carpeta, self.puerto, self.epmd = carpeta, puerto_libre(), puerto_libre()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.puerto}//"
        self.proceso: subprocess.Popen[bytes] | None = None

    def encender(self) -> None:
        (self.carpeta / "complementos").write_text("[].")
        entorno = {
            "PATH": f"{os.environ['PATH']}:/usr/sbin",
            "HOME": str(self.carpeta),
            "LANG": "C.UTF-8",
            "RABBITMQ_NODENAME": f"fallas{self.puerto}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.puerto),
            "RABBITMQ_DIST_PORT": str(puerto_libre()),
            "RABBITMQ_MNESIA_BASE": str(self.carpeta / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.carpeta / "registro"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.carpeta / "complementos"),
            "RABBITMQ_CONFIG_FILE": str(self.carpeta / "sin_ajustes"),
            "ERL_EPMD_PORT": str(self.epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }
        with (self.carpeta / "rabbit.log").open("ab") as registro:
            self.proceso = subprocess.Popen([str(PROGRAMA)], env=entorno, stdout=registro, stderr=registro)
        esperar(self._saluda, "RabbitMQ")

    def _saluda(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.puerto), timeout=5) as uno:
            uno.sendall(b"AMQP\x00\x00\x09\x01")
            return bool(uno.recv(1))
        return False

    def apagar(self) -> None:
        """Without a word; what it kept on disk stays."""
        if self.proceso:
            self.descongelar()
            matar(self.proceso.pid)
            self.proceso.wait()
            self.proceso = None

    def congelar(self) -> None:
        self._a_todos(signal.SIGSTOP)

    def descongelar(self) -> None:
        self._a_todos(signal.SIGCONT)

    def _a_todos(self, senal: int) -> None:
        for pid in self._suyos():
            with suppress(ProcessLookupError):
                os.kill(pid, senal)

    def _suyos(self) -> list[int]:
        if not self.proceso:
            return []
        todos, por_mirar = [], [self.proceso.pid]
        while por_mirar:
            uno = por_mirar.pop()
            todos.append(uno)
            por_mirar += hijos_de(uno)
        return todos

    def despedir(self) -> None:
        """Stop it, and the register of names that Erlang leaves on."""
        self.apagar()
        entorno = {**os.environ, "ERL_EPMD_PORT": str(self.epmd), "ERL_EPMD_ADDRESS": "127.0.0.1"}
        for _vez in range(20):
            fin = subprocess.run(
                [str(shutil.which("epmd")), "-kill"], env=entorno, capture_output=True, text=True, check=False
            )
            if "Killed" in fin.stdout or "Cannot connect" in fin.stdout + fin.stderr:
                return
            time.sleep(0.5)
