"""A clock that was set back does not put the end of a thing before its beginning: what follows is never earlier.

The day of a fact is that of the server. When it goes back an hour or two, what was begun before ends at the moment in
which it began, or in which the last thing was done, and the constraints of each model say the same.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce, Greatest


def no_antes(ahora: datetime.datetime, *otros: datetime.datetime | None) -> datetime.datetime:
    """Return now, or the latest of the moments that came before it."""
    return max([ahora, *(otro for otro in otros if otro is not None)])


def no_antes_de(cuando: Any, *campos: str) -> Greatest:
    """The same in the database: a moment, or the latest of these fields of its row, those that have one."""
    momento = Value(cuando, output_field=DateTimeField()) if isinstance(cuando, datetime.datetime) else cuando
    return Greatest(*(Coalesce(F(campo), momento) for campo in campos), momento)
