"""Accounts to look around with. They exist only where this demonstration runs: production refuses SQLite."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from instancias.acceso.services.claves import crear_clave
from instancias.acceso.services.cuenta import confirmar_datos
from instancias.acceso.services.enlaces import consumir_enlace, crear_enlace
from instancias.models import Alcance, Persona
from marco.models import AjustesDelAula

CLAVE_DE_INTEGRANTE = "48217093"
CLAVE_DEL_PERSONAL = "rio-huallaga-2026"


@dataclass(frozen=True)
class Personal:
    """Somebody of the staff: account, name, what they reach and which group they belong to."""

    papel: str
    usuario: str
    nombres: str
    apellidos: str
    empieza: str
    territorio: str = ""
    grupo: str = ""
    administra: bool = False


PERSONAL = (
    Personal("Capacitadora", "capacitadora", "Elena", "Ríos Tafur", "/admin/", grupo="Capacitadoras"),
    Personal("CEM, toda la provincia", "cem", "Carla", "Soto Meza", "/panel", territorio="1006"),
    Personal("Coordinación de un distrito", "coordina", "Saúl", "Inga Pardo", "/panel", territorio="100604"),
    Personal("Administración", "administra", "Irma", "Lozano Ruiz", "/admin/", administra=True),
)


def crear_personal(*, desde: datetime.date, ahora: datetime.datetime) -> dict[str, Any]:
    """Create the staff accounts with their scope."""
    cuentas = {}
    for uno in PERSONAL:
        cuenta = get_user_model().objects.create_user(
            username=uno.usuario,
            first_name=uno.nombres,
            last_name=uno.apellidos,
            is_superuser=uno.administra,
            is_staff=uno.administra,
        )
        if uno.territorio:
            Alcance.objects.create(
                cuenta=cuenta, territorio_id=uno.territorio, rol=Alcance.Rol.COORDINACION, desde=desde
            )
        if uno.grupo:
            cuenta.groups.add(Group.objects.get_or_create(name=uno.grupo)[0])
        crear_clave(cuenta=cuenta, clave=CLAVE_DEL_PERSONAL, ahora=ahora)
        cuentas[uno.usuario] = cuenta
    return cuentas


def hacer_entrar(*, persona: Persona, por: Any, ahora: datetime.datetime) -> None:
    """Walk the first entry of a person: link, a key that nobody knows, notice on their data."""
    enlace = crear_enlace(persona=persona, por=por, ahora=ahora - datetime.timedelta(hours=5))
    persona.cuenta = consumir_enlace(token=enlace.token, ahora=ahora)
    persona.cuenta.password = _clave_de_nadie()
    persona.cuenta.save(update_fields=["password"])
    ajustes = AjustesDelAula.actuales()
    confirmar_datos(persona=persona, version=ajustes.clave_del_aviso, texto=ajustes.aviso_de_datos, ahora=ahora)


@cache
def _clave_de_nadie() -> str:
    """One digest for all of them: a digest for each would take minutes."""
    return make_password(secrets.token_urlsafe())


def dar_clave(*, persona: Persona, ahora: datetime.datetime) -> None:
    """Give a person the key that the demonstration prints."""
    crear_clave(cuenta=persona.cuenta, clave=CLAVE_DE_INTEGRANTE, ahora=ahora)
