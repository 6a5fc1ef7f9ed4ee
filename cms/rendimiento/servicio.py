"""A service over data of its own, as it is served: processes, settings and database, thrown away at the end."""

from __future__ import annotations

import json
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from cms.demo.proceso import puerto_libre
from cms.variables import VARIABLES, ejemplo
from marco.servicio.estado import ARCHIVO

from . import postgres
from .celular import Sitio
from .medicion import Gasto
from .procesos import descendientes, megas_propios, segundos_de

RAIZ = Path(__file__).resolve().parents[2]
DOMINIO = "aula.example.org"
EMBEBIDO, PRODUCCION = "embebido", "produccion"
PACIENCIA = 120.0
# What whoever measures may have set for something else.
SIN_DECIR = {una.nombre for una in VARIABLES} | {"KUSKA_PROCESOS", "KUSKA_POSTGRES", "KUSKA_TEST_DB"}


class NoEnciende(RuntimeError):
    """The service did not start; with the end of what it said."""


class Aula:
    """A service to be measured. Off until ``encendida``; its data last as long as it does."""

    def __init__(self, perfil: str, carpeta: Path, variables: dict[str, str], sitio: Sitio, base: int = 0) -> None:
        self.perfil, self.carpeta, self.variables, self.sitio, self.base = perfil, carpeta, variables, sitio, base
        self.procesos: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def entorno(self) -> dict[str, str]:
        """Nothing of whoever measures, and what its profile says."""
        limpio = {nombre: valor for nombre, valor in os.environ.items() if nombre not in SIN_DECIR}
        return {**limpio, **self.variables}

    def seguir(self, *orden: str, entrada: str = "") -> str:
        """Run a command of the site to its end; return what it said."""
        fin = subprocess.run(  # noqa: S603 — our own command
            [sys.executable, *orden],
            cwd=RAIZ,
            env=self.entorno,
            input=entrada,
            capture_output=True,
            text=True,
            check=False,
        )
        if fin.returncode:
            raise NoEnciende(f"{' '.join(orden)}:\n{fin.stdout[-1500:]}\n{fin.stderr[-3000:]}")
        return fin.stdout

    def dentro(self, orden: str, *, en: str = "cms.rendimiento", **datos: Any) -> Any:
        """Ask something of the site from inside its settings (``dentro``)."""
        return json.loads(self.seguir("-m", f"{en}.dentro", orden, entrada=json.dumps(datos)))

    @contextmanager
    def encendida(self, procesos: int = 0) -> Iterator[Aula]:
        """Turn it on with so many processes of pages; as many as it takes by itself, when nobody says."""
        cuantos = {"KUSKA_PROCESOS": str(procesos), "WEB_CONCURRENCY": str(procesos)} if procesos else {}
        with ExitStack() as abierto:
            for nombre, orden in self._ordenes().items():
                registro = abierto.enter_context((self.carpeta / f"{nombre}.log").open("wb"))
                self.procesos[nombre] = subprocess.Popen(  # noqa: S603
                    orden, cwd=RAIZ, env={**self.entorno, **cuantos}, stdout=registro, stderr=registro
                )
                abierto.callback(_apagar, self.procesos.pop, nombre)
            self._esperar()
            yield self

    def _ordenes(self) -> dict[str, list[str]]:
        """What its unit of systemd runs."""
        if self.perfil == EMBEBIDO:
            return {"paginas": [sys.executable, "manage.py", "servir", "--puerto", str(self.sitio.puerto)]}
        carpeta = Path(sys.executable).parent
        return {
            nombre: [str(carpeta / (partes := _de_la_unidad(f"kuska-{nombre}"))[0]), *partes[1:]]
            for nombre in ("paginas", "obrero", "reloj")
        } | {"reloj": self._del_reloj(carpeta)}

    def _del_reloj(self, carpeta: Path) -> list[str]:
        programa, *partes = _de_la_unidad("kuska-reloj")
        return [str(carpeta / programa), *(p.replace("/var/lib/kuska", str(self.carpeta)) for p in partes)]

    def _esperar(self) -> None:
        limite = time.monotonic() + PACIENCIA
        pedido = Request(f"http://127.0.0.1:{self.sitio.puerto}/salud", headers=self.sitio.cabeceras)
        while time.monotonic() < limite:
            if any(proceso.poll() is not None for proceso in self.procesos.values()):
                break
            with suppress(URLError, OSError), urlopen(pedido, timeout=5):  # noqa: S310
                return
            time.sleep(0.2)
        dicho = "\n".join(una.read_text(errors="replace")[-2000:] for una in self.carpeta.glob("*.log"))
        raise NoEnciende(f"El aula no encendió ({self.perfil}):\n{dicho}")

    # What is asked of it while it is on.

    def _de_paginas(self) -> list[int]:
        """The processes that answer pages: neither who watches, nor the worker, nor the clock."""
        if self.perfil == PRODUCCION:
            return descendientes(self.procesos["paginas"].pid)
        partes = json.loads((self.carpeta / ARCHIVO).read_text())["partes"]
        return [parte["pid"] for parte in partes if parte["nombre"].startswith("paginas")]

    def gastado(self) -> Gasto:
        return Gasto(segundos_de(self._de_paginas()), segundos_de(descendientes(self.base)) if self.base else 0.0)

    def megas(self) -> list[int]:
        """Memory of its own that each process has, the largest first."""
        pids = {pid for proceso in self.procesos.values() for pid in descendientes(proceso.pid)}
        return sorted((round(megas_propios(pid)) for pid in pids), reverse=True)


