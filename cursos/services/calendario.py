"""A meeting: written, corrected, called off with its reason, or taken away by who answers for its territory."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from instancias.models import TipoDeAsiento
from instancias.politica import alcance_de
from marco.lineas import linea_limpia
from marco.motivos import leer_motivo

from ..consultas.calendario import LLAVE
from ..errores import CursoError
from ..models import Encuentro

LO_MAS_LEJOS = datetime.timedelta(days=366)


@dataclass(frozen=True)
class Convocatoria:
    """What was written of a meeting."""

    titulo: str
    dia: datetime.date
    hora: datetime.time
    lugar: str
    territorio: str
    tipos_de_asiento: tuple[TipoDeAsiento, ...] = ()


@transaction.atomic
def convocar(*, datos: Convocatoria, por: Any, ahora: datetime.datetime) -> Encuentro:
    """Write a meeting. Raises ``fuera_de_alcance``, ``dia_pasado``, ``muy_lejos``, ``mal_escrito``."""
    campos = _comprobar(datos, por=por, ahora=ahora)
    encuentro = Encuentro.objects.create(**campos, creado_por=por, creado_en=ahora)
    encuentro.tipos_de_asiento.set(datos.tipos_de_asiento)
    _anotar("wagtail.create", encuentro, por)
    return encuentro


@transaction.atomic
def corregir_encuentro(*, encuentro: Encuentro, datos: Convocatoria, por: Any, ahora: datetime.datetime) -> None:
    """Change what a meeting says. Raises what ``convocar`` does, and ``ya_paso``, ``cancelado`` and ``ya_no_esta``."""
    try:  # as it is now: somebody may have called it off since it was read
        encuentro.refresh_from_db(from_queryset=Encuentro.objects.select_for_update())
    except Encuentro.DoesNotExist as error:
        raise CursoError("ya_no_esta", _("Ese encuentro ya no está.")) from error
    _exigir(encuentro.territorio_id, por=por, ahora=ahora)
    _exigir_que_no_paso(encuentro, ahora)
    if encuentro.cancelado_en:
        raise CursoError("cancelado", _("Está cancelado y ya lo leyeron. Agregue otro con la nueva fecha."))
    for campo, valor in _comprobar(datos, por=por, ahora=ahora).items():
        setattr(encuentro, campo, valor)
    encuentro.save()
    encuentro.tipos_de_asiento.set(datos.tipos_de_asiento)
    _anotar("wagtail.edit", encuentro, por)


@transaction.atomic
def cancelar_encuentro(*, encuentro: Encuentro, motivo: str, por: Any, ahora: datetime.datetime) -> bool:
    """Call it off: it stays in the calendar, with its reason. Returns whether it was not yet; asked twice, it is once.

    Raises ``fuera_de_alcance``, ``ya_paso``, ``sin_motivo`` and ``mal_escrito``.
    """
    _exigir(encuentro.territorio_id, por=por, ahora=ahora)
    _exigir_que_no_paso(encuentro, ahora)
    leido = leer_motivo(motivo, falta=_("Escriba por qué se cancela: las personas lo leen."), error=CursoError)
    nuevos = Encuentro.objects.filter(pk=encuentro.pk, cancelado_en__isnull=True).update(
        cancelado_en=ahora, motivo=leido
    )
    if nuevos:
        _anotar("wagtail.edit", encuentro, por)
    return bool(nuevos)


@transaction.atomic
def borrar_encuentro(*, encuentro: Encuentro, por: Any, ahora: datetime.datetime) -> None:
    """Take away what was written by mistake. Raises ``fuera_de_alcance``."""
    _exigir(encuentro.territorio_id, por=por, ahora=ahora)
    _anotar("wagtail.delete", encuentro, por)
    encuentro.delete()


def _comprobar(datos: Convocatoria, *, por: Any, ahora: datetime.datetime) -> dict[str, Any]:
    hoy = timezone.localdate(ahora)
    _exigir(datos.territorio, por=por, ahora=ahora)
    if datos.dia < hoy:
        raise CursoError("dia_pasado", _("Ese día ya pasó. Elija uno desde hoy."))
    if datos.dia > hoy + LO_MAS_LEJOS:
        raise CursoError("muy_lejos", _("Ese día está a más de un año. Revise el año."))
    return {
        "titulo": _linea(datos.titulo, 90),
        "dia": datos.dia,
        "hora": datos.hora,
        "lugar": _linea(datos.lugar, 120),
        "territorio_id": datos.territorio,
    }


def _linea(texto: str, maximo: int) -> str:
    try:
        linea = linea_limpia(texto)
    except ValidationError as error:
        raise CursoError("mal_escrito", error.messages[0]) from error
    if not 0 < len(linea) <= maximo:
        raise CursoError("mal_escrito", _("Escriba de 1 a %(n)d letras.") % {"n": maximo})
    return linea


def _exigir(ubigeo: str, *, por: Any, ahora: datetime.datetime) -> None:
    if not alcance_de(por, hoy=timezone.localdate(ahora)).cubre(ubigeo):
        raise CursoError("fuera_de_alcance", _("Ese lugar no es de su zona."))


def _exigir_que_no_paso(encuentro: Encuentro, ahora: datetime.datetime) -> None:
    if encuentro.dia < timezone.localdate(ahora):
        raise CursoError("ya_paso", _("Ya pasó: queda como está."))


def _anotar(accion: str, encuentro: Encuentro, por: Any) -> None:
    """The history of the site says who did it, with what does not name anybody."""
    transaction.on_commit(lambda: cache.delete(LLAVE))
    log(instance=encuentro, action=accion, user=por, title=f"{encuentro._meta.verbose_name} {encuentro.pk}")
