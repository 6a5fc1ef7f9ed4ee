"""The summary of the week by e-mail: each Monday from eight, once an account, to who confirmed and still has a scope.

One that may have gone out is not sent again. One that the server of mail refused is tried three times, that same day;
while a list of its people is by half it waits, that same day too.
A copy of the database that is restored sends nothing of another week.
"""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from instancias.politica import alcance_de
from marco.models import AjustesDelAula

from ..consultas.a_medias import ListaAMedias
from ..consultas.semana import semana_de
from ..models import EnvioDeResumen, Suscripcion
from ..resumen import texto_de
from .suscripcion import direccion_para_salir

logger = logging.getLogger(__name__)
Estado = EnvioDeResumen.Estado
LUNES, LAS_OCHO = 1, datetime.time(8)
VECES = 3
DEMASIADO = datetime.timedelta(minutes=10)
SE_GUARDA = datetime.timedelta(days=90)


def preparar_resumenes(*, ahora: datetime.datetime) -> list[int]:
    """Write down who gets one this Monday, and return those that wait. On another day or hour, none."""
    local = timezone.localtime(ahora)
    semana = local.date()
    EnvioDeResumen.objects.filter(semana__lt=semana - SE_GUARDA).delete()
    de_antes = Q(semana__lt=semana, estado__in=[Estado.POR_ENVIAR, Estado.SALIENDO])
    en_duda = Q(estado=Estado.SALIENDO, tomado_en__lt=ahora - DEMASIADO)
    EnvioDeResumen.objects.filter(de_antes | en_duda).update(estado=Estado.NO_SALIO)
    if semana.isoweekday() != LUNES or local.time() < LAS_OCHO or not AjustesDelAula.actuales().correo_activo:
        return []
    confirmadas = Suscripcion.objects.filter(confirmada_en__isnull=False, cuenta__is_active=True)
    cuentas = confirmadas.values_list("cuenta", flat=True)
    nuevos = [EnvioDeResumen(cuenta_id=cuenta, semana=semana) for cuenta in cuentas]
    EnvioDeResumen.objects.bulk_create(nuevos, ignore_conflicts=True)
    esperan = EnvioDeResumen.objects.filter(semana=semana, estado=Estado.POR_ENVIAR)
    return list(esperan.order_by("pk").values_list("pk", flat=True))


def enviar_resumen(*, envio_id: int, ahora: datetime.datetime) -> None:
    """Send one, if it still waits and its account still asks for it and answers for some place."""
    tomado = EnvioDeResumen.objects.filter(pk=envio_id, estado=Estado.POR_ENVIAR)
    if not tomado.update(estado=Estado.SALIENDO, tomado_en=ahora, veces=F("veces") + 1):
        return
    envio = EnvioDeResumen.objects.select_related("cuenta").get(pk=envio_id)
    try:
        mensaje = _escrito(envio, ahora)
    except ListaAMedias:  # it was not tried: it waits, that same day, until the list is whole
        _cerrar(envio, Estado.POR_ENVIAR, veces=F("veces") - 1)
        return
    if mensaje is None:
        _cerrar(envio, Estado.NO_SALIO)
        return
    try:
        mensaje.send()
    except OSError:  # refused, or the server of mail does not answer
        logger.warning("summary by e-mail failed", extra={"envio": envio.pk})
        _cerrar(envio, Estado.POR_ENVIAR if envio.veces < VECES else Estado.NO_SALIO)
        return
    _cerrar(envio, Estado.ENVIADO)


def _escrito(envio: EnvioDeResumen, ahora: datetime.datetime) -> EmailMessage | None:
    suya = Suscripcion.objects.filter(cuenta_id=envio.cuenta_id, confirmada_en__isnull=False).first()
    alcance = alcance_de(envio.cuenta, hoy=timezone.localdate(ahora))
    if suya is None or not alcance or not AjustesDelAula.actuales().correo_activo:
        return None
    semana = semana_de(alcance, ahora=ahora)
    if semana is None:
        return None
    salir = direccion_para_salir(envio.cuenta_id)
    despedida = _("Para no recibir más este resumen: %(direccion)s") % {"direccion": salir}
    return EmailMessage(
        _("Resumen de la semana"),
        f"{texto_de(semana)}\n\n{despedida}\n",
        None,
        [suya.correo],
        headers={
            "List-Unsubscribe": f"<{salir}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def _cerrar(envio: EnvioDeResumen, estado: str, **otros: Any) -> None:
    EnvioDeResumen.objects.filter(pk=envio.pk, estado=Estado.SALIENDO).update(estado=estado, **otros)
