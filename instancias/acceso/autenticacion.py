"""Who an account is. One statement brings the account, its person and whether it works here together."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from ..models import Persona
from ..politica import marcar_al_personal


def persona_de(cuenta: AbstractBaseUser | AnonymousUser) -> Persona | None:
    """Return the member behind an account, or None for staff and visitors."""
    if not cuenta.is_authenticated:
        return None
    return getattr(cuenta, "persona", None)


class CuentasDelAula(ModelBackend):
    """Accounts of the site. A member who was made inactive is out on the next request, open tabs included."""

    def user_can_authenticate(self, user: Any) -> bool:
        persona = getattr(user, "persona", None)
        return super().user_can_authenticate(user) and (persona is None or persona.activa)

    def get_user(self, user_id: Any) -> Any:
        cuentas = marcar_al_personal(get_user_model()._default_manager.select_related("persona"))
        cuenta = cuentas.filter(pk=user_id).first()
        return cuenta if cuenta and self.user_can_authenticate(cuenta) else None
