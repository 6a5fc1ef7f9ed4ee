"""A wrong set-up is explained at start, not on the day that somebody shows a receipt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from .recibos import LlaveInvalida, llaves

E_LLAVE = "kuska.E017"
W_SIN_LLAVE = "kuska.W012"
PISTA = "Make one with «manage.py llave_de_recibos», keep it with the secrets of the site and write it first."


@register("kuska")
def llaves_de_recibo(**_kwargs: Any) -> Iterable[CheckMessage]:
    try:
        llaves()
    except LlaveInvalida as error:
        yield Error(str(error), hint=PISTA, id=E_LLAVE)


@register("kuska", deploy=True)
def se_firma(**_kwargs: Any) -> Iterable[CheckMessage]:
    try:
        if llaves().firma is None:
            yield Warning(
                "Whoever sends an evaluation gets no receipt: the first of KUSKA_LLAVES_DE_RECIBO signs nothing.",
                hint=PISTA,
                id=W_SIN_LLAVE,
            )
    except LlaveInvalida:
        return  # told above
