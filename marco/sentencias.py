"""Statements that take long are told in the log: their text, never their values."""

from __future__ import annotations

import logging
import time
from typing import Any

from .contrato import valor
from .peticion import pantalla_de, peticion

logger = logging.getLogger(__name__)
LARGO = 1000


def medir(ejecutar: Any, sql: str, parametros: Any, muchos: bool, contexto: dict[str, Any]) -> Any:
    """Run a statement and tell the slow one. Its text has marks where the values go."""
    desde = time.perf_counter()
    try:
        return ejecutar(sql, parametros, muchos, contexto)
    finally:
        segundos = time.perf_counter() - desde
        limite = valor("KUSKA_SENTENCIA_LENTA")
        if limite and segundos * 1000 >= limite:
            dicho = " ".join(str(sql).split())[:LARGO]
            logger.warning(
                "slow statement, %d ms: %s", segundos * 1000, dicho, extra={"pantalla": pantalla_de(peticion())}
            )


def vigilar(connection: Any, **_otros: Any) -> None:
    """Time what a connection does, from when it opens. The same one may open many times."""
    if medir not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, medir)  # a request takes away the last one when it ends
