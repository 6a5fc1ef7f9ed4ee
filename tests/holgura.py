"""Room for the calls of a run of tests, in one piece.

CPython keeps the frames of a thread in pieces of 16 KB. A call that begins where one ends asks the system for another,
and gives it back when it returns: in a loop, each time round. The calls of a request go through several of those edges,
and it took a tenth of the processor. The piece in which a large frame is opened is large, and holds all that follow.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

T = TypeVar("T")
PALABRAS = 70_000  # of 8 bytes: it is given 1 MB, of which 480 KB are left for what it calls


def _llamar(hacer: Callable[..., T], *args: Any) -> T:
    return hacer(*args)


_llamar.__code__ = _llamar.__code__.replace(co_stacksize=PALABRAS)
con_holgura = _llamar


def en_cada_hilo(parche: pytest.MonkeyPatch) -> None:
    """Those that answer a browser as well."""
    correr = threading.Thread.run
    parche.setattr(threading.Thread, "run", lambda hilo: con_holgura(correr, hilo))
