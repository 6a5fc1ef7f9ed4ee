"""A connection to PostgreSQL that is known to be open without asking its server.

The pool asks with an empty statement each time that somebody takes one: a trip for each request. A server that stops or
starts again closes its side, and that is seen from here: there is something to read where nothing was asked.
"""

from __future__ import annotations

import select
from typing import Any

from psycopg import Connection

NADA = ""  # what the pool asks to know that a connection lives


class ConexionQueSeMira(Connection[Any]):
    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask, but for the empty statement over a connection where nothing came by itself."""
        if query == NADA and not args and not kwargs and not self._dijo_algo():
            return None
        return super().execute(query, *args, **kwargs)

    def _dijo_algo(self) -> bool:
        """Whether it was closed, or told something that somebody has to read."""
        if self.closed:
            return True
        mirar = select.poll()
        mirar.register(self.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
        return bool(mirar.poll(0))
