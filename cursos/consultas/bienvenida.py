"""What «Inicio» tells whoever has not begun: what to do today, what the way is like and what is earned."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .. import clases
from ..models import Inscripcion
from ..tiempo import en_palabras
from .siguiente import nombre_de, url_para_seguir
from .temario import FilaDeTemario, Temario


@dataclass(frozen=True)
class Antes:
    """Something optional that comes before the first thing asked for."""

    titulo: str
    tiempo: str
    url: str


@dataclass(frozen=True)
class Bienvenida:
    """The first step, and the whole way at a glance. ``modulos`` are the titles of what everybody does, in order."""

    hoy: str
    ir: str
    url: str
    antes: Antes | None
    modulos: tuple[str, ...]
    tiempo: str
    horas: int


def bienvenida_de(inscripcion: Inscripcion, temario: Temario, fila: FilaDeTemario | None) -> Bienvenida | None:
    """Return what to tell of a course that was not begun; ``fila`` is where it starts. No statement.

    What starts it may be optional: then the first thing asked for is today's, and that other is offered beside it.
    """
    if fila is None or inscripcion.iniciada_en is not None or inscripcion.estado == Inscripcion.Estado.TERMINADA:
        return None
    primera = primera_pedida(temario, fila)
    return Bienvenida(
        hoy=_hoy(primera),
        ir=_("Ir %(hacia)s") % {"hacia": clases.clase_de(primera.clase).hacia(primera)},
        url=url_para_seguir(primera, temario.numero, 1),
        antes=lo_de_antes(temario, fila),
        modulos=tuple(dict.fromkeys(una.modulo for una in temario.filas if una.modulo and una.obligatoria)),
        tiempo=en_palabras(temario.segundos_pedidos),
        horas=inscripcion.version.horas,
    )


def _hoy(fila: FilaDeTemario) -> str:
    """«Hoy: lección 1, 6 min»."""
    que = nombre_de(fila)
    datos = {"que": que[:1].lower() + que[1:] if fila.posicion else f"«{que}»", "minutos": fila.minutos}
    return _("Hoy: %(que)s, %(minutos)d min") % datos


def primera_pedida(temario: Temario, fila: FilaDeTemario) -> FilaDeTemario:
    """The first thing asked for, from where a course starts."""
    siguientes = temario.filas[temario.filas.index(fila) :]
    return next((una for una in siguientes if una.obligatoria and not una.es_ruta), fila)


def lo_de_antes(temario: Temario, fila: FilaDeTemario) -> Antes | None:
    """What starts a course, where it is optional: offered beside the first thing asked for."""
    if primera_pedida(temario, fila).id == fila.id:
        return None
    return Antes(fila.titulo, en_palabras(fila.segundos), url_para_seguir(fila, temario.numero, 1))
