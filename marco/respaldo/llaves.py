"""Where the keys of an installation are kept apart: what the copies say of them in the open, that opens nothing."""

from __future__ import annotations

import datetime
import hashlib

from marco.contrato import valor

from .carpeta import EnLaCarpeta, copias
from .cifrado import leer_cabecera
from .errores import ErrorDeRespaldo

HUELLAS = "huellas"


def huella_de(secreto: str) -> str:
    """What tells a key of 256 bits from another, and does not tell which one it is."""
    return hashlib.sha256(f"kuska-llave|{secreto}".encode()).hexdigest()[:32]


def guardada_en(secreto: str) -> datetime.datetime | None:
    """When the last copy that has this key beside it was made; None when there is none in sight."""
    if not valor("KUSKA_RESPALDOS"):
        return None
    suya = huella_de(secreto)
    return next((una.en for una in reversed(copias()) if suya in _huellas(una)), None)


def _huellas(copia: EnLaCarpeta) -> list[str]:
    try:
        with copia.archivo.with_suffix(".llaves").open("rb") as papel:
            return list(leer_cabecera(papel)[0].get(HUELLAS, []))
    except (OSError, ErrorDeRespaldo):
        return []
