"""Turns on a seat, many at once: ending memberships on a day, setting them back, and the trail of both."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CASCADE
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.en_bloque import borrar
from marco.errores import ErrorDeDominio

from .. import rastro
from ..acceso.services.enlaces import acabar_con_los_asientos
from ..models import Membresia, Persona

LOTE = 1000
UN_DIA = datetime.timedelta(days=1)
DEL_CESE = ["hasta", "motivo_de_cese", "cese_registrado_en"]
Terminada = list[Any]  # number; last day («» if none) and reason before; last day now; when the former end was written


@dataclass(frozen=True)
class Fin:
    """A membership and the last day that it will have."""

    membresia: Membresia
    ultimo_dia: datetime.date


def ultimo_dia_de(membresia: Membresia, desde: datetime.date) -> datetime.date:
    """Return the last day of whoever leaves the seat to another from ``desde``.

    The day before; of a turn that had not begun, its own first day: it was called off (see ``querysets.vigente``).
    """
    return max(desde - UN_DIA, membresia.desde)


def terminar(
    *, fines: Iterable[Fin], siguen: Collection[int] = (), motivo: str = "", ahora: datetime.datetime
) -> list[Terminada]:
    """Write these ends and return how each membership was before. People of ``siguen`` keep their personal link.

    The rows of the people are locked by whoever calls, as ``personas.cesar`` does.
    """
    motivo = motivo or _("Cambio de autoridades")
    antes: list[Terminada] = []
    por_dia: dict[datetime.date, set[int]] = defaultdict(set)
    membresias = {}
    ayer = timezone.localdate(ahora) - UN_DIA
    for fin in fines:
        membresia = fin.membresia
        if membresia.pk in membresias:
            continue
        ultimo = _en_texto(fin.ultimo_dia)
        escrito = membresia.cese_registrado_en.isoformat() if membresia.cese_registrado_en else ""
        antes.append([membresia.pk, _en_texto(membresia.hasta), membresia.motivo_de_cese, ultimo, escrito])
        membresia.hasta, membresia.motivo_de_cese = fin.ultimo_dia, motivo
        membresia.cese_registrado_en = ahora
        membresias[membresia.pk] = membresia
        if membresia.persona_id not in siguen:
            por_dia[fin.ultimo_dia if fin.ultimo_dia > membresia.desde else ayer].add(membresia.persona_id)
    Membresia.objects.bulk_update(membresias.values(), DEL_CESE, batch_size=LOTE)
    for dia, personas in por_dia.items():
        acabar_con_los_asientos(personas=personas, ultimo_dia=dia, ahora=ahora)
    return antes


def apuntar(
    *,
    fines: Sequence[Fin],
    sentadas: Sequence[Membresia],
    registradas: Sequence[Persona],
    de: dict[str, Any],
    por: Any,
    ahora: datetime.datetime,
) -> None:
    """Write the trail of a handover: who was registered, who left and who sat down. Three statements."""
    lineas = (
        ("instancias.registrar", [(persona, de) for persona in registradas]),
        ("instancias.cesar", [(fin.membresia.persona, {"membresia": fin.membresia.pk, **de}) for fin in fines]),
        ("instancias.sentar", [(m.persona, {"asiento": m.asiento_id, **de}) for m in sentadas]),
    )
    for accion, personas in lineas:
        rastro.anotar_varias(accion=accion, personas=personas, por=por, ahora=ahora)


def devolver(*, terminadas: Iterable[Terminada], creadas: Collection[int]) -> list[Membresia]:
    """Set back the memberships that ``terminar`` ended, and take away those that were opened in their place.

    Everything must be as that act left it. Raises ``ya_cambio`` when a seat has changed hands since; then nothing
    was written. Return the memberships taken away, no longer in the database.
    """
    antes = {fila[0]: fila for fila in terminadas}
    tocadas = Membresia.objects.select_for_update(of=("self",)).filter(pk__in=[*antes, *creadas])
    filas = tocadas.select_related("persona", "asiento__tipo", "asiento__instancia__territorio").in_bulk()
    abiertas = [filas[pk] for pk in creadas if pk in filas]
    for pk in (*antes, *creadas):
        queda = antes[pk][3] if pk in antes else ""
        if pk not in filas or _en_texto(filas[pk].hasta) != queda:
            raise _ya_cambio(filas.get(pk))
    devueltas = []
    for pk, previo, motivo, _queda, escrito in antes.values():
        filas[pk].hasta = datetime.date.fromisoformat(previo) if previo else None
        filas[pk].motivo_de_cese = motivo
        filas[pk].cese_registrado_en = datetime.datetime.fromisoformat(escrito) if escrito else None
        devueltas.append(filas[pk])
    _exigir_asientos_libres(devueltas, {*antes, *creadas})
    Membresia.objects.filter(pk__in=[membresia.pk for membresia in abiertas]).delete()
    Membresia.objects.bulk_update(devueltas, DEL_CESE, batch_size=LOTE)
    return abiertas


def _en_texto(dia: datetime.date | None) -> str:
    return dia.isoformat() if dia else ""


def _exigir_asientos_libres(devueltas: Sequence[Membresia], de_este_acto: Collection[int]) -> None:
    """Nobody took meanwhile a day that would be given back."""
    if not devueltas:
        return
    otras = Membresia.objects.sin_terminar(min(m.desde for m in devueltas)).exclude(pk__in=de_este_acto)
    por_turno: dict[tuple[int, str], list[Membresia]] = defaultdict(list)
    for otra in otras.filter(asiento__in={m.asiento_id for m in devueltas}):
        por_turno[otra.asiento_id, otra.calidad].append(otra)
    for membresia in devueltas:
        if any(_comparten_un_dia(membresia, otra) for otra in por_turno[membresia.asiento_id, membresia.calidad]):
            raise _ya_cambio(membresia)


def _comparten_un_dia(una: Membresia, otra: Membresia) -> bool:
    if una.hasta == una.desde or otra.hasta == otra.desde:
        return False
    return (una.hasta is None or otra.desde <= una.hasta) and (otra.hasta is None or una.desde <= otra.hasta)


def _ya_cambio(membresia: Membresia | None) -> ErrorDeDominio:
    if membresia is None:
        return ErrorDeDominio("ya_cambio", _("No se puede deshacer: uno de los asientos ya cambió otra vez."))
    frase = _(
        "No se puede deshacer: el asiento «%(asiento)s» de %(lugar)s ya cambió otra vez. Corríjalo en la persona."
    )
    asiento = membresia.asiento
    return ErrorDeDominio("ya_cambio", frase % {"asiento": asiento, "lugar": asiento.instancia.territorio})


def quitar_personas_sin_nada(personas: Collection[int]) -> int:
    """Take away people that an act registered and on whom nothing rests. Return how many stay because something does.

    Who has an account, another seat or register, or anything written about them anywhere stays. A link that nobody used
    goes.
    """
    sin_cuenta = Persona.objects.filter(pk__in=personas, cuenta=None, ultimo_ingreso_en=None, absorbida_por=None)
    libres = set(sin_cuenta.values_list("pk", flat=True))
    relaciones = [(relacion.field, relacion.on_delete is CASCADE) for relacion in Persona._meta.related_objects]
    for campo, se_va_con_ella in sorted(relaciones, key=lambda una: una[1]):
        de_ellas = campo.model._base_manager.filter(**{f"{campo.name}__in": libres})
        if libres and se_va_con_ella:
            de_ellas.delete()
        elif libres:
            libres -= set(de_ellas.values_list(campo.attname, flat=True))
    borrar(Persona, libres)
    return len(set(personas) - libres)
