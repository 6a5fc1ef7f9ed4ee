"""Which edition of Kuska this is."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path


@cache
def version_del_programa() -> str:
    """Of the installed package; in a checkout, of its ``pyproject.toml``."""
    proyecto = Path(__file__).resolve().parent.parent / "pyproject.toml"
    if proyecto.exists():
        datos = tomllib.loads(proyecto.read_text("utf-8")).get("project", {})
        if datos.get("name") == "kuska":
            return str(datos["version"])
    try:
        return metadata.version("kuska")
    except metadata.PackageNotFoundError:
        return "?"
