"""Leaving the site for reading only, and letting it save again, by hand."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from ..models import AjustesDelAula

logger = logging.getLogger(__name__)


def poner_solo_lectura(*, ahora: datetime.datetime, por: Any) -> bool:
    """Refuse from now on whatever is sent. Return whether it saved until now."""
    return _cambiar(ahora, por)


def volver_a_guardar(*, por: Any) -> bool:
    """Take again what is sent. Return whether it was for reading only."""
    return _cambiar(None, por)


def _cambiar(desde: datetime.datetime | None, por: Any) -> bool:
    ajustes = AjustesDelAula.load()
    if (ajustes.solo_lectura_desde is None) == (desde is None):
        return False
    ajustes.solo_lectura_desde = desde
    ajustes.save()
    logger.warning("read only: %s", "on" if desde else "off", extra={"cuenta": getattr(por, "pk", None)})
    return True