def _de_la_unidad(nombre: str) -> list[str]:
    texto = (RAIZ / "docs" / "despliegue" / f"{nombre}.service").read_text("utf-8")
    [orden] = [linea.partition("=")[2] for linea in texto.splitlines() if linea.startswith("ExecStart=")]
    programa, *partes = shlex.split(orden)
    return [Path(programa).name, *partes]


def _apagar(sacar: Any, nombre: str) -> None:
    proceso = sacar(nombre)
    if proceso.poll() is None:
        proceso.send_signal(signal.SIGTERM)
        try:
            proceso.wait(30)
        except subprocess.TimeoutExpired:
            proceso.kill()
            proceso.wait()


@contextmanager
def embebida(_url: str = "") -> Iterator[Aula]:
    """One machine: SQLite, and its own processes."""
    with tempfile.TemporaryDirectory(prefix="kuska-medir-") as nombre:
        puerto = puerto_libre()
        variables = {
            "DJANGO_SETTINGS_MODULE": "cms.rendimiento.ajustes.embebido",
            "KUSKA_VAR": nombre,
            "KUSKA_SOLO_CON_BANCO": "no",
            "KUSKA_DISCO_MINIMO": "0",
        }
        aula = Aula(EMBEBIDO, Path(nombre), variables, Sitio(puerto))
        aula.seguir("manage.py", "servir", "--preparar")
        yield aula


@contextmanager
def de_produccion(url: str = "") -> Iterator[Aula]:
    """A server: PostgreSQL (a new one, or an empty database whose address is given), Redis, gunicorn, Celery."""
    with tempfile.TemporaryDirectory(prefix="kuska-medir-") as nombre, ExitStack() as abierto:
        carpeta, puerto, enchufe = Path(nombre), puerto_libre(), Path(nombre, "paginas.sock")
        base = None if url else abierto.enter_context(postgres.de_un_solo_uso())
        lineas = [linea for linea in ejemplo(DOMINIO).splitlines() if linea and not linea.startswith("#")]
        variables = {cual: valor.strip('"') for cual, _igual, valor in (linea.partition("=") for linea in lineas)}
        redis = abierto.enter_context(_redis(carpeta))
        variables |= {
            "DJANGO_SETTINGS_MODULE": "cms.rendimiento.ajustes.produccion",
            "DATABASE_URL": base.url if base else url,
            "BROKER_URL": f"redis+socket://{redis}",
            "REDIS_URL": f"unix://{redis}?db=1",
            "KUSKA_VAR": nombre,
            "KUSKA_ENCHUFE": f"unix:{enchufe},127.0.0.1:{puerto}",  # as nginx asks, and by a port for the loads
            "KUSKA_SOLO_CON_BANCO": "no",
            "KUSKA_DISCO_MINIMO": "0",
            "KUSKA_X_ACCEL": "",
            "KUSKA_CLAVE_DE_RESPALDO": secrets.token_urlsafe(18),
        }
        galletas = ("__Host-sesion", "__Host-csrf")
        sitio = Sitio(puerto, DOMINIO, cifrado=True, galletas=galletas, enchufe=str(enchufe))
        aula = Aula(PRODUCCION, carpeta, variables, sitio, base.pid if base else 0)
        aula.seguir("manage.py", "servir", "--preparar")
        yield aula


@contextmanager
def _redis(carpeta: Path) -> Iterator[Path]:
    """A Redis of its own. Without one, the site serves from its database alone, and slower."""
    enchufe = carpeta / "redis.sock"
    programa = shutil.which("redis-server") or shutil.which("redis-server", path="/usr/sbin")
    if programa is None:
        yield enchufe
        return
    orden = [programa, "--port", "0", "--unixsocket", str(enchufe), "--save", "", "--dir", str(carpeta)]
    proceso = subprocess.Popen(orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield enchufe
    finally:
        proceso.terminate()
        proceso.wait(10)


PERFILES = {EMBEBIDO: embebida, PRODUCCION: de_produccion}
