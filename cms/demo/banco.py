"""What the benches that run in this process share: what is no statement of ours, and a signed-in browser."""

from __future__ import annotations

from typing import Any

from django.test import Client

from cms.rendimiento.sentencias import DE_TRANSACCION

__all__ = ["DE_TRANSACCION", "cliente_de"]


def cliente_de(cuenta: Any) -> Client:
    """A signed-in browser of this account."""
    cliente = Client(raise_request_exception=True)
    cliente.force_login(cuenta)
    return cliente
