"""Personal links by e-mail, to those who left theirs: asked for by somebody, sent in the background, never twice.

A message that may have gone out is not sent again: whoever asked sees that it is not known, and makes another link.
A copy of the database that is restored sends nothing of before: what is older than a day stays where it is.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.de_estos import DeEstos
from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula
from marco.restricciones import otra_vez

from ... import rastro
from ...models import EnvioPorCorreo, Persona
from ...politica import alcance_de
from ..firmas import firma
from ..invitaciones import por_invitar
from ..mensajes import mensaje_con_enlace
from .enlaces import anular_enlaces, crear_enlace

logger = logging.getLogger(__name__)
Estado = EnvioPorCorreo.Estado
EN_CAMINO = (Estado.POR_ENVIAR, Estado.SALIENDO)
CADUCA = datetime.timedelta(days=1)
DEMASIADO = datetime.timedelta(minutes=10)


def por_correo(personas: QuerySet[Persona]) -> QuerySet[Persona]:
    """Among those who wait for a link, who left an e-mail."""
    return personas.exclude(correo="")


@otra_vez((EnvioPorCorreo, "envio_uno_en_camino_por_persona"))
def pedir_envios(*, personas: Iterable[Persona], por: Any, ahora: datetime.datetime) -> int:
    """Write down that each of these people gets a link by e-mail. Asked twice, it goes out once.

    Returns how many are new: whoever waits for theirs already is not asked for again, nor told in the trail.
    """
    if not AjustesDelAula.actuales().correo_activo:
        raise ErrorDeDominio("sin_correo", _("Este sitio no envía correos."))
    gente = {una.pk: una for una in personas}
    en_camino = EnvioPorCorreo.objects.filter(DeEstos("persona_id", gente), estado__in=EN_CAMINO)
    quienes = sorted(gente.keys() - set(en_camino.values_list("persona_id", flat=True)))
    rastro.cambio(accion="instancias.pedir_correo", personas=quienes, por=por, ahora=ahora)
    filas = (EnvioPorCorreo(persona=gente[pk], pedido_por=por, pedido_en=ahora) for pk in quienes)
    return len(EnvioPorCorreo.objects.bulk_create(filas))


def por_enviar(*, ahora: datetime.datetime) -> list[int]:
    """What waits, by number; and what was taken and never told how it ended is closed: it may have gone out."""
    EnvioPorCorreo.objects.filter(estado=Estado.SALIENDO, tomado_en__lt=ahora - DEMASIADO).update(
        estado=Estado.NO_SALIO
    )
    EnvioPorCorreo.objects.filter(estado=Estado.POR_ENVIAR, pedido_en__lt=ahora - CADUCA).update(estado=Estado.NO_SALIO)
    return list(EnvioPorCorreo.objects.filter(estado=Estado.POR_ENVIAR).order_by("pk").values_list("pk", flat=True))


def enviar(*, envio_id: int, ahora: datetime.datetime) -> None:
    """Send one, if it is still to be sent, whoever asked may still do it, and the person still waits for a link."""
    tomado = EnvioPorCorreo.objects.filter(pk=envio_id, estado=Estado.POR_ENVIAR)
    if not tomado.update(estado=Estado.SALIENDO, tomado_en=ahora):
        return
    envio = EnvioPorCorreo.objects.select_related("pedido_por").get(pk=envio_id)
    persona = _quien_espera(envio, ahora)
    if persona is None:
        _cerrar(envio, Estado.NO_SALIO)
        return
    try:
        with transaction.atomic():
            creado = crear_enlace(persona=persona, por=envio.pedido_por, ahora=ahora, reemplaza=False)
            envio.enlace = persona.enlaces.get(huella=creado.huella)
            envio.save(update_fields=["enlace"])
    except ErrorDeDominio:
        _cerrar(envio, Estado.NO_SALIO)
        return
    texto = mensaje_con_enlace(persona=persona, creado=creado, firmado=firma(envio.pedido_por))
    try:
        # The subject shows on a locked screen: it says nothing of what this is about.
        send_mail(_("Su enlace personal"), texto, None, [persona.correo])
    except OSError:
        # The server of mail refused it or did not answer. What may have left opens nothing, and the person waits again.
        logger.warning("link by e-mail failed", extra={"envio": envio.pk})
        anular_enlaces(persona=persona, ahora=ahora)
        _cerrar(envio, Estado.NO_SALIO)
        return
    _cerrar(envio, Estado.ENVIADO)


def cuenta_de_hoy(*, por: Any, ahora: datetime.datetime) -> dict[str, int]:
    """How many of those that an account asked for today are at each point. One statement."""
    desde = timezone.localtime(ahora).replace(hour=0, minute=0, second=0, microsecond=0)
    suyos = EnvioPorCorreo.objects.filter(pedido_por=por, pedido_en__gte=desde).order_by()
    return dict(suyos.values("estado").annotate(n=Count("pk")).values_list("estado", "n"))


def _quien_espera(envio: EnvioPorCorreo, ahora: datetime.datetime) -> Persona | None:
    if envio.pedido_por is None or not AjustesDelAula.actuales().correo_activo:
        return None
    alcance = alcance_de(envio.pedido_por, hoy=timezone.localdate(ahora))
    esperan = por_correo(por_invitar(alcance.personas_a_cargo(), ahora=ahora))
    persona: Persona | None = esperan.filter(pk=envio.persona_id).select_related("cuenta").first()
    return persona


def _cerrar(envio: EnvioPorCorreo, estado: str) -> None:
    EnvioPorCorreo.objects.filter(pk=envio.pk, estado=Estado.SALIENDO).update(estado=estado)
