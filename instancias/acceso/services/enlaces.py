"""Personal links: random, one use, seven days at most. Opening one uses nothing up; only its button does.

One link opens for each person. It dies when a seat of the person ends, whoever made it, and when they choose a key.

The token has 130 random-looking bits and only its digest is kept. The short code of the printed card is what the
token is made from: with the document and the server's secret it gives the same token, so that a card can be typed by
hand, and the code alone opens nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ... import rastro
from ...models import EnlaceDeAcceso, Persona
from ...models.acceso import ultimo_dia_entero
from ...politica import es_personal
from ..accesos import Acceso, acceso_de
from . import frenos
from .entrada import anotar_entrada, normalizar_identificador

ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LARGO_DEL_TOKEN = 26
LARGO_DEL_CODIGO = 10
VIGENCIA = datetime.timedelta(days=7)
PARECIDAS = str.maketrans("ILOU", "110V")


class EnlaceVivo(ErrorDeDominio):
    """There is a link that still works: another one would kill it, and that is asked for in so many words."""

    def __init__(self) -> None:
        super().__init__("hay_otro", _("Ya hay un enlace que sirve. Si hace otro, ese deja de servir."))


class EnlaceError(ErrorDeDominio):
    """The link opens nothing: used, expired, replaced or never made. All of them get the same words."""

    def __init__(self) -> None:
        super().__init__("enlace_no_sirve", _("Este enlace ya se usó o venció. Entre con su clave o pida otro."))


class TarjetaError(EnlaceError):
    """Document and code open nothing, whatever the reason. It may be a letter: whoever typed them looks again."""

    def __init__(self) -> None:
        mensaje = _("El DNI y el código no son de una tarjeta que sirva. Revise los dos; si ya la usó, pida otra.")
        ErrorDeDominio.__init__(self, "tarjeta_no_sirve", mensaje)


@dataclass(frozen=True)
class EnlaceCreado:
    """What is told once to whoever made the link: nothing of it can be read back later."""

    token: str
    codigo: str
    vence_en: datetime.datetime

    @property
    def huella(self) -> str:
        return _huella(self.token)

    @property
    def ultimo_dia(self) -> datetime.date:
        return ultimo_dia_entero(self.vence_en)

    @property
    def codigo_legible(self) -> str:
        return f"{self.codigo[:4]}-{self.codigo[4:8]}-{self.codigo[8:]}"


@transaction.atomic
def crear_enlace(*, persona: Persona, por: Any, ahora: datetime.datetime, reemplaza: bool = True) -> EnlaceCreado:
    """Make a link for a person; the one that was open stops working, or ``EnlaceVivo`` says that there is one.

    Staff have none: a link is one factor only. A closed account has none: it would open nothing.
    """
    if acceso_de(persona) == Acceso.CERRADO:
        raise ErrorDeDominio(
            "cuenta_cerrada",
            _("La cuenta de esta persona está desactivada: ningún enlace abre. Pida que la activen y hágalo después."),
        )
    if persona.cuenta and es_personal(persona.cuenta):
        raise ErrorDeDominio("es_personal", _("Esta persona entra con su propia clave. Pídale que la use."))
    # Two clicks at once: one waits for the person's row, and its link is the one that works.
    Persona.objects.select_for_update().get(pk=persona.pk)
    abiertos = _abiertos(persona)
    if not reemplaza and abiertos.filter(vence_en__gt=ahora).exists():
        raise EnlaceVivo
    abiertos.update(anulado_en=ahora)
    hoy = timezone.localdate(ahora)
    creado = nuevo_enlace(persona.pk, ahora, persona.membresias.sin_terminar(hoy).values_list("hasta", flat=True))
    fila_de(creado, persona=persona, por=por, ahora=ahora).save()
    rastro.anotar(accion="instancias.crear_enlace", persona=persona, por=por)
    return creado


def recordar_enlace(*, persona: Persona, codigo: str, ahora: datetime.datetime) -> EnlaceCreado | None:
    """Return again the link that somebody made, from the code that only they keep; None once it opens nothing."""
    token = _token(persona.pk, codigo)
    enlace = _vigentes(token, ahora).first()
    return EnlaceCreado(token=token, codigo=codigo, vence_en=enlace.vence_en) if enlace else None


def recordar_varios(codigos: Mapping[int, str], *, ahora: datetime.datetime) -> dict[int, EnlaceCreado]:
    """The same of many people, by their number: those that open nothing are left out. One statement."""
    tokens = {_huella(token): (persona_id, token) for persona_id, token in _tokens(codigos)}
    vencen = _que_abren(ahora).filter(huella__in=tokens).values_list("huella", "vence_en")
    return {
        persona_id: EnlaceCreado(token=token, codigo=codigos[persona_id], vence_en=vence_en)
        for huella, vence_en in vencen
        for persona_id, token in [tokens[huella]]
    }


def buscar_enlace(*, token: str) -> EnlaceDeAcceso | None:
    """Return the link with this token, also one that opens nothing any more."""
    return EnlaceDeAcceso.objects.filter(huella=_huella(token)).select_related("persona__cuenta", "creado_por").first()


def contar_lo_que_no_existe(*, ip: str, ahora: datetime.datetime) -> None:
    """A link that was never made was asked for. Raises ``espere`` when too many came from one place.

    One that works opens always: whoever guesses keeps nobody from theirs.
    """
    frenos.tomar_turno(frenos.Intento("enlace", ip=ip, se_busca=True), ahora=ahora)


def dueno_del_usado(registro: EnlaceDeAcceso | None) -> Persona | None:
    """Whose link it was, if it was used and they may come in by the door with their key."""
    if registro is None or registro.usado_en is None:
        return None
    # A register that was hidden since then comes in by the one that stays.
    persona = registro.persona.absorbida_por or registro.persona
    propia = acceso_de(persona) == Acceso.CON_CLAVE and persona.cuenta and not es_personal(persona.cuenta)
    return persona if propia else None


def mirar_enlace(*, token: str, ahora: datetime.datetime) -> Persona:
    """Return whose link it is, without using it up: previews of messages fetch addresses."""
    enlace = _vigentes(token, ahora).select_related("persona__cuenta").first()
    if enlace is None:
        raise EnlaceError
    persona = enlace.persona
    if acceso_de(persona) == Acceso.CERRADO or (persona.cuenta and es_personal(persona.cuenta)):
        raise EnlaceError
    return persona


@transaction.atomic
def consumir_enlace(*, token: str, ahora: datetime.datetime) -> Any:
    """Use the link up and return the account of its person, made now if it is the first time.

    Two touches at once: the conditional update lets exactly one through. It asks of the row itself, by its key: asked
    through the person, PostgreSQL would look the row up before waiting for it and let both in.
    """
    persona = mirar_enlace(token=token, ahora=ahora)
    libre = EnlaceDeAcceso.objects.filter(huella=_huella(token), usado_en__isnull=True, anulado_en__isnull=True)
    if not libre.filter(vence_en__gt=ahora).update(usado_en=ahora):
        raise EnlaceError
    cuenta = persona.cuenta or _crear_cuenta(persona)
    anotar_entrada(cuenta=cuenta, ahora=ahora)
    return cuenta


def anular_enlaces(*, persona: Persona, ahora: datetime.datetime) -> None:
    """Whatever link was open for a person opens nothing any more."""
    _abiertos(persona).update(anulado_en=ahora)


def anotar_apertura(*, token: str, ahora: datetime.datetime) -> None:
    """The page of a link that works was looked at: what its sender sees as «Enlace abierto». The first time counts.

    The page tells it by itself, from a browser, while it is on the screen. Messengers fetch every address that they
    carry and run no script, so asking for the page tells nothing; whoever has no script is seen when they come in.
    """
    _vigentes(token, ahora).filter(abierto_en__isnull=True).update(abierto_en=ahora)


def acabar_con_el_asiento(*, persona: Persona, ultimo_dia: datetime.date, ahora: datetime.datetime) -> None:
    """A seat of the person ends: so does the link that was made while they held it. Called with its row locked."""
    acabar_con_los_asientos(personas=[persona.pk], ultimo_dia=ultimo_dia, ahora=ahora)


def acabar_con_los_asientos(*, personas: Iterable[int], ultimo_dia: datetime.date, ahora: datetime.datetime) -> None:
    """The same for many people whose seats end on one day, known by number. One statement."""
    fin = _fin_del_dia(ultimo_dia)
    abiertos = EnlaceDeAcceso.objects.filter(persona__in=list(personas), usado_en__isnull=True, anulado_en__isnull=True)
    if fin <= ahora:
        abiertos.update(anulado_en=ahora)
    else:
        abiertos.filter(vence_en__gt=fin).update(vence_en=fin)


def token_de_tarjeta(*, documento: str, codigo: str, ip: str, ahora: datetime.datetime) -> str:
    """Return the token behind a printed card, from the document and the code on it. Tries are braked."""
    documento = normalizar_identificador(documento)
    intento = frenos.Intento("tarjeta", cuenta=documento, ip=ip)
    frenos.tomar_turno(intento, ahora=ahora)
    codigo = re.sub(r"[\s\-]", "", codigo).upper().translate(PARECIDAS)
    quienes = Persona.objects.filter(documento__iexact=documento)
    # A card is on paper: it opens also when the key with which it was made is one of those of before.
    claves = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    suyas = quienes.values_list(Coalesce("absorbida_por", "pk"), flat=True)[:3]
    tokens = {_huella(uno): uno for persona in suyas for uno in (_token(persona, codigo, clave) for clave in claves)}
    huella = _que_abren(ahora).filter(huella__in=tokens).values_list("huella", flat=True).first()
    if huella is not None:
        frenos.soltar(intento)
        return tokens[huella]
    raise TarjetaError


def _tokens(codigos: Mapping[int, str]) -> list[tuple[int, str]]:
    return [(persona_id, _token(persona_id, codigo)) for persona_id, codigo in codigos.items()]


def _vigentes(token: str, ahora: datetime.datetime) -> QuerySet[EnlaceDeAcceso]:
    return _que_abren(ahora).filter(huella=_huella(token))


def _que_abren(ahora: datetime.datetime) -> QuerySet[EnlaceDeAcceso]:
    return EnlaceDeAcceso.objects.filter(
        usado_en__isnull=True,
        anulado_en__isnull=True,
        vence_en__gt=ahora,
        persona__activa=True,
    )


def _abiertos(persona: Persona) -> QuerySet[EnlaceDeAcceso]:
    return EnlaceDeAcceso.objects.filter(persona=persona, usado_en__isnull=True, anulado_en__isnull=True)


def nuevo_enlace(persona_id: int, ahora: datetime.datetime, ultimos: Iterable[datetime.date | None]) -> EnlaceCreado:
    """Invent a link. It lives seven days, or until the end of the first of its person's seats: ``ultimos``."""
    codigo = "".join(secrets.choice(ALFABETO) for _posicion in range(LARGO_DEL_CODIGO))
    vence_en = min([ahora + VIGENCIA, *(_fin_del_dia(dia) for dia in ultimos if dia)])
    return EnlaceCreado(token=_token(persona_id, codigo), codigo=codigo, vence_en=vence_en)


