"""What a person asks about their own data: received with its term, answered with a reason, never rewritten."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.feriados import sumar_habiles
from marco.models import DiaNoLaborable
from marco.restricciones import otra_vez

from .. import rastro
from ..models import ActoDePedido, PedidoDeDatos, Persona, Supresion
from ..politica import AlcanceEfectivo
from .supresion import suprimir

Acto, Clase, Estado = ActoDePedido.Acto, PedidoDeDatos.Clase, PedidoDeDatos.Estado
# Working days to answer (DS 016-2024-JUS, art. 69).
PLAZOS = {Clase.INFORMACION: 8, Clase.ACCESO: 20, Clase.RECTIFICACION: 10, Clase.SUPRESION: 10, Clase.OPOSICION: 10}
CON_DETALLE = {Clase.RECTIFICACION, Clase.OPOSICION}
LARGO_DEL_TEXTO = 1000


@otra_vez((PedidoDeDatos, "pedido_uno_por_responder_de_cada_clase"))
def pedir(*, persona: Persona, clase: str, detalle: str = "", ahora: datetime.datetime, por: Any) -> PedidoDeDatos:
    """Receive a request of a person about their own data. Asking the same twice is asking once. Raises ``sin_detalle``.

    What is written in another one of a kind that still waits is added to it: none of it is lost, and the term stays.
    ``por``: the account of the person; or of who received it on paper, that answers for them.
    """
    detalle = _texto(detalle)
    if clase in CON_DETALLE and not detalle:
        raise ErrorDeDominio("sin_detalle", _("Escriba qué dato y qué debe decir, o para qué no quiere que se use."))
    abierto = PedidoDeDatos.objects.filter(persona=persona, clase=clase, estado=Estado.RECIBIDO).first()
    if abierto:
        _agregar(abierto, detalle, por, ahora)
        return abierto
    otros = DiaNoLaborable.dias()
    vence_el = sumar_habiles(timezone.localdate(ahora), PLAZOS[Clase(clase)], otros=otros)
    pedido = PedidoDeDatos.objects.create(
        persona=persona, clase=clase, detalle=detalle, recibido_en=ahora, vence_el=vence_el
    )
    _anotar(pedido, Acto.RECIBIR, "", por, ahora)
    rastro.anotar(accion="instancias.pedir", persona=persona, por=por, datos={"pedido": pedido.pk, "clase": clase})
    return pedido


@transaction.atomic
def retirar(*, persona: Persona, pedido_id: int, ahora: datetime.datetime) -> PedidoDeDatos:
    """The person takes a request of their own back. Raises ``no_es_suyo`` and ``ya_respondido``."""
    pedido = PedidoDeDatos.objects.select_for_update().filter(pk=pedido_id, persona=persona).first()
    if pedido is None:
        raise ErrorDeDominio("no_es_suyo", _("No encontramos ese pedido entre los suyos."))
    _cerrar(pedido, Estado.RETIRADO, ahora)
    _anotar(pedido, Acto.RETIRAR, "", persona.cuenta, ahora)
    return pedido


@transaction.atomic
def anotar(*, pedido_id: int, texto: str, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> None:
    """Leave a note of what was done meanwhile. Raises ``fuera_de_alcance`` and ``sin_texto``."""
    _anotar(_al_alcance(pedido_id, alcance), Acto.ANOTAR, _con_texto(texto), por, ahora)


@transaction.atomic
def responder(
    *, pedido_id: int, procede: bool, texto: str, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime
) -> Supresion | None:
    """Answer with its reason. Of who asked to be taken away, saying yes takes their data away in this same act.

    Raises ``fuera_de_alcance``, ``sin_texto``, ``ya_respondido`` and whatever ``suprimir`` raises.
    """
    pedido = _al_alcance(pedido_id, alcance)
    texto = _con_texto(texto)
    _cerrar(pedido, Estado.ATENDIDO if procede else Estado.NO_PROCEDE, ahora)
    rastro.anotar(accion="instancias.responder", persona=pedido.persona, por=por, datos={"pedido": pedido.pk})
    supresion = None
    if procede and pedido.clase == Clase.SUPRESION:
        supresion = suprimir(persona_id=pedido.persona_id, alcance=alcance, por=por, ahora=ahora, pedido=pedido)
        texto = _("Se suprimieron sus datos.")  # what was written could name the person
    _anotar(pedido, Acto.ATENDER if procede else Acto.NEGAR, texto, por, ahora)
    return supresion


def recontar() -> None:
    """A day that is not worked was added or taken: the requests that wait for an answer count their term again."""
    otros = DiaNoLaborable.dias()
    for pedido in PedidoDeDatos.objects.filter(estado=Estado.RECIBIDO):
        recibido = timezone.localdate(pedido.recibido_en)
        vence_el = sumar_habiles(recibido, PLAZOS[Clase(pedido.clase)], otros=otros)
        if vence_el != pedido.vence_el:
            PedidoDeDatos.objects.filter(pk=pedido.pk).update(vence_el=vence_el)


def _al_alcance(pedido_id: int, alcance: AlcanceEfectivo) -> PedidoDeDatos:
    """For this act alone. Absent and out of reach are the same answer."""
    if not alcance.pedidos_de_datos().filter(pk=pedido_id).exists():
        raise ErrorDeDominio("fuera_de_alcance", _("Ese pedido no está a su cargo."))
    filas = PedidoDeDatos.objects.select_for_update(of=("self",)).select_related("persona")
    return filas.get(pk=pedido_id)


def _cerrar(pedido: PedidoDeDatos, estado: str, ahora: datetime.datetime) -> None:
    if not pedido.por_responder:
        raise ErrorDeDominio("ya_respondido", _("Ese pedido ya se respondió o se retiró."))
    pedido.estado, pedido.respondido_en = estado, ahora
    pedido.save(update_fields=["estado", "respondido_en"])


def _anotar(pedido: PedidoDeDatos, acto: str, texto: str, por: Any, ahora: datetime.datetime) -> None:
    ActoDePedido.objects.create(pedido=pedido, acto=acto, texto=texto, por=por, en=ahora)


def _agregar(pedido: PedidoDeDatos, detalle: str, por: Any, ahora: datetime.datetime) -> None:
    """Note what a request that waits did not say yet. The same words sent again add nothing."""
    dicho = {pedido.detalle, *pedido.actos.filter(acto=Acto.ANOTAR).values_list("texto", flat=True)}
    if detalle and detalle not in dicho:
        _anotar(pedido, Acto.ANOTAR, detalle, por, ahora)
        datos = {"pedido": pedido.pk, "clase": pedido.clase}
        rastro.anotar(accion="instancias.pedir", persona=pedido.persona, por=por, datos=datos)


def _texto(texto: str) -> str:
    return str(texto).strip()[:LARGO_DEL_TEXTO]


def _con_texto(texto: str) -> str:
    if not _texto(texto):
        raise ErrorDeDominio("sin_texto", _("Escriba la respuesta con su razón: la persona la leerá."))
    return _texto(texto)
