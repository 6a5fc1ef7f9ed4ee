"""A disk of a few megabytes, in memory, that only those who are begun on it see: filled and emptied at will."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

MONTAR = 'mount -t tmpfs -o "size=$1m,mode=0700,uid=$(id -u postgres)" tmpfs "$2" && echo listo && exec sleep infinity'


class PocoSitio:
    def __init__(self, donde: Path, megas: int) -> None:
        donde.mkdir(parents=True, exist_ok=True)
        aparte = [str(shutil.which("unshare")), "--mount", "--propagation", "private"]
        self.proceso = subprocess.Popen(
            [*aparte, "sh", "-c", MONTAR, "sh", str(megas), str(donde)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert self.proceso.stdout is not None and self.proceso.stderr is not None
        if self.proceso.stdout.readline() != b"listo\n":
            raise RuntimeError(self.proceso.stderr.read().decode() or "no se pudo montar")
        # From outside, by the process that holds it.
        self.visto = Path(f"/proc/{self.proceso.pid}/root") / donde.relative_to("/")

    @property
    def dentro(self) -> list[str]:
        """What goes before a command to begin it where the disk is seen."""
        return ["nsenter", f"--mount=/proc/{self.proceso.pid}/ns/mnt", "--"]

    def llenar(self) -> None:
        with suppress(OSError), (self.visto / "relleno").open("ab", buffering=0) as relleno:
            while relleno.write(b"x" * 4096):
                pass

    def vaciar(self) -> None:
        (self.visto / "relleno").unlink(missing_ok=True)

    def quitar(self) -> None:
        self.proceso.kill()
        self.proceso.communicate()


@functools.cache
def por_que_no() -> str:
    """Why a disk of its own cannot be had here; empty when it can."""
    if os.getuid() != 0 or not shutil.which("unshare") or not shutil.which("nsenter"):
        return "un disco propio se monta como root, para el usuario postgres"
    with tempfile.TemporaryDirectory() as carpeta:
        try:
            uno = PocoSitio(Path(carpeta) / "disco", 1)
        except (OSError, RuntimeError) as error:
            return f"esta máquina no deja montar un disco: {error}"
        uno.quitar()
    return ""
