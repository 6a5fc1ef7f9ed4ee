"""The folder of a programme, as the commands take it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from marco.contrato import valor


def agregar_carpeta(parser: ArgumentParser) -> None:
    """Add the folder to a command. A host that has one programme names it once, in ``KUSKA_PROGRAMA``."""
    del_sitio = valor("KUSKA_PROGRAMA")
    parser.add_argument("carpeta", nargs="?" if del_sitio else None, type=Path, default=del_sitio)
