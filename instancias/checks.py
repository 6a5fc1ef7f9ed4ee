"""A wrong set-up is explained at start, not on the day that somebody comes in for the first time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.checks import CheckMessage, Warning, register
from django.core.exceptions import ValidationError

W_CLAVE_DE_NUMEROS = "kuska.W008"
W_OTRA_REGLA = "kuska.W009"
REGLA = "instancias.acceso.validadores.ReglaDeClaves"
DE_NUMEROS = ("48217093", "70936215", "35902846")  # like those that the door proposes


@register("kuska")
def claves(**_kwargs: Any) -> Iterable[CheckMessage]:
    for una in get_default_password_validators():
        if all(_rechaza(una, clave) for clave in DE_NUMEROS):
            yield Warning(
                f"Members get a key of eight numbers, and «{type(una).__name__}» takes none: they would type letters.",
                hint="Remove it from AUTH_PASSWORD_VALIDATORS. The door has brakes, and staff write twelve letters.",
                id=W_CLAVE_DE_NUMEROS,
            )


@register("kuska")
def una_sola_regla(**_kwargs: Any) -> Iterable[CheckMessage]:
    if all(una["NAME"] != REGLA for una in settings.AUTH_PASSWORD_VALIDATORS):
        yield Warning(
            "The form of accounts and «createsuperuser» take short keys for people who see everybody.",
            hint=f'Write AUTH_PASSWORD_VALIDATORS = [{{"NAME": "{REGLA}"}}].',
            id=W_OTRA_REGLA,
        )


def _rechaza(validador: Any, clave: str) -> bool:
    try:
        validador.validate(clave, None)
    except ValidationError:
        return True
    return False
