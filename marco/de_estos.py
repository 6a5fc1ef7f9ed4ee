"""«It is one of these numbers», of thousands of them: one value for the database, in place of one for each.

Django writes ``__in`` with a mark a number, and each one is prepared, looked for in the text and quoted: of a block of
two thousand that takes longer than the statement. SQLite also has a maximum of marks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func

from .preparadas import EN_FILA


def en_fila(numeros: Iterable[int | str]) -> str:
    return ",".join(str(int(uno)) for uno in numeros if uno != "")


class DeEstos(Func):
    """Condition: the column ``campo`` (its path, as in ``F``) holds one of these whole numbers."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, campo: str | F, numeros: Iterable[int] | str = ()) -> None:
        super().__init__(F(campo) if isinstance(campo, str) else campo)
        # A text is what ``en_fila`` made of them: the value of a question that is written once (``preparadas``).
        self.numeros = numeros if isinstance(numeros, str) else en_fila(numeros)

    def as_sql(self, compiler: Any, connection: Any, **otros: Any) -> tuple[str, list[Any]]:
        columna, valores = compiler.compile(self.get_source_expressions()[0])
        if connection.vendor == "postgresql":
            return f"{columna} = ANY(%s::bigint[])", [*valores, EN_FILA[0].format(self.numeros)]
        if connection.vendor == "sqlite":
            return f"{columna} IN (SELECT value FROM json_each(%s))", [*valores, EN_FILA[1].format(self.numeros)]  # noqa: S608
        return f"{columna} IN ({en_fila(self.numeros.split(',')) or 'NULL'})", [*valores]  # whole numbers alone
