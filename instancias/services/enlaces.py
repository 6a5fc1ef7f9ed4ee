"""Personal links: random, one use, seven days. Opening one uses nothing up; only its button does.

The token has 130 random-looking bits and only its digest is kept. The short code of the printed card is what the
token is made from: with the document and the server's secret it gives the same token, so that a card can be typed by
hand, and the code alone opens nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ..errores import ErrorDeDominio
from ..models import EnlaceDeAcceso, Persona
from ..politica import es_personal
from . import frenos, rastro
from .entrada import anotar_entrada, normalizar_identificador

ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LARGO_DEL_TOKEN = 26
LARGO_DEL_CODIGO = 10
VIGENCIA = datetime.timedelta(days=7)
PARECIDAS = str.maketrans("ILOU", "110V")


class EnlaceError(ErrorDeDominio):
    """The link opens nothing: used, expired, replaced or never made. All of them get the same words."""

    def __init__(self) -> None:
        super().__init__("enlace_no_sirve", _("Este enlace ya se usó o venció. Entre con su clave o pida otro."))


@dataclass(frozen=True)
class EnlaceCreado:
    """What is told once to whoever made the link: nothing of it can be read back later."""

    token: str
    codigo: str
    vence_en: datetime.datetime

    @property
    def codigo_legible(self) -> str:
        return f"{self.codigo[:4]}-{self.codigo[4:8]}-{self.codigo[8:]}"


@transaction.atomic
def crear_enlace(*, persona: Persona, por: Any, ahora: datetime.datetime) -> EnlaceCreado:
    """Make a link for a person; the one that was open stops working. Staff have none: a link is one factor only."""
    if persona.cuenta and es_personal(persona.cuenta):
        raise ErrorDeDominio("es_personal", _("Esta persona entra con su propia clave. Pídale que la use."))
    # Two clicks at once: one waits for the person's row, and its link is the one that works.
    Persona.objects.select_for_update().get(pk=persona.pk)
    abiertos = EnlaceDeAcceso.objects.filter(persona=persona, usado_en__isnull=True, anulado_en__isnull=True)
    abiertos.update(anulado_en=ahora)
    codigo = "".join(secrets.choice(ALFABETO) for _posicion in range(LARGO_DEL_CODIGO))
    creado = EnlaceCreado(token=_token(persona.pk, codigo), codigo=codigo, vence_en=ahora + VIGENCIA)
    EnlaceDeAcceso.objects.create(
        persona=persona, huella=_huella(creado.token), creado_por=por, creado_en=ahora, vence_en=creado.vence_en
    )
    rastro.anotar(accion="instancias.crear_enlace", persona=persona, por=por)
    return creado


def mirar_enlace(*, token: str, ahora: datetime.datetime) -> Persona:
    """Return whose link it is, without using it up: previews of messages fetch addresses."""
    enlace = _vigentes(token, ahora).select_related("persona").first()
    if enlace is None:
        raise EnlaceError
    return enlace.persona


@transaction.atomic
def consumir_enlace(*, token: str, ahora: datetime.datetime) -> Any:
    """Use the link up and return the account of its person, made now if it is the first time.

    Two touches at once: the conditional update lets exactly one through. It asks of the row itself, by its key: asked
    through the person, PostgreSQL would look the row up before waiting for it and let both in.
    """
    persona = mirar_enlace(token=token, ahora=ahora)
    if persona.cuenta and (not persona.cuenta.is_active or es_personal(persona.cuenta)):
        raise EnlaceError
    libre = EnlaceDeAcceso.objects.filter(huella=_huella(token), usado_en__isnull=True, anulado_en__isnull=True)
    if not libre.filter(vence_en__gt=ahora).update(usado_en=ahora):
        raise EnlaceError
    cuenta = persona.cuenta or _crear_cuenta(persona)
    anotar_entrada(cuenta=cuenta, ahora=ahora)
    return cuenta


def token_de_tarjeta(*, documento: str, codigo: str, direccion: str, ahora: datetime.datetime) -> str:
    """Return the token behind a printed card, from the document and the code on it. Tries are braked."""
    documento = normalizar_identificador(documento)
    turno = {"proposito": "tarjeta", "cuenta": documento, "direccion": direccion}
    frenos.tomar_turno(**turno, ahora=ahora)
    codigo = re.sub(r"[\s\-]", "", codigo).upper().translate(PARECIDAS)
    for persona_id in Persona.objects.filter(documento__iexact=documento).values_list("pk", flat=True)[:3]:
        token = _token(persona_id, codigo)
        if _vigentes(token, ahora).exists():
            frenos.soltar(**turno)
            return token
    raise EnlaceError


def _vigentes(token: str, ahora: datetime.datetime) -> QuerySet[EnlaceDeAcceso]:
    return EnlaceDeAcceso.objects.filter(
        huella=_huella(token),
        usado_en__isnull=True,
        anulado_en__isnull=True,
        vence_en__gt=ahora,
        persona__activa=True,
    )


def _crear_cuenta(persona: Persona) -> Any:
    """An account without key yet. Its name is a number of ours: the document stays in one place."""
    cuenta = get_user_model()(username=f"persona-{persona.pk}")
    cuenta.set_unusable_password()
    cuenta.save()
    persona.cuenta = cuenta
    persona.save(update_fields=["cuenta"])
    return cuenta


def _token(persona_id: int, codigo: str) -> str:
    numero = int.from_bytes(salted_hmac("instancias.enlaces", f"{persona_id}\n{codigo}", algorithm="sha256").digest())
    letras = []
    for _posicion in range(LARGO_DEL_TOKEN):
        numero, resto = divmod(numero, len(ALFABETO))
        letras.append(ALFABETO[resto])
    return "".join(letras)


def _huella(token: str) -> str:
    return hashlib.sha256(token.strip().upper().encode()).hexdigest()
