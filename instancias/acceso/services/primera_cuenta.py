"""The first account of a site: who administers it, with a key that is told once and opens the door once."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from ... import rastro
from ...models import ClaveInicial
from .claves import SIN_CONFUNDIR, ClaveError, revisar_clave

LARGO, DE_CUATRO_EN_CUATRO = 20, 4


@dataclass(frozen=True)
class PrimeraCuenta:
    """Who it is and the key, that is not kept anywhere else."""

    usuario: str
    clave: str


def hay_quien_administra() -> bool:
    return bool(get_user_model()._default_manager.filter(is_superuser=True, is_active=True).exists())


@transaction.atomic
def crear_primera_cuenta(*, usuario: str, ahora: datetime.datetime) -> PrimeraCuenta | None:
    """Make it, with a key that dies in seven days or when its person chooses another. Nothing if somebody is there."""
    if hay_quien_administra():
        return None
    modelo: Any = get_user_model()
    cuenta = modelo._default_manager.create_superuser(**{modelo.USERNAME_FIELD: usuario})
    clave = _proponer(cuenta)
    cuenta.set_password(clave)
    cuenta.save(update_fields=["password"])
    ClaveInicial.objects.create(cuenta_id=cuenta.pk, puesta_por=None, puesta_en=ahora)
    rastro.anotar_de_cuenta(accion="instancias.cambiar_clave", cuenta=cuenta)
    return PrimeraCuenta(usuario, clave)


def _proponer(cuenta: Any) -> str:
    """Letters and numbers that nobody takes for others, in groups that can be read aloud."""
    while True:
        signos = "".join(secrets.choice(SIN_CONFUNDIR) for _signo in range(LARGO))
        grupos = [signos[n : n + DE_CUATRO_EN_CUATRO] for n in range(0, LARGO, DE_CUATRO_EN_CUATRO)]
        try:
            return revisar_clave(clave="-".join(grupos), cuenta=cuenta, persona=None)
        except ClaveError:
            continue
