"""The loads by name, over people who are already inside."""

from __future__ import annotations

from typing import Any

from cms.rendimiento.poblacion import CLAVE

from . import telefonos
from .telefonos import Pedido


def pedidos_de(
    modo: str, personas: list[dict[str, Any]], *, por_segundo: float = 50, segundos: float = 60
) -> list[Pedido]:
    """All that the phones of these people are going to send, and when."""
    if modo == "respuestas":
        return telefonos.respuestas(personas, por_segundo=por_segundo, segundos=segundos)
    if modo == "envios":
        return telefonos.envios(personas, segundos=5.0)
    if modo == "reconexion":
        return telefonos.reconexion(personas)
    return telefonos.entradas(personas, CLAVE)
