"""Where the links of the frame lead: a room above says it, and the frame knows no room."""

from __future__ import annotations

from django.urls import reverse

from .dibujadas import olvidar

_nombres: dict[str, str] = {}


def registrar(**nombres: str) -> None:
    """Say the name of the address of each link of the frame: ``menu``, ``ayuda``, ``mi_cuenta``, …"""
    _nombres.update(nombres)
    olvidar()


def ruta_de(enlace: str, *de: object) -> str:
    """Return the address of a link of the frame, or of what it is told; empty when no room offers that page."""
    return reverse(_nombres[enlace], args=de) if enlace in _nombres else ""
