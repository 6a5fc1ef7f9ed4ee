"""Keys: proposed as eight random numbers, or one's own under few and clear rules."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    UserAttributeSimilarityValidator,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ... import rastro
from ...models import ClaveInicial, Persona
from ...politica import se_sabe_del_personal
from ..palabras import es_de_este_sitio
from . import frenos
from .enlaces import anular_enlaces
from .entrada import LARGO_MAXIMO, normalizar_clave

MINIMO = 8
MINIMO_DEL_PERSONAL = 12
NUMEROS, SIN_CONFUNDIR = "0123456789", "abcdefghjkmnpqrstuvwxyz23456789"
PROPUESTAS = ((NUMEROS, MINIMO), (SIN_CONFUNDIR, MINIMO), (SIN_CONFUNDIR, 12), (SIN_CONFUNDIR, 20))
DE_DJANGO = [UserAttributeSimilarityValidator(), CommonPasswordValidator()]
VECES = 30  # one of eight numbers in thirty breaks a rule; thirty in a row do not
ANIOS = range(1900, 2051)
# Django's list of common keys is in English; these are what people here write first. Compared without accents,
# numbers or signs.
COMUNES = {
    "contrasena",
    "clave",
    "miclave",
    "clavemia",
    "tequiero",
    "teamo",
    "dios",
    "diosesamor",
    "peru",
    "arribaperu",
}
COMUNES |= {"administrador", "capacitacion", "instancia", "certificado", "seguridad", "secreto", "bienvenido"}


class ClaveError(ErrorDeDominio):
    """The key cannot be used; the words say which one can."""


def proponer_clave(*, persona: Persona, sesion: str) -> str:
    """Return eight random numbers that keep every rule below. A site that wants more of a key gets letters too.

    The same ones while the session lasts and no key is set, so that what was written down is still what the page says
    after a reload. They are kept nowhere: they follow from the key of the session, that only its owner has.
    Empty when nothing that is drawn suits the site: the person writes one.
    """
    sorteo = f"{sesion}:{persona.cuenta.password}"
    for signos, largo in PROPUESTAS:
        for vez in range(VECES):
            clave = _sorteada(f"{sorteo}:{largo}:{vez}", signos, largo)
            try:
                return revisar_clave(clave=clave, cuenta=persona.cuenta, persona=persona)
            except ClaveError:
                continue
    return ""


def _sorteada(sorteo: str, signos: str, largo: int) -> str:
    """Draw signs from 256 bits that nobody else can compute."""
    numero = int(salted_hmac("instancias.clave_propuesta", sorteo, algorithm="sha256").hexdigest(), 16)
    clave = ""
    for _posicion in range(largo):
        numero, cual = divmod(numero, len(signos))
        clave += signos[cual]
    return clave


def revisar_clave(*, clave: str, cuenta: Any, persona: Persona | None) -> str:
    """Return the key as it will be kept, or raise ClaveError: by the rule of this house, and by those of the site."""
    clave = normalizar_clave(clave)
    regla_de_claves(clave=clave, cuenta=cuenta, persona=persona)
    try:
        validate_password(clave, cuenta)
    except ValidationError as error:
        raise ClaveError("comun", _("Esa clave es fácil de adivinar. Elija otra.")) from error
    return clave


def minimo_de(cuenta: Any) -> int:
    """How long a key is. An account not saved yet is of somebody who works here: members get theirs without key."""
    if cuenta is None:
        return MINIMO
    return MINIMO_DEL_PERSONAL if cuenta.pk is None or se_sabe_del_personal(cuenta) else MINIMO


def regla_de_claves(*, clave: str, cuenta: Any, persona: Persona | None) -> None:
    """The one rule of keys, for every door. Raise ClaveError with the sentence that says which key is fine."""
    minimo = minimo_de(cuenta)
    if len(clave) < minimo:
        raise ClaveError("corta", _("La clave tiene %(minimo)d números o letras, o más.") % {"minimo": minimo})
    if len(clave) > LARGO_MAXIMO:
        raise ClaveError("larga", _("La clave es demasiado larga. Use hasta %(n)d letras.") % {"n": LARGO_MAXIMO})
    if persona and _repite_un_dato(clave, persona):
        raise ClaveError("dato_propio", _("La clave no puede ser su DNI ni su celular. Elija otra."))
    if _es_fecha(clave):
        raise ClaveError("fecha", _("La clave no puede ser una fecha. Elija otros números."))
    if _es_seguida(clave) or _es_repetida(clave) or _es_comun(clave):
        raise ClaveError("comun", _("Esa clave es fácil de adivinar. Elija otra."))
    if es_de_este_sitio(clave):
        de_este_sitio = _("La clave no puede ser el nombre de un lugar ni de este sitio. Elija otra.")
        raise ClaveError("de_este_sitio", de_este_sitio)
    try:
        validate_password(clave, cuenta, DE_DJANGO)
    except ValidationError as error:
        raise ClaveError("comun", _("Esa clave es fácil de adivinar. Elija otra.")) from error


@transaction.atomic
def crear_clave(*, cuenta: Any, clave: str, ahora: datetime.datetime) -> None:
    """Set the key. Every other open session of the account ends: they carry the digest of the old one.

    So does a personal link that was open: it would let somebody set another key.
    """
    persona = getattr(cuenta, "persona", None)
    cuenta.set_password(revisar_clave(clave=clave, cuenta=cuenta, persona=persona))
    cuenta.save(update_fields=["password"])
    ClaveInicial.objects.filter(cuenta_id=cuenta.pk).delete()
    cuenta.clave_inicial_en = None
    if persona:
        anular_enlaces(persona=persona, ahora=ahora)
        rastro.anotar(accion="instancias.cambiar_clave", persona=persona, por=cuenta)
    else:
        rastro.anotar_de_cuenta(accion="instancias.cambiar_clave", cuenta=cuenta)


def cambiar_clave(*, cuenta: Any, actual: str, nueva: str, ip: str, ahora: datetime.datetime) -> None:
    """Change the key of somebody who knows the present one: a phone left open is not enough."""
    comprobar_clave(cuenta=cuenta, clave=actual, ip=ip, ahora=ahora)
    if cuenta.check_password(normalizar_clave(nueva)):
        raise ClaveError("igual", _("Esa es la clave que ya tiene. Elija otra."))
    crear_clave(cuenta=cuenta, clave=nueva, ahora=ahora)


def comprobar_clave(*, cuenta: Any, clave: str, ip: str, ahora: datetime.datetime) -> None:
    """Raise ErrorDeDominio if this is not the present key, or if it was tried too often."""
    intento = frenos.Intento("clave", cuenta=f"cuenta:{cuenta.pk}", ip=ip)
    frenos.tomar_turno(intento, ahora=ahora)
    if not cuenta.check_password(normalizar_clave(clave)):
        raise ClaveError("actual_no_coincide", _("La clave de ahora no coincide. Revise e intente otra vez."))
    frenos.soltar(intento)


def poner_clave_inicial(*, cuenta: Any, por: Any, ahora: datetime.datetime) -> None:
    """Write that somebody set the key of another account. Setting one's own is no news."""
    if cuenta.pk != por.pk:
        ClaveInicial.objects.update_or_create(cuenta_id=cuenta.pk, defaults={"puesta_por": por, "puesta_en": ahora})


