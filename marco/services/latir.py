"""The clock says that it goes on: its task was sent by it, and a worker did it."""

from __future__ import annotations

import datetime

from ..models import Latido


def latir(*, clave: str, ahora: datetime.datetime) -> None:
    """Write down that it happened now."""
    if not Latido.objects.filter(clave=clave).update(en=ahora):
        Latido.objects.bulk_create([Latido(clave=clave, en=ahora)], ignore_conflicts=True)
