"""What must outlive a return to an older copy: written outside the database, and told to who needs it afterwards.

A room gives objects of ``Recuerdo`` by the hook «lo_que_sobrevive»: the last registry numbers that were given, whose
data were taken away. Nothing here names anybody: the file lies in the open beside the copies.

Erasures and copies write it from several processes, and threads of each: one at a time reads, adds and writes.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wagtail import hooks

from marco.a_disco import a_disco
from marco.contrato import valor

logger = logging.getLogger(__name__)
ARCHIVO, TURNO = "memoria.json", ".memoria.turno"
PACIENCIA = 10.0  # seconds that an act waits for its turn: whoever has it writes a few kilobytes


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
    """What was written, and nothing where nothing was. Raises ``OSError`` where it is there and cannot be read."""
    donde = donde or archivo()
    return _leer(donde) or {} if donde else {}


def _leer(donde: Path) -> dict[str, Any] | None:
    """What is written, nothing where there is no file, and None where it cannot be understood."""
    try:
        escrito = json.loads(donde.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        return None
    return escrito if isinstance(escrito, dict) else None


def recordar(*, ahora: datetime.datetime) -> dict[str, Any]:
    """Write what there is now beside the copies, added to what was written. Without a folder, only return it.

    Raises ``OSError`` where it cannot be written, or another does not leave its turn.
    """
    if (donde := archivo()) is None:
        return _juntar({}, ahora)
    donde.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _turno(donde.with_name(TURNO)):
        escrito = _juntar(_para_sumar(donde), ahora)
        parcial = donde.with_name(f".{ARCHIVO}.parcial")  # whoever has the turn is alone
        with parcial.open("w", encoding="utf-8") as papel:
            json.dump(escrito, papel)
            papel.flush()
            os.fsync(papel.fileno())
        parcial.replace(donde)
        a_disco(donde.parent)
    return escrito


def _para_sumar(donde: Path) -> dict[str, Any]:
    """What was written. What cannot be understood is put aside, for somebody to read: nothing is written over it.

    A disk that does not let it be read now says nothing of what it has: it stays where it is, and nothing is written.
    """
    if (escrito := _leer(donde)) is not None:
        return escrito
    donde.replace(donde.with_name(f"{ARCHIVO}.ilegible-{time.time_ns()}"))
    logger.error("what must outlive a return could not be read: it was put aside")
    return {}


def _juntar(escrito: dict[str, Any], ahora: datetime.datetime) -> dict[str, Any]:
    for uno in recuerdos():
        de_ahora = uno.recordar()
        escrito[uno.clave] = uno.juntar(escrito[uno.clave], de_ahora) if uno.clave in escrito else de_ahora
    escrito["en"] = max(ahora.isoformat(), str(escrito.get("en", "")))
    return escrito


@contextmanager
def _turno(donde: Path) -> Iterator[None]:
    """Alone among processes and threads: each one opens the file by itself. The system takes it back from who dies."""
    limite = time.monotonic() + PACIENCIA
    with donde.open("w") as abierto:
        while True:
            try:
                fcntl.flock(abierto, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= limite:
                    raise
                time.sleep(0.02)
        yield


def recordar_si_se_puede(*, ahora: datetime.datetime) -> None:
    """The same, from an act that must not fail with the folder out of reach: the copy of the night writes it too."""
    try:
        recordar(ahora=ahora)
    except OSError:
        logger.warning("what must outlive a return was not written: the copy of the night writes it")


def volver(recordado: dict[str, Any], *, copia_de: datetime.datetime, ahora: datetime.datetime) -> list[str]:
    return [
        frase for uno in recuerdos() for frase in uno.volver(recordado.get(uno.clave), copia_de=copia_de, ahora=ahora)
    ]
