"""The last time that a copy was put in the place of what there was: what was done in between is not here any more."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from marco.models import Instalacion

from .carpeta import momento_de


@dataclass(frozen=True)
class Vuelta:
    """``de``: when the copy was made, as its name says; None when somebody gave it another name."""

    en: datetime.datetime
    de: datetime.datetime | None

    @property
    def anios(self) -> range:
        """Those whose registry numbers jump."""
        desde, hasta = timezone.localtime(self.de or self.en).year, timezone.localtime(self.en).year
        return range(desde, hasta + 1)


def vuelta_de(*, repuesta_de: str, desde: datetime.datetime) -> Vuelta:
    return Vuelta(desde, momento_de(repuesta_de))


def ultima_vuelta() -> Vuelta | None:
    """Nothing where none ever was. One statement."""
    fila = Instalacion.objects.exclude(repuesta_de="").values("repuesta_de", "desde").first()
    return vuelta_de(**fila) if fila else None
