"""A PostgreSQL to be killed: its own cluster, that writes to disk before it says that something is saved."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection

from marco.respaldo.motores import motor
from marco.respaldo.postgres import programa


class Servidor:
    def __init__(self, carpeta: Path, ajustes: dict[str, Any], dentro: list[str], otros: list[str]) -> None:
        self.carpeta, self.ajustes, self.otros = carpeta, ajustes, otros
        como = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if os.getuid() == 0 else []
        self.como = [*dentro, *como]
        self.proceso: subprocess.Popen[bytes] | None = None

    def encender(self) -> None:
        orden = [*self.como, programa("postgres"), "-D", str(self.carpeta / "datos"), "-k", str(self.carpeta)]
        self.proceso = subprocess.Popen(
            [*orden, "-c", "listen_addresses=", *self.otros],
            cwd=self.carpeta,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _vez in range(300):
            if subprocess.run([programa("pg_isready"), "-q", "-h", str(self.carpeta)], check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL no encendió")

    def matar(self) -> None:
        """Kill -9 to the server and to all that it began."""
        if self.proceso:
            with suppress(ProcessLookupError):
                os.killpg(self.proceso.pid, signal.SIGKILL)
            self.proceso.wait()
            subprocess.run([*self.como, "rm", "-f", str(self.carpeta / "datos" / "postmaster.pid")], check=True)
            time.sleep(0.3)

    @property
    def vive(self) -> bool:
        return self.proceso is not None and self.proceso.poll() is None


def carpeta_corta() -> Path:
    """Of the user that a server runs as. The name of a socket is short."""
    carpeta = Path(f"/tmp/kuska-fallas-{os.getpid()}")  # noqa: S108
    shutil.rmtree(carpeta, ignore_errors=True)
    carpeta.mkdir()
    if os.getuid() == 0:
        shutil.chown(carpeta, "postgres")
    return carpeta


@contextmanager
def de_un_solo_uso(
    carpeta: Path | None = None,
    *,
    dentro: list[str] | None = None,
    otros: tuple[str, ...] = (),
    en_disco: bool = True,
) -> Iterator[Servidor]:
    """A server with what this database has. ``dentro``: what goes before its commands; ``otros``: more for initdb;
    ``en_disco``: whether it waits for the disk.
    """
    if carpeta is None:
        carpeta = carpeta_corta()
    servidor = Servidor(
        carpeta,
        {**connection.settings_dict, "NAME": "postgres", "HOST": str(carpeta), "USER": "kuska", "PORT": ""},
        dentro or [],
        [] if en_disco else ["-c", "fsync=off"],
    )
    orden = [*servidor.como, programa("initdb"), "--no-sync", "--auth=trust", "--username=kuska", "--encoding=UTF8"]
    subprocess.run(
        [*orden, "--locale=C.UTF-8", *otros, "-D", str(carpeta / "datos")], check=True, capture_output=True, cwd=carpeta
    )
    try:
        servidor.encender()
        uno = motor()
        volcado = subprocess.run([programa("pg_dump"), f"--dbname={uno.datos}"], capture_output=True, check=True)
        poner = [programa("psql"), "-Xq", "-o", "/dev/null", "-h", str(carpeta), "-U", "kuska", "postgres"]
        subprocess.run(poner, input=volcado.stdout, check=True, capture_output=True)
        yield servidor
    finally:
        servidor.matar()
        shutil.rmtree(carpeta, ignore_errors=True)
