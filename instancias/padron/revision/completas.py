"""A list that somebody says to be complete for a place: whoever it does not name leaves their seat there.

Nobody is ever taken from a seat by a list unless it is told, and who would leave is shown before.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marco.errores import ErrorDeDominio

from ... import rastro
from ...models import FilaDePadron, ImportacionDePadron, Membresia, Persona, Territorio
from ...politica import AlcanceEfectivo
from ...services.turnos import Fin, terminar
from ..guardado.aplicar import confirmar
from ..planes.renglones import abierta, empezar, es_larga
from .banco import exigir_ambito

SIN_LUGAR = gettext_lazy("Elija de qué lugares está completa la lista.")
OCUPADO = ",asiento.asiento_ocupado,"  # what an end may free


def lugares_de(importacion: ImportacionDePadron) -> list[tuple[Territorio, int]]:
    """The tables that a list names, and how many rows are of each."""
    filas = importacion.filas.exclude(estado=FilaDePadron.Estado.DEJADA).exclude(territorio="")
    cuantas = dict(filas.order_by().values_list("territorio").annotate(Count("pk")))
    return [(lugar, cuantas[lugar.pk]) for lugar in Territorio.objects.filter(pk__in=cuantas)]


def quienes_saldrian(importacion: ImportacionDePadron, lugares: Sequence[str]) -> list[Membresia]:
    """Those who sit in these tables and are not in the list for that kind of seat, in the order of the norm."""
    filas = importacion.filas.exclude(estado=FilaDePadron.Estado.DEJADA).filter(territorio__in=lugares)
    nombrados: set[tuple[Any, str, str]] = set()
    de_quien_queda = Persona.objects.documentos_unidos()
    for documento, persona, lugar, tipo in filas.values_list("documento", "persona", "territorio", "tipo"):
        nombrados.add((persona or de_quien_queda.get(documento, documento), lugar, tipo))
    sentados = Membresia.objects.sin_terminar().filter(
        hasta__isnull=True, asiento__instancia__territorio__in=lugares, asiento__instancia__atendida_por__isnull=True
    )
    return [
        una
        for una in sentados.select_related("persona", "asiento__tipo", "asiento__instancia__territorio").order_by(
            "asiento__instancia__territorio", "asiento__tipo__orden", "asiento__numero", "-calidad"
        )
        if not _nombrada(una, nombrados)
    ]


def _nombrada(una: Membresia, nombrados: set[tuple[Any, str, str]]) -> bool:
    lugar, tipo = una.asiento.instancia.territorio_id, una.asiento.tipo.codigo
    return (una.persona.documento, lugar, tipo) in nombrados or (una.persona_id, lugar, tipo) in nombrados


def exigir_sin_dudas(importacion: ImportacionDePadron, lugares: Sequence[str]) -> None:
    """Raise ``con_dudas`` while a row may name somebody that nobody understands yet: they would be taken away."""
    pendientes = importacion.filas.filter(
        estado=FilaDePadron.Estado.POR_REVISAR, accion=FilaDePadron.Accion.RECHAZAR, territorio__in=["", *lugares]
    ).exclude(motivos=OCUPADO)
    if numeros := list(pendientes.order_by("orden").values_list("fila", flat=True)[:10]):
        raise ErrorDeDominio(
            "con_dudas",
            _(
                "Antes de decir que la lista está completa, corrija o deje fuera sus filas con problema: %(filas)s. "
                "Podrían nombrar a alguien que hoy tiene asiento."
            )
            % {"filas": ", ".join(map(str, numeros))},
        )


def confirmar_completa(
    *,
    importacion_id: int,
    lugares: Sequence[str],
    vistas: Sequence[int],
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
    ultimo_dia: datetime.date | None = None,
) -> dict[str, int]:
    """End the seats of whoever is not named, then save the list. ``vistas`` are the memberships that were shown.

    A long list is left to the background work. Raises ``con_dudas``, ``otros_salen`` when they are not those that would
    end now, ``fuera_de_alcance``, and what ``confirmar`` raises.
    """
    with transaction.atomic():
        importacion = abierta(importacion_id, ahora)
        exigir_ambito(importacion, alcance)
        if not alcance.cubre_todo(lugares):
            raise ErrorDeDominio("fuera_de_alcance", _("Ese territorio está fuera de su alcance."))
        exigir_sin_dudas(importacion, lugares)
        salen = quienes_saldrian(importacion, lugares)
        if {una.pk for una in salen} != set(vistas):
            frase = _("Las personas con asiento cambiaron mientras usted miraba. Vea otra vez quiénes saldrían.")
            raise ErrorDeDominio("otros_salen", frase)
        list(Persona.objects.select_for_update().filter(pk__in=[una.persona_id for una in salen]).order_by("pk"))
        ayer = timezone.localdate(ahora) - datetime.timedelta(days=1)
        fines = [Fin(una, max(ultimo_dia or ayer, una.desde)) for una in salen]
        motivo = _("No está en la lista completa")
        importacion.cesadas = [*importacion.cesadas, *terminar(fines=fines, motivo=motivo, ahora=ahora)]
        importacion.save(update_fields=["cesadas"])
        de_esta = [(una.persona, {"membresia": una.pk, "importacion": importacion.pk}) for una in salen]
        rastro.anotar_varias(accion="instancias.cesar", personas=de_esta, por=por, ahora=ahora)
        if es_larga(importacion):
            empezar(importacion, ImportacionDePadron.Fase.GUARDAR, por=por, ahora=ahora)
            return {"salieron": len(salen), "crear": 0, "cambiar": 0}
        hecho = confirmar(importacion_id=importacion_id, alcance=alcance, ahora=ahora, por=por)
    return {**hecho, "salieron": len(salen)}


def frase(hecho: dict[str, int]) -> str:
    """What was done, in words."""
    salieron, guardadas = hecho["salieron"], hecho["crear"] + hecho["cambiar"]
    uno = ngettext("Dejó su asiento %(n)d persona.", "Dejaron su asiento %(n)d personas.", salieron) % {"n": salieron}
    otro = ngettext("Se guardó %(n)d fila.", "Se guardaron %(n)d filas.", guardadas) % {"n": guardadas}
    return f"{uno} {otro}"
