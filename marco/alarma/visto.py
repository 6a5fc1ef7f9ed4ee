"""What the last look saw, as it is kept (``Latido.AVISOS``), and who is told."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from ..contrato import valor
from ..estado import MAL, LineaDeEstado
from ..models import Latido
from .reglas import Asunto

CLAVE = "kuska:alarma"
EN_EL_MENU = 60  # seconds
CALLADA = datetime.timedelta(minutes=30)  # nobody looked for so long: neither the clock nor a worker is there


@dataclass(frozen=True)
class LoVisto:
    """``salio_en``: when the last message left. ``no_salio``: why the one after it did not."""

    asuntos: dict[str, Asunto] = field(default_factory=dict)
    salio_en: datetime.datetime | None = None
    no_salio: str = ""

    def como_datos(self) -> dict[str, Any]:
        asuntos = {clave: uno.como_datos() for clave, uno in self.asuntos.items()}
        salio = self.salio_en and self.salio_en.isoformat()
        return {"asuntos": asuntos, "salio_en": salio, "no_salio": self.no_salio}


def de_datos(datos: Mapping[str, Any]) -> LoVisto:
    """What is kept; of another edition, that writes it otherwise, nothing is known."""
    try:
        asuntos = {clave: Asunto.de_datos(uno) for clave, uno in datos["asuntos"].items()}
        salio = datos["salio_en"] and datetime.datetime.fromisoformat(datos["salio_en"])
        return LoVisto(asuntos, salio or None, str(datos["no_salio"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return LoVisto()


def a_quienes() -> list[str]:
    """Whom to tell: ``KUSKA_AVISOS_A``, where the site sends mail at all."""
    envia = not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")
    return list(valor("KUSKA_AVISOS_A")) if envia else []


def para_el_menu() -> int | None:
    """How many lines are wrong, as the last look saw; None when nobody looks any more. Kept for a minute.

    Where nobody ever looked, nothing is known to be wrong.
    """
    dicho = cache.get(CLAVE)
    if dicho is None:
        ultimo = Latido.objects.filter(clave=Latido.AVISOS).first()
        dicho = ("bien", 0) if ultimo is None else (ultimo.en, _malas(ultimo.visto))
        cache.set(CLAVE, dicho, EN_EL_MENU)
    en, malas = dicho
    callada = isinstance(en, datetime.datetime) and timezone.now() - en > CALLADA
    return None if callada else malas


def recien_visto(lineas: Iterable[LineaDeEstado], *, ahora: datetime.datetime) -> None:
    """The page that has just looked says the same in its menu, until the next look."""
    cache.set(CLAVE, (ahora, sum(una.estado == MAL for una in lineas)), EN_EL_MENU)


def _malas(datos: Mapping[str, Any]) -> int:
    return sum(uno.estado == MAL and uno.bien_desde is None for uno in de_datos(datos).asuntos.values())
