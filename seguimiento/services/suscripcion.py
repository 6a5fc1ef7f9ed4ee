"""Asking for the weekly summary by e-mail, confirming that the e-mail is one's own, and leaving it."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from instancias.politica import alcance_de
from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula

from ..models import Suscripcion

logger = logging.getLogger(__name__)
PARA_CONFIRMAR, PARA_SALIR = "kuska.resumen.confirmar", "kuska.resumen.salir"
DIAS_PARA_CONFIRMAR = datetime.timedelta(days=3)
ENTRE_PEDIDOS = datetime.timedelta(minutes=5)
CADUCA = datetime.timedelta(days=1)


class SuscripcionError(ErrorDeDominio):
    """Codes: ``sin_correo``, ``espere``, ``no_sirve``."""


@transaction.atomic
def pedir_resumen(*, cuenta: Any, correo: str, ahora: datetime.datetime) -> None:
    """Write down where an account wants its summary. The same e-mail, already confirmed, stays as it is.

    Raises ``sin_correo`` where the site sends none, and ``espere`` when another message has just been asked for.
    """
    if not AjustesDelAula.actuales().correo_activo:
        raise SuscripcionError("sin_correo", _("Este sitio no envía correos."))
    actual = Suscripcion.objects.select_for_update().filter(cuenta=cuenta).first()
    if actual and actual.confirmada_en and actual.correo == correo:
        return
    if actual and ahora - actual.pedida_en < ENTRE_PEDIDOS:
        frase = _("Ya pidió un mensaje hace menos de cinco minutos. Espere un momento y pida otro.")
        raise SuscripcionError("espere", frase)
    Suscripcion.objects.update_or_create(
        cuenta=cuenta, defaults={"correo": correo, "pedida_en": ahora, "aviso_en": None, "confirmada_en": None}
    )
    log(cuenta, "seguimiento.resumen", user=cuenta, title=f"{cuenta._meta.verbose_name} {cuenta.pk}")


def enviar_confirmaciones(*, ahora: datetime.datetime) -> int:
    """Send the messages to confirm that wait. Each is taken once; what is older than a day is not sent."""
    if not AjustesDelAula.actuales().correo_activo:
        return 0
    esperan = Suscripcion.objects.filter(aviso_en__isnull=True, confirmada_en__isnull=True)
    enviados = 0
    for una in esperan.filter(pedida_en__gte=ahora - CADUCA).select_related("cuenta").order_by("pk"):
        if not esperan.filter(pk=una.pk, pedida_en=una.pedida_en).update(aviso_en=ahora):
            continue
        if not alcance_de(una.cuenta, hoy=timezone.localdate(ahora)):
            continue
        texto = _(
            "Alguien pidió recibir aquí un resumen de cada semana. Si fue usted, abra esta dirección y toque «Sí, "
            "enviarme el resumen»: %(direccion)s\n\nSirve tres días. Si no fue usted, no haga nada."
        )
        try:
            # The subject shows on a locked screen: it says nothing of what this is about.
            EmailMessage(_("Confirme su correo"), texto % {"direccion": _confirmar(una)}, None, [una.correo]).send()
        except OSError:
            logger.warning("message to confirm failed", extra={"suscripcion": una.pk})
            continue
        enviados += 1
    return enviados


def leer_confirmacion(token: str) -> Suscripcion:
    """Who asked for this message. Raises ``no_sirve`` when it is old, or another one was asked for since."""
    try:
        cuenta, correo = signing.loads(token, salt=PARA_CONFIRMAR, max_age=DIAS_PARA_CONFIRMAR)
    except (signing.BadSignature, ValueError, TypeError):
        cuenta, correo = None, ""
    suscripcion: Suscripcion | None = Suscripcion.objects.filter(cuenta_id=cuenta, correo=correo).first()
    if suscripcion is None:
        raise SuscripcionError("no_sirve", _("Esta dirección ya no sirve. Pida otra en el Panel."))
    return suscripcion


def confirmar(*, token: str, ahora: datetime.datetime) -> None:
    """The e-mail is of whoever opened its message. Doing it again changes nothing."""
    suscripcion = leer_confirmacion(token)
    Suscripcion.objects.filter(pk=suscripcion.pk, confirmada_en__isnull=True).update(confirmada_en=ahora)


def dejar_resumen(*, cuenta_id: Any, por: Any = None) -> None:
    """No more summaries for an account, at once. Doing it again changes nothing."""
    suya = Suscripcion.objects.filter(cuenta_id=cuenta_id).select_related("cuenta").first()
    if suya is not None:
        suya.delete()
        cuenta = suya.cuenta
        log(cuenta, "seguimiento.resumen_no", user=por, title=f"{cuenta._meta.verbose_name} {cuenta.pk}")


def cuenta_que_sale(token: str) -> str:
    """The account of a link to leave. It has no last day. Raises ``no_sirve``."""
    try:
        cuenta: str = signing.loads(token, salt=PARA_SALIR)
    except signing.BadSignature as error:
        frase = _("Esta dirección no está completa. Ábrala otra vez desde el correo.")
        raise SuscripcionError("no_sirve", frase) from error
    return cuenta


def _confirmar(suscripcion: Suscripcion) -> str:
    token = signing.dumps([str(suscripcion.cuenta_id), suscripcion.correo], salt=PARA_CONFIRMAR)
    return _del_sitio(reverse("kuska_seguimiento:resumen_confirmar", args=[token]))


def direccion_para_salir(cuenta_id: Any) -> str:
    token = signing.dumps(str(cuenta_id), salt=PARA_SALIR)
    return _del_sitio(reverse("kuska_seguimiento:resumen_salir", args=[token]))


def _del_sitio(ruta: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + ruta
