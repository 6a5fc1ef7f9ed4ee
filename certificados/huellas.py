"""One way to write data as bytes, so that a digest of them says whether anything changed."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def en_bytes(datos: Any) -> bytes:
    """JSON in UTF-8, keys in order and without blanks: the same data give the same bytes on any database."""
    return json.dumps(datos, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def huella_de(datos: Any) -> str:
    """SHA-256 of those bytes, as it is printed."""
    return hashlib.sha256(en_bytes(datos)).hexdigest()
