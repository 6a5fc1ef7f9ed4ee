"""How a person gets in today: the one rule of what may be sent to them."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Case, CharField, Q, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from ..models import Persona


class Acceso(TextChoices):
    """With a key, the door opens; without one, only a personal link does; a closed account opens to nothing."""

    CON_CLAVE = "con_clave", _("Tiene clave")
    SIN_CLAVE = "sin_clave", _("Todavía no tiene clave")
    CERRADO = "cerrado", _("Cuenta desactivada")


def sin_clave(ruta: str = "") -> Q:
    """Condition «nobody chose a key for this account», of rows that reach a person by ``ruta``."""
    return Q(**{f"{ruta}cuenta__isnull": True}) | Q(**{f"{ruta}cuenta__password__startswith": UNUSABLE_PASSWORD_PREFIX})


def acceso(ruta: str = "") -> Case:
    """The same as ``acceso_de``, of rows that reach a person by ``ruta``."""
    cerrada = Q(**{f"{ruta}activa": False}) | Q(**{f"{ruta}cuenta__is_active": False})
    return Case(
        When(cerrada, then=Value(Acceso.CERRADO)),
        When(sin_clave(ruta), then=Value(Acceso.SIN_CLAVE)),
        default=Value(Acceso.CON_CLAVE),
        output_field=CharField(),
    )


def acceso_de(persona: Persona) -> Acceso:
    cuenta = persona.cuenta
    if not persona.activa or (cuenta and not cuenta.is_active):
        return Acceso.CERRADO
    return Acceso.CON_CLAVE if cuenta and cuenta.has_usable_password() else Acceso.SIN_CLAVE
