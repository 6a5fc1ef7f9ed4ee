"""What must outlive a return to an older copy: written outside the database, and told to who needs it afterwards.

A room gives objects of ``Recuerdo`` by the hook «lo_que_sobrevive»: the last registry numbers that were given, whose
data were taken away. Nothing here names anybody: the file lies in the open beside the copies.
"""

from __future__ import annotations

import datetime
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from wagtail import hooks

from marco.contrato import valor

ARCHIVO = "memoria.json"


class Recuerdo:
    """Something that a copy does not know because it happened after it was made."""

    clave: str

    def recordar(self) -> Any:
        """What there is now, as JSON, without data of people."""
        raise NotImplementedError

    def juntar(self, antes: Any, ahora: Any) -> Any:
        """Of what was written and what there is, what has to be known. Nothing that was written is forgotten."""
        raise NotImplementedError

    def volver(self, recordado: Any, *, copia_de: datetime.datetime, ahora: datetime.datetime) -> list[str]:
        """A copy was put back: do what it lacks, once or twice alike, and return it in sentences."""
        raise NotImplementedError


def recuerdos() -> list[Recuerdo]:
    return [uno for gancho in hooks.get_hooks("lo_que_sobrevive") for uno in gancho()]


def archivo() -> Path | None:
    donde = valor("KUSKA_RESPALDOS")
    return Path(donde) / ARCHIVO if donde else None


def leer(donde: Path | None = None) -> dict[str, Any]:
    donde = donde or archivo()
    if donde is None:
        return {}
    try:
        escrito = json.loads(donde.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return escrito if isinstance(escrito, dict) else {}


def recordar(*, ahora: datetime.datetime) -> dict[str, Any]:
    """Write what there is now beside the copies, added to what was written. Without a folder, only return it."""
    escrito = leer()
    for uno in recuerdos():
        de_ahora = uno.recordar()
        escrito[uno.clave] = uno.juntar(escrito[uno.clave], de_ahora) if uno.clave in escrito else de_ahora
    escrito["en"] = ahora.isoformat()
    if (donde := archivo()) is not None:
        donde.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        parcial = donde.with_name(f".{ARCHIVO}.{os.getpid()}")
        with parcial.open("w", encoding="utf-8") as papel:
            json.dump(escrito, papel)
            papel.flush()
            os.fsync(papel.fileno())
        parcial.replace(donde)
    return escrito


def recordar_si_se_puede(*, ahora: datetime.datetime) -> None:
    """The same, from an act that must not fail with the folder out of reach: the copy of the night writes it too."""
    with suppress(OSError):
        recordar(ahora=ahora)


def volver(recordado: dict[str, Any], *, copia_de: datetime.datetime, ahora: datetime.datetime) -> list[str]:
    return [
        frase for uno in recuerdos() for frase in uno.volver(recordado.get(uno.clave), copia_de=copia_de, ahora=ahora)
    ]
