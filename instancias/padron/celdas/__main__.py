"""The process of its own: the file on its input, JSON on its output, and no more memory or time than a list needs."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

SEGUNDOS_DE_CPU = 20
MEMORIA = 768 * 1024 * 1024


def _limitar() -> None:
    """As much as a list of people needs, and no more. Where the system has no limits, the parent's clock decides."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        for cual, cuanto in ((resource.RLIMIT_CPU, SEGUNDOS_DE_CPU), (resource.RLIMIT_AS, MEMORIA)):
            resource.setrlimit(cual, (cuanto, cuanto))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # it holds people's data


if __name__ == "__main__":
    # Last in the path: nothing beside this folder hides a module of Python's.
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    lector = import_module("celdas")

    _limitar()
    dicho = lector.leer_celdas(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(dicho, separators=(",", ":")).encode())
