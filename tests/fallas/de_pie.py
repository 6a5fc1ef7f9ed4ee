"""A site that is really on over the database of the tests: «servir» with SQLite; with PostgreSQL, what the units begin.

Whoever dies of these is begun again, as systemd does.
"""

from __future__ import annotations

import os
import re
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from marco.servicio import estado
from tests.despliegue.encierro import encerrado
from tests.despliegue.guia import RAIZ, Aqui
from tests.fallas.celulares import Sitio

PACIENCIA = 240.0
DOMINIO = "aula.example.org"


def esperar(que: Callable[[], Any], nombre: str, *, segundos: float = PACIENCIA) -> Any:
    hasta = time.monotonic() + segundos
    while time.monotonic() < hasta:
        if dicho := que():
            return dicho
        time.sleep(0.05)
    raise AssertionError(f"no llegó: {nombre}")


def puerto_libre() -> int:
    with socket.socket() as uno:
        uno.bind(("127.0.0.1", 0))
        return int(uno.getsockname()[1])


def hijos_de(pid: int) -> list[int]:
    """The children of a process, from /proc."""
    hallados = []
    for carpeta in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            if carpeta.name.isdigit() and int((carpeta / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                hallados.append(int(carpeta.name))
    return sorted(hallados)


def url_de_la_base() -> str:
    base = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{base['NAME']}"
    quien = quote(base["USER"]) + (f":{quote(base['PASSWORD'])}" if base["PASSWORD"] else "")
    return f"postgres://{quien}@/{quote(base['NAME'])}?host={quote(base['HOST'] or '/var/run/postgresql', safe='/')}"


class Aula:
    """Processes by name. ``vigilados`` are begun again when they die, until they are turned off."""

    ajustes = ""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta, self.puerto = carpeta, puerto_libre()
        self.clave = secrets.token_urlsafe(64)
        self.procesos: dict[str, subprocess.Popen[bytes]] = {}
        self.ordenes: dict[str, list[str]] = {}
        self.fin = threading.Event()
        self.cerrojo = threading.Lock()
        self.vigilante: threading.Thread | None = None

    @property
    def variables(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": self.ajustes,
            "SECRET_KEY": self.clave,
            "KUSKA_LLAVES_DE_RECIBO": ",".join(settings.KUSKA_LLAVES_DE_RECIBO),
            "DATABASE_URL": url_de_la_base(),
            "KUSKA_VAR": str(self.carpeta),
            "KUSKA_DISCO_MINIMO": "0",
            "KUSKA_SOLO_CON_BANCO": "no",
            "KUSKA_CLAVE_DE_RESPALDO": "una clave larga de copias",
            "KUSKA_FALLAS": os.environ.get("KUSKA_FALLAS", ""),
        }

    def entorno(self) -> dict[str, str]:
        return {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.carpeta),
            "LANG": "C.UTF-8",
            **self.variables,
        }

    def lanzar(self, nombre: str) -> None:
        with (self.carpeta / f"{nombre}.log").open("ab") as registro:
            self.procesos[nombre] = subprocess.Popen(
                self.ordenes[nombre], cwd=RAIZ, env=self.entorno(), stdout=registro, stderr=registro
            )

    def _vigilar(self) -> None:
        """«Restart=always»."""
        while not self.fin.wait(0.2):
            with self.cerrojo:
                for nombre in self.ordenes:
                    if not self.fin.is_set() and self.procesos[nombre].poll() is not None:
                        self.lanzar(nombre)

    def encender(self) -> None:
        connection.close()
        self.fin.clear()
        for nombre in self.ordenes:
            self.lanzar(nombre)
        self.vigilante = threading.Thread(target=self._vigilar, daemon=True)
        self.vigilante.start()
        try:
            esperar(self.contesta, "que contesten las páginas")
        except AssertionError:
            self.apagar()
            raise AssertionError(self.registro()) from None

    def apagar(self) -> None:
        self.fin.set()
        if self.vigilante:
            self.vigilante.join()
        with self.cerrojo:
            for proceso in self.procesos.values():
                if proceso.poll() is None:
                    proceso.send_signal(signal.SIGTERM)
            for proceso in self.procesos.values():
                try:
                    proceso.wait(30)
                except subprocess.TimeoutExpired:
                    matar(proceso.pid)
                    proceso.wait()

    def se_va_la_luz(self) -> None:
        """All of it at once, without a word; and it is turned on again."""
        with self.cerrojo:
            for proceso in self.procesos.values():
                matar(proceso.pid)
            for proceso in self.procesos.values():
                proceso.wait()

    def contesta(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.puerto), timeout=10) as uno:
            dominio = self.sitio().dominio
            uno.sendall(f"GET /salud HTTP/1.1\r\nHost: {dominio}\r\nConnection: close\r\n\r\n".encode())
            return b" 200 " in uno.recv(64)
        return False

    def registro(self) -> str:
        return "\n".join(
            f"--- {uno.name}\n{uno.read_text(errors='replace')[-3000:]}" for uno in self.carpeta.glob("*.log")
        )

    def mandar(self, *orden: str) -> subprocess.CompletedProcess[str]:
        """A command of the site, with its variables."""
        connection.close()
        return subprocess.run(
            [sys.executable, "manage.py", *orden],
            cwd=RAIZ,
            env=self.entorno(),
            capture_output=True,
            text=True,
            check=False,
        )

    def sitio(self) -> Sitio:
        raise NotImplementedError

    def pids(self, que: str) -> list[int]:
        """Of ``paginas``, ``obrero`` or ``reloj``: the processes that do the work, now."""
        raise NotImplementedError

    def matar(self, que: str) -> int:
        """Kill -9 to one of them that is alive; return whom."""
        pid = int(esperar(lambda: self.pids(que), f"que viva {que}")[0])
        os.kill(pid, signal.SIGKILL)
        return pid