def fila_de(creado: EnlaceCreado, *, persona: Persona, por: Any, ahora: datetime.datetime) -> EnlaceDeAcceso:
    """The row of a link, unsaved."""
    return EnlaceDeAcceso(
        persona=persona, huella=creado.huella, creado_por=por, creado_en=ahora, vence_en=creado.vence_en
    )


def _fin_del_dia(dia: datetime.date) -> datetime.datetime:
    """The moment in which the day is over here."""
    return timezone.make_aware(datetime.datetime.combine(dia + datetime.timedelta(days=1), datetime.time.min))


def _crear_cuenta(persona: Persona) -> Any:
    """An account without key yet. Its name is a number of ours: the document stays in one place."""
    cuenta = get_user_model()(username=f"persona-{persona.pk}")
    cuenta.set_unusable_password()
    cuenta.save()
    persona.cuenta = cuenta
    persona.save(update_fields=["cuenta"])
    return cuenta


def _token(persona_id: int, codigo: str, clave: str | None = None) -> str:
    partes = f"{persona_id}\n{codigo}"
    numero = int.from_bytes(salted_hmac("instancias.enlaces", partes, secret=clave, algorithm="sha256").digest())
    letras = []
    for _posicion in range(LARGO_DEL_TOKEN):
        numero, resto = divmod(numero, len(ALFABETO))
        letras.append(ALFABETO[resto])
    return "".join(letras)


def _huella(token: str) -> str:
    return hashlib.sha256(token.strip().upper().encode()).hexdigest()