def queda_corta(*, clave: str, cuenta: Any) -> bool:
    """Whether whoever works here came in with a key that would be refused today: it is of before their role."""
    if not se_sabe_del_personal(cuenta):
        return False
    try:
        regla_de_claves(clave=normalizar_clave(clave), cuenta=cuenta, persona=getattr(cuenta, "persona", None))
    except ClaveError:
        return True
    return False


def _repite_un_dato(clave: str, persona: Persona) -> bool:
    limpia = re.sub(r"[\s.\-]", "", clave).casefold()
    datos = (persona.documento.casefold(), persona.celular)
    return any(dato and (dato in limpia or limpia == dato[::-1]) for dato in datos)


def _es_fecha(clave: str) -> bool:
    """Eight numbers that read as a day in any usual order, with or without separators."""
    numeros = re.sub(r"[/.\-]", "", clave)
    if not re.fullmatch(r"\d{8}", numeros):
        return False
    for dia, mes, anio in (
        (numeros[:2], numeros[2:4], numeros[4:]),
        (numeros[2:4], numeros[:2], numeros[4:]),
        (numeros[6:], numeros[4:6], numeros[:4]),
    ):
        if int(anio) in ANIOS and 1 <= int(mes) <= 12 and 1 <= int(dia) <= 31:
            return True
    return False


def _es_seguida(clave: str) -> bool:
    """12345678, 87654321, 45678901: each one follows the last."""
    if not clave.isdigit():
        return False
    pasos = {(int(b) - int(a)) % 10 for a, b in zip(clave, clave[1:], strict=False)}
    return pasos in ({1}, {9})


def _es_repetida(clave: str) -> bool:
    """11111111, 12121212, 12341234: one half says it all."""
    return any(clave == (clave[:largo] * len(clave))[: len(clave)] for largo in range(1, len(clave) // 2 + 1))


def _es_comun(clave: str) -> bool:
    """One well-known word, however dressed: «Contraseña2026», «mi.clave.123»."""
    plana = unicodedata.normalize("NFKD", clave).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z]", "", plana) in COMUNES
