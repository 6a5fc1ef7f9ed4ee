"""Room for the calls of a thread, in one piece.

CPython keeps the frames of a thread in pieces of 16 KB. A call that begins where one ends asks the system for another,
and gives it back when it returns: in a loop, each time round. The calls of a request go through several of those edges,
and it took a tenth of the processor. The piece in which a large frame is opened is large, and holds all that follow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
PALABRAS = 70_000  # of 8 bytes: it is given 1 MB, of which 480 KB are left for what it calls


def _llamar(hacer: Callable[..., T], *args: Any) -> T:
    return hacer(*args)


_llamar.__code__ = _llamar.__code__.replace(co_stacksize=PALABRAS)
con_holgura = _llamar
