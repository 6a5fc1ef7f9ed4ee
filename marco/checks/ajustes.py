"""Settings that would be written in vain, or lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import NOT_PROVIDED, Field
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve

from marco.contrato import AJUSTES, DE_ANTES, valor
from marco.fallas import pagina_de_fallo
from marco.sala import W_SIN_RESPUESTA

E_ADONDE = "kuska.E008"
E_CUENTA = "kuska.E009"
E_TIPO = "kuska.E014"
E_ZONA = "kuska.E015"
W_NADIE_LO_LEE = "kuska.W004"
W_SIN_AVISOS = "kuska.W013"

ADONDE = {
    "LOGIN_URL": ("/entrar", "Whoever has not signed in would be sent to an address that does not exist."),
    "LOGIN_REDIRECT_URL": ("/inicio", "Whoever signs in would be sent to an address that does not exist."),
}
DE_LA_CUENTA = ("is_active", "is_superuser", "groups", "user_permissions", "password")


@register("kuska")
def adonde_llevan(**_kwargs: Any) -> Iterable[CheckMessage]:
    for nombre, (buena, que) in ADONDE.items():
        if not _existe(getattr(settings, nombre)):
            yield Error(
                f"{que} {nombre} is {getattr(settings, nombre)!r}.", hint=f'Write {nombre} = "{buena}".', id=E_ADONDE
            )


def _existe(destino: Any) -> bool:
    try:
        url = resolve_url(destino)
        return "//" in url or bool(resolve(url.split("?")[0]))
    except (NoReverseMatch, Resolver404):
        return False


@register("kuska")
def lo_que_falla(**_kwargs: Any) -> Iterable[CheckMessage]:
    if get_resolver().resolve_error_handler(500) is not pagina_de_fallo:
        yield Warning(
            "A lock or a full disk is told as a fault, without saying what was saved.",
            hint='Set handler500 = "marco.fallas.pagina_de_fallo" in the root addresses.',
            id=W_SIN_RESPUESTA,
        )


@register("kuska")
def cuentas(**_kwargs: Any) -> Iterable[CheckMessage]:
    """An account of a member is made with its name and no key: the user model must allow it."""
    cuenta = get_user_model()
    campos = {campo.name: campo for campo in cuenta._meta.get_fields()}
    for nombre in DE_LA_CUENTA:
        if nombre not in campos:
            yield Error(
                f'The user model "{settings.AUTH_USER_MODEL}" has no "{nombre}".',
                hint="Inherit from AbstractUser, or from AbstractBaseUser and PermissionsMixin with «is_active».",
                id=E_CUENTA,
            )
    for campo in cuenta._meta.concrete_fields:
        if campo.name not in {cuenta.USERNAME_FIELD, "password"} and _no_puede_faltar(campo):
            yield Error(
                f'An account of a member could not be made: "{campo.name}" of "{settings.AUTH_USER_MODEL}" has to be '
                f"filled in{' with something different in each account' if campo.unique else ''}.",
                hint=f'Give "{campo.name}" a default, or let it be null.',
                id=E_CUENTA,
            )


def _no_puede_faltar(campo: Field[Any, Any]) -> bool:
    if campo.null or campo.primary_key or getattr(campo, "auto_now_add", False) or getattr(campo, "auto_now", False):
        return False
    if campo.has_default() or campo.db_default is not NOT_PROVIDED:
        return campo.unique and not callable(campo.default)
    return campo.unique or not campo.empty_strings_allowed


@register("kuska")
def nuestros(**_kwargs: Any) -> Iterable[CheckMessage]:
    for nombre in dir(settings):
        if nombre in DE_ANTES:
            yield Warning(f"Nobody reads {nombre} any more.", hint=DE_ANTES[nombre], id=W_NADIE_LO_LEE)
        elif nombre.startswith("KUSKA_") and nombre not in AJUSTES:
            yield Warning(
                f"Nobody reads {nombre}.", hint=f"There are: {', '.join(sorted(AJUSTES))}.", id=W_NADIE_LO_LEE
            )
    for nombre, ajuste in AJUSTES.items():
        suyo = getattr(settings, nombre, ajuste.por_defecto)
        if not isinstance(suyo, ajuste.tipos) or (isinstance(suyo, bool) and bool not in ajuste.tipos):
            tipo = ajuste.tipos[0].__name__
            yield Error(f"{nombre} is {suyo!r}. {ajuste.para}", hint=f"Write a value of type {tipo}.", id=E_TIPO)


@register("kuska")
def los_avisos(**_kwargs: Any) -> Iterable[CheckMessage]:
    """Whoever believes to be told when the service is not well has to be."""
    para = valor("KUSKA_AVISOS_A")
    if not isinstance(para, list | tuple):
        return  # told with the other settings
    if para and settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        yield Warning(
            "Nobody would be told: KUSKA_AVISOS_A has e-mails, and the site sends none.",
            hint="Set EMAIL_HOST and DEFAULT_FROM_EMAIL, or leave KUSKA_AVISOS_A empty.",
            id=W_SIN_AVISOS,
        )
    for uno in para:
        try:
            validate_email(uno)
        except ValidationError:
            yield Warning(
                f"KUSKA_AVISOS_A has {uno!r}, which is no e-mail.", hint="Write e-mails, by commas.", id=W_SIN_AVISOS
            )


@register("kuska")
def las_horas(**_kwargs: Any) -> Iterable[CheckMessage]:
    if not settings.USE_TZ:
        yield Error("Closing hours need a time zone.", hint="Write USE_TZ = True.", id=E_ZONA)
