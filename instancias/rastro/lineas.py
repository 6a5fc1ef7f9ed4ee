"""Writing lines of the trail: one statement for a request, whoever many it is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.http import HttpRequest

from marco.en_bloque import insertar
from marco.peticion import nueva_referencia, pantalla_de, peticion, referencia_de

from ..models import LineaDeRastro

Acto, Papel = LineaDeRastro.Acto, LineaDeRastro.Papel
CAMPOS = (
    "referencia",
    "encabeza",
    "en",
    "acto",
    "pantalla",
    "detalle",
    "cuenta",
    "papel",
    "lugar",
    "persona",
    "cuantas",
)


def escribir(
    *,
    acto: str,
    personas: Sequence[int],
    cuenta: Any,
    en: datetime.datetime,
    detalle: str = "",
    cuantas: int | None = None,
) -> None:
    """Write a group: a line a person, the first of which tells the whole. Of nobody in particular, one line.

    ``cuantas``: how many it was about, when some of them have no number here.
    """
    escribir_grupos([(acto, detalle, personas, cuantas)], cuenta=cuenta, en=en)


def escribir_grupos(
    grupos: Iterable[tuple[str, str, Sequence[int], int | None]], *, cuenta: Any, en: datetime.datetime
) -> None:
    """Write several groups of one account at one moment, in one statement for as many lines as fit in one."""
    request = peticion()
    referencia = referencia_de(request) or nueva_referencia()
    lugar = _lugar(request)
    pantalla = pantalla_de(request)[:100]
    insertar(
        LineaDeRastro,
        CAMPOS,
        chain.from_iterable(
            (
                (referencia, n == 0, en, acto, pantalla, detalle[:60], *quien, persona, total)
                for n, persona in enumerate(personas or [None])
            )
            for acto, detalle, personas, cuantas in grupos
            for total in [len(personas) if cuantas is None else cuantas]
            for quien in [(getattr(cuenta, "pk", None), papel_de(cuenta, request, acto=acto), lugar)]
        ),
    )


def papel_de(cuenta: Any, request: HttpRequest | None = None, *, acto: str = "") -> str:
    """What the account was when it did it, without asking the database.

    What an office asked for goes on without its request (a long list, a batch), and a member asks for nothing of the
    kind: on one's own data nobody leaves a line.
    """
    if cuenta is None:
        return Papel.NADIE if request else Papel.SISTEMA
    if getattr(cuenta, "is_superuser", False):
        return Papel.ADMINISTRACION
    if getattr(request, "alcance", None) or (request is None and acto in LineaDeRastro.SOBRE_OTRA):
        return Papel.COORDINACION
    return Papel.EDICION if hasattr(request, "del_editor") and suya_de(cuenta) is None else Papel.INTEGRANTE


def suya_de(cuenta: Any) -> int | None:
    """The number of the person whose account it is, where it was read with it. It asks nothing."""
    estado = getattr(cuenta, "_state", None)
    persona = estado.fields_cache.get("persona") if estado else None
    return persona.pk if persona else None


def _lugar(request: HttpRequest | None) -> str:
    prefijos = getattr(getattr(request, "alcance", None), "prefijos", ())
    return prefijos[0][:6] if len(prefijos) == 1 else ""
