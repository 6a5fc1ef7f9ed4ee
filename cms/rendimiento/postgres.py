"""A PostgreSQL of its own, thrown away afterwards, that writes to disk before it says that something is saved."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marco.respaldo.postgres import programa

NOMBRE = "kuska"
# What the guide of installing leaves to Debian, and the memory that a server of this size is given.
AJUSTES = ("-c", "listen_addresses=", "-c", "shared_buffers=256MB")


class Base:
    """A server that is on: its address and the processes that work for it."""

    def __init__(self, url: str, pid: int) -> None:
        self.url, self.pid = url, pid


@contextmanager
def de_un_solo_uso() -> Iterator[Base]:
    """Start one over a folder with a short name, since that of a socket has to be, and take it away at the end."""
    carpeta = Path(tempfile.mkdtemp(prefix="kuska-pg-", dir="/tmp"))
    como = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if os.getuid() == 0 else []
    if como:
        shutil.chown(carpeta, "postgres")
    iniciar = [*como, programa("initdb"), "--auth=trust", f"--username={NOMBRE}", "--encoding=UTF8"]
    encender = [*como, programa("postgres"), "-D", str(carpeta / "datos"), "-k", str(carpeta), *AJUSTES]
    proceso = None
    try:
        subprocess.run(  # noqa: S603 — our own command
            [*iniciar, "--locale=C.UTF-8", "-D", str(carpeta / "datos")], check=True, capture_output=True, cwd=carpeta
        )
        proceso = subprocess.Popen(encender, cwd=carpeta, stderr=subprocess.DEVNULL)  # noqa: S603
        _esperar(carpeta)
        hacer = [programa("createdb"), "-h", str(carpeta), "-U", NOMBRE, NOMBRE]
        subprocess.run(hacer, check=True, capture_output=True)  # noqa: S603
        yield Base(f"postgres://{NOMBRE}@/{NOMBRE}?host={carpeta}", proceso.pid)
    finally:
        if proceso is not None:
            proceso.send_signal(signal.SIGINT)
            proceso.wait(30)
        shutil.rmtree(carpeta, ignore_errors=True)


def _esperar(carpeta: Path) -> None:
    for _vez in range(300):
        lista = [programa("pg_isready"), "-q", "-h", str(carpeta)]
        if subprocess.run(lista, check=False).returncode == 0:  # noqa: S603
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL no encendió.")
