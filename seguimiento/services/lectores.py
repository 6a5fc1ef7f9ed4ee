"""Keys with which other systems read figures: made, shown once, used, taken back."""

from __future__ import annotations

import datetime
import hashlib
import secrets
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from instancias.politica import AlcanceEfectivo, alcance_de
from instancias.querysets import bajo
from marco.errores import ErrorDeDominio
from marco.restricciones import otra_vez

from ..models import Lector

PREFIJO = "kuska_"
DIAS_DE_VIDA = 366
POR_MINUTO = 60


class LectorError(ErrorDeDominio):
    """Codes: ``fuera_de_alcance``, ``vence_mal``, ``ya_creada``, ``no_encontrado``.

    Of a key that is used: ``no_sirve``, ``revocada``, ``vencida``, ``sin_alcance``, ``espere``.
    """


@otra_vez((Lector, "operacion"))
def crear_lector(
    *,
    nombre: str,
    ubigeo: str,
    vence_el: datetime.date,
    operacion: uuid.UUID,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
) -> tuple[Lector, str]:
    """Make a reader of a territory of the scope. Returns it with its key, that nobody can read again.

    The same form sent twice makes one: the second time raises ``ya_creada``.
    """
    if not alcance.puede_gestionar or not alcance.cubre(ubigeo):
        raise LectorError("fuera_de_alcance", _("Ese lugar no es de su zona. Elija otro de la lista."))
    hoy = timezone.localdate(ahora)
    if not hoy <= vence_el <= hoy + datetime.timedelta(days=DIAS_DE_VIDA):
        frase = _("El último día puede ser desde hoy hasta el %(dia)s. Escriba otro.")
        limite = date_format(hoy + datetime.timedelta(days=DIAS_DE_VIDA))
        raise LectorError("vence_mal", frase % {"dia": limite})
    if Lector.objects.filter(operacion=operacion).exists():
        frase = _("Esa clave ya se creó y no se puede mostrar otra vez. Si no la guardó, revóquela y cree otra.")
        raise LectorError("ya_creada", frase)
    clave = PREFIJO + secrets.token_urlsafe(32)
    lector = Lector.objects.create(
        nombre=nombre,
        territorio_id=ubigeo,
        huella=huella_de(clave),
        operacion=operacion,
        creado_por=por,
        creado_en=ahora,
        vence_el=vence_el,
    )
    log(lector, "seguimiento.lector", user=por, data={"territorio": ubigeo, "vence": vence_el.isoformat()})
    return lector, clave


@transaction.atomic
def revocar_lector(*, lector_id: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> None:
    """End a key at once. Doing it again changes nothing. Out of reach and absent are the same answer."""
    lector = Lector.objects.filter(bajo(alcance.prefijos, "territorio__ubigeo"), pk=lector_id).first()
    if lector is None or not alcance.puede_gestionar:
        raise LectorError("no_encontrado", _("No encontramos esa clave. Vuelva a la lista."))
    libres = Lector.objects.filter(pk=lector_id, revocado_en__isnull=True)
    if libres.update(revocado_por=por, revocado_en=ahora):
        log(lector, "seguimiento.lector_revocado", user=por)


def usar_clave(*, clave: str, ahora: datetime.datetime) -> Lector:
    """Return who reads with this key, and count the request. Three statements, whoever asks and however much.

    Raises LectorError. A key reaches no further than whoever made it reaches today.
    """
    lector = Lector.objects.filter(huella=huella_de(clave)).select_related("creado_por").first()
    if lector is None:
        raise LectorError("no_sirve", _("Esa clave no existe. Revise que esté completa o pida otra."))
    hoy = timezone.localdate(ahora)
    if lector.revocado_en is not None:
        raise LectorError("revocada", _("Esa clave fue revocada. Pida otra a quien se la dio."))
    if lector.vencio(hoy):
        frase = _("Esa clave venció el %(dia)s. Pida otra a quien se la dio.") % {"dia": date_format(lector.vence_el)}
        raise LectorError("vencida", frase)
    if lector.creado_por is None or not alcance_de(lector.creado_por, hoy=hoy).cubre(lector.territorio_id):
        frase = _("Quien dio esa clave ya no responde por ese territorio. Pida otra a quien lo acompaña hoy.")
        raise LectorError("sin_alcance", frase)
    _contar(lector, ahora)
    return lector


def _contar(lector: Lector, ahora: datetime.datetime) -> None:
    """One more request of this minute, in one statement: at once from several processes, none is lost.

    In the database, so that it also holds while the cache is away.
    """
    minuto = ahora.replace(second=0, microsecond=0)
    cabe = Q(ventana__isnull=True) | Q(pedidos__lt=POR_MINUTO) | ~Q(ventana=minuto)
    contado = Lector.objects.filter(cabe, pk=lector.pk).update(
        pedidos=Case(When(ventana=minuto, then=F("pedidos") + 1), default=Value(1)), ventana=minuto, usado_en=ahora
    )
    if not contado:
        frase = _("Son más de %(n)d pedidos en un minuto. Espere %(segundos)d segundos y siga.")
        raise LectorError("espere", frase % {"n": POR_MINUTO, "segundos": segundos_para_seguir(ahora)})


def segundos_para_seguir(ahora: datetime.datetime) -> int:
    """Until the next minute begins."""
    return 60 - ahora.second


def huella_de(clave: str) -> str:
    """Random and long: a plain digest is enough, and finds its row in one statement."""
    return hashlib.sha256(clave.encode()).hexdigest()
