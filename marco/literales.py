"""Texts that a statement says always the same, written in it and not given apart.

SQLite looks at a value that is given apart when it decides whether an index of only some rows will do, and so plans the
whole statement again each time that it runs. PostgreSQL does not use such an index in a plan that it keeps. What is
written in the statement is known when it is planned.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

_MARCA = re.compile("%[s%]")


def escribir(sql: str, parametros: Sequence[Any], sueltos: Collection[int]) -> tuple[str, list[int]]:
    """Return the statement with its texts in it, and which parameters are left. ``sueltos`` change each time."""
    quedan: list[int] = []
    lugares = iter(range(len(parametros)))

    def poner(marca: re.Match[str]) -> str:
        if marca[0] == "%%":
            return "%%"
        lugar = next(lugares)
        valor = parametros[lugar]
        if lugar in sueltos or not isinstance(valor, str) or "\0" in valor:
            quedan.append(lugar)
            return "%s"
        return literal(valor)

    return _MARCA.sub(poner, sql), quedan


def literal(texto: str) -> str:
    """A text as both engines read it, in a statement whose marks are those of Django."""
    return "'" + str.__str__(texto).replace("'", "''").replace("%", "%%") + "'"
