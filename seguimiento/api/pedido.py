"""What an address asks for: of which edition, of which day, and which page."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Schema

from instancias.politica import AlcanceEfectivo

from ..consultas.ambito import Ambito, edicion_por_defecto, ediciones_del
from ..dia import dia_pedido
from .errores import MAXIMO, PedidoInvalido

T = TypeVar("T")
POR_PAGINA = 100


class DeUnDia(Schema):
    al: str = Field("", description="Día de las cifras, como 2026-09-30; sin él, hoy.")
    edicion: str = Field("", description="Número de la edición; sin él, la que recibe integrantes ese día.")


class PorPaginas(Schema):
    despues: str = Field("", description="«siguiente» de la página anterior.")
    limite: int = Field(POR_PAGINA, ge=1, le=MAXIMO, description="Filas por página.")


class PaginaDeUnDia(PorPaginas, DeUnDia):
    pass


PedidoDePagina = Query[PorPaginas]
PedidoDeUnDia = Query[PaginaDeUnDia]


def alcance_del(request: HttpRequest) -> AlcanceEfectivo:
    return AlcanceEfectivo((request.auth.territorio_id,))  # type: ignore[attr-defined]


def ambito_del(request: HttpRequest, pedido: DeUnDia) -> Ambito:
    """The limits of an answer. One statement. Raises PedidoInvalido, with the sentence of the panel."""
    alcance = alcance_del(request)
    ediciones = ediciones_del(alcance)
    ambito = Ambito(prefijos=alcance.prefijos, ahora=timezone.now(), ediciones=ediciones)
    dia = dia_pedido(pedido.al, ambito)
    if dia.motivo:
        raise PedidoInvalido("al", dia.motivo)
    ambito = replace(ambito, al=dia.dia)
    if not pedido.edicion:
        return replace(ambito, edicion=edicion_por_defecto(ediciones, dia=ambito.dia))
    edicion = next((una for una in ediciones if str(una.id) == pedido.edicion), None)
    if edicion is None:
        frase = _("«%(leido)s» no es una edición de su territorio. Pida la lista en «ediciones».")
        raise PedidoInvalido("edicion", frase % {"leido": pedido.edicion[:20]})
    return replace(ambito, edicion=edicion)


@dataclass(frozen=True)
class Tramo:
    """The rows of a page and the key with which the next one begins, if there is one."""

    filas: list
    siguiente: str | None


def cortar(filas: Sequence[T], *, clave: Callable[[T], str], limite: int) -> Tramo:
    """Keep a page of rows that were asked for with one more than fit."""
    una = list(filas[:limite])
    return Tramo(una, clave(una[-1]) if len(filas) > limite else None)


def numero_de(pedido: PorPaginas) -> int:
    """The number after which a page begins. Raises PedidoInvalido."""
    if pedido.despues and not (pedido.despues.isascii() and pedido.despues.isdigit() and len(pedido.despues) < 19):
        frase = _("«%(leido)s» no es un valor de «despues». Use el «siguiente» de la página anterior.")
        raise PedidoInvalido("despues", frase % {"leido": pedido.despues[:20]})
    return int(pedido.despues or 0)


def comun(request: HttpRequest, ambito: Ambito, tramo: Tramo) -> dict:
    """What every page of a day says of itself."""
    dia: datetime.date = ambito.dia
    return {
        "al": dia,
        "territorio": request.auth.territorio_id,  # type: ignore[attr-defined]
        "edicion": ambito.edicion.id if ambito.edicion else None,
        "siguiente": tramo.siguiente,
    }
