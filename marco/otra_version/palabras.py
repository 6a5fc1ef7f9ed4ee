"""What is told to whoever saves second: who saved, when, and what comes next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Otra:
    """The version that was saved meanwhile: when and by which account, as far as it is known."""

    cuando: datetime.datetime | None = None
    cuenta: Any = None


def de_una_pagina(otra: Otra, *, quien_guarda: Any) -> str:
    dicho = _datos(otra)
    if otra.cuenta is None:
        que = _("Esta página se guardó el %(cuando)s, después de que usted la abrió.")
    elif _es_la_misma(otra.cuenta, quien_guarda):
        que = _("Usted guardó esta página en otra ventana el %(cuando)s, después de abrirla aquí.")
    else:
        que = _("%(quien)s guardó esta página el %(cuando)s, después de que usted la abrió.")
    sigue = _(
        "Lo que usted escribió sigue aquí, y todavía no se guardó. Mire la otra versión en el historial, en otra "
        "pestaña, y traiga lo que haga falta: lo próximo que se guarde aquí la reemplaza, y aquella queda ahí."
    )
    return f"{que % dicho} {sigue}"


def de_una_fila(otra: Otra, *, quien_guarda: Any) -> str:
    dicho = _datos(otra)
    if otra.cuando is None:
        que = _("Alguien cambió estos datos después de que usted los abrió.")
    elif otra.cuenta is None:
        que = _("Estos datos se cambiaron el %(cuando)s, después de que usted los abrió.")
    elif _es_la_misma(otra.cuenta, quien_guarda):
        que = _("Usted guardó estos datos en otra ventana el %(cuando)s, después de abrirlos aquí.")
    else:
        que = _("%(quien)s guardó estos datos el %(cuando)s, después de que usted los abrió.")
    sigue = _(
        "Lo que usted escribió sigue aquí, y todavía no se guardó. Cada dato distinto dice qué hay guardado ahora: "
        "lo próximo que se guarde aquí lo reemplaza."
    )
    return f"{que % dicho} {sigue}"


def _datos(otra: Otra) -> dict[str, str]:
    dicho = {}
    if otra.cuando is not None:
        dicho["cuando"] = date_format(timezone.localtime(otra.cuando), "DATETIME_FORMAT")
    if otra.cuenta is not None:
        dicho["quien"] = otra.cuenta.get_full_name() or otra.cuenta.get_username()
    return dicho


def _es_la_misma(una: Any, otra: Any) -> bool:
    return una.pk == getattr(otra, "pk", None)
