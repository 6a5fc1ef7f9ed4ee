"""Reading a stranger's file in a process of its own, so that what it costs is never paid by the pages."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from marco.restricciones import Ocupada

GUION = Path(__file__).parents[1] / "celdas" / "__main__.py"
# Of the clock, together less than the half minute after which a web server gives a request up.
SEGUNDOS, SEGUNDOS_DE_COLA = 24, 4
A_LA_VEZ = threading.BoundedSemaphore(2)


class CuestaDemasiado(Exception):
    """The process ended before the file did."""


def leer_aparte(*, extension: str, contenido: bytes) -> dict[str, Any]:
    """Return what ``celdas`` says of a file. Raises CuestaDemasiado, or Ocupada when others are being read."""
    if not A_LA_VEZ.acquire(timeout=SEGUNDOS_DE_COLA):
        raise Ocupada
    try:
        # Isolated (-I): only this interpreter and its packages, whatever the environment says.
        hecho = subprocess.run(  # noqa: S603 — our own script; the file goes by its input
            [sys.executable, "-I", str(GUION), extension],
            input=contenido,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SEGUNDOS,
            check=True,
        )
        dicho: dict[str, Any] = json.loads(hecho.stdout)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, ValueError) as error:
        raise CuestaDemasiado from error
    finally:
        A_LA_VEZ.release()
    return dicho