def matar(pid: int) -> None:
    """A process and all below it."""
    suyos = hijos_de(pid)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    for uno in suyos:
        matar(uno)


class EnUnaMaquina(Aula):
    """«kuska servir»."""

    ajustes = "tests.fallas.ajustes_embebido"

    def __init__(self, carpeta: Path) -> None:
        super().__init__(carpeta)
        orden = [sys.executable, "manage.py", "servir", "--puerto", str(self.puerto)]
        base = Path(connection.settings_dict["NAME"]).parent
        self.ordenes = {"servir": encerrado("kuska.service", orden, carpeta, base)}

    @property
    def variables(self) -> dict[str, str]:
        return {**super().variables, "KUSKA_PROCESOS": "2"}

    def sitio(self) -> Sitio:
        return Sitio(self.puerto)

    def pids(self, que: str) -> list[int]:
        dicho = estado.leer(self.carpeta)
        return [una.pid for una in dicho.partes if una.pid and una.nombre.startswith(que)] if dicho else []


class EnUnServidor(Aula):
    """The commands of the units, with a queue that is told."""

    ajustes = "tests.fallas.ajustes_servidor"

    def __init__(self, carpeta: Path, *, cola: str, memoria: str) -> None:
        super().__init__(carpeta)
        self.cola, self.memoria = cola, memoria
        aqui = Aqui(carpeta)
        (carpeta / "datos").mkdir()
        for nombre in ("paginas", "obrero", "reloj"):
            unidad = f"kuska-{nombre}.service"
            programa, *resto = shlex.split(aqui.unidad(unidad)[1])
            orden = [str(Path(sys.executable).parent / Path(programa).name), *resto]
            self.ordenes[nombre] = encerrado(unidad, orden, carpeta)

    @property
    def variables(self) -> dict[str, str]:
        return {
            **super().variables,
            "ALLOWED_HOSTS": DOMINIO,
            "KUSKA_URL": f"https://{DOMINIO}",
            "BROKER_URL": self.cola,
            "REDIS_URL": self.memoria,
            "WEB_CONCURRENCY": "2",
            "KUSKA_ENCHUFE": f"127.0.0.1:{self.puerto}",
        }

    def sitio(self) -> Sitio:
        return Sitio(self.puerto, DOMINIO, True, "__Host-sesion", "__Host-csrf")

    def pids(self, que: str) -> list[int]:
        principal = self.procesos[que].pid
        return [principal] if que == "reloj" else hijos_de(principal)

    def quejas(self) -> list[str]:
        """What the log tells as an error of ours."""
        return [linea for linea in self.registro().splitlines() if re.search(r'"nivel": ?"ERROR"|Traceback', linea)]
