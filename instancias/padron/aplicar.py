"""Save what is good of a list under review, a lot at a time, each whole or not at all. What is not good waits."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Count

from marco.restricciones import otra_vez

from ..models import Asiento, CeldasDePadron, FilaDePadron, ImportacionDePadron, Institucion, Membresia, Persona
from ..politica import AlcanceEfectivo
from ..signals import membresias_creadas
from .estado import Estado
from .guardar import LOTE, Escritura
from .plan import Accion, planear
from .renglones import abierta, escribir_filas, leida_de, poner_plan, vaciar

GUARDABLES = (Accion.CREAR, Accion.CAMBIAR, Accion.RELEVAR)
ACCIONES = (Accion.CREAR, Accion.CAMBIAR, Accion.IGUAL, Accion.RECHAZAR)


@transaction.atomic
def descartar(*, importacion_id: int, ahora: datetime.datetime) -> None:
    """Forget what is left of a list under review. What was saved of it stays saved. Raises ``ya_decidida``."""
    importacion = abierta(importacion_id, ahora, ImportacionDePadron.ABIERTAS)
    CeldasDePadron.objects.filter(importacion=importacion).delete()
    importacion.filas.exclude(estado=FilaDePadron.Estado.GUARDADA).delete()
    algo = importacion.filas.exists()
    importacion.estado = ImportacionDePadron.Estado.CONFIRMADA if algo else ImportacionDePadron.Estado.DESCARTADA
    importacion.decidida_en = ahora
    importacion.save(update_fields=["estado", "decidida_en"])


def confirmar(
    *, importacion_id: int, alcance: AlcanceEfectivo, ahora: datetime.datetime, por: Any = None
) -> dict[str, int]:
    """Save the accepted rows of a list, as they stand now, and return how many of each action.

    Rows that are refused stay under review, and the list stays open for them. Raises ``ya_decidida``.
    """
    cuenta: Counter[str] = Counter()
    orden = -1
    while True:
        orden, hechas = guardar_lote(importacion_id=importacion_id, desde=orden, alcance=alcance, ahora=ahora, por=por)
        cuenta.update(hechas)
        if orden < 0:
            de_siempre = {accion.value: cuenta.get(accion, 0) for accion in ACCIONES}
            relevan = cuenta[Accion.RELEVAR]
            return {**de_siempre, Accion.RELEVAR.value: relevan} if relevan else de_siempre


@otra_vez(
    (Persona, "persona_documento_unico"),
    (Institucion, "nombre"),
    (Asiento, "asiento_unico_en_su_instancia"),
    (Membresia, "membresia_una_vigente_por_calidad"),
    (Membresia, "membresia_una_vigente_por_persona"),
)
def guardar_lote(
    *, importacion_id: int, desde: int, alcance: AlcanceEfectivo, ahora: datetime.datetime, por: Any = None
) -> tuple[int, dict[str, int]]:
    """Save the next thousand rows after one of them. Return the last one looked at (-1: none is left), and the counts.

    The plan is made again inside the transaction: what changed since the review is seen, and what another list wrote
    at the same instant too. Doing a lot again finds it saved.
    """
    importacion = abierta(importacion_id, ahora)
    if importacion.primera_en is None:
        importacion.primera_en = ahora
        importacion.save(update_fields=["primera_en"])
    pendientes = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR, orden__gt=desde)
    filas = list(pendientes.order_by("orden")[:LOTE])
    leidas = [leida_de(fila) for fila in filas]
    estado = Estado(leidas, releva=importacion.releva)
    estado.recordar_guardadas(importacion)
    plan = planear(filas=leidas, alcance=alcance, estado=estado)
    escritura = Escritura([una for una in plan if una.accion in GUARDABLES], estado)
    escritura.escribir(importacion=importacion.pk, por=por or importacion.subida_por, ahora=ahora)
    if escritura.terminadas:
        importacion.cesadas = [*importacion.cesadas, *escritura.terminadas]
        importacion.save(update_fields=["cesadas"])
    hechos = iter(escritura.hechos)
    for fila, planeada in zip(filas, plan, strict=True):
        if planeada.accion == Accion.RECHAZAR:
            poner_plan(fila, planeada)
            continue
        persona = estado.personas.get(planeada.leida.documento)
        igual = {"persona": persona.pk if persona else None}
        hecho = next(hechos) if planeada.accion in GUARDABLES else igual
        vaciar(fila, accion=planeada.accion, hecho=hecho)
    escribir_filas(filas)
    if ids := [membresia.pk for membresia in escritura.membresias]:
        transaction.on_commit(lambda: membresias_creadas.send(sender=Membresia, ids=ids))
    cuenta = Counter(una.accion for una in plan if una.accion != Accion.RECHAZAR)
    if len(filas) == LOTE:
        return filas[-1].orden, cuenta
    cuenta[Accion.RECHAZAR] = _cerrar_si_no_queda(importacion, ahora)
    return -1, cuenta


def _cerrar_si_no_queda(importacion: ImportacionDePadron, ahora: datetime.datetime) -> int:
    """Count what was saved and what waits; a list of which nothing waits is confirmed. Return how many wait."""
    por_estado: dict[str, Counter[str]] = {}
    for estado, accion, cuantas in importacion.filas.order_by().values_list("estado", "accion").annotate(Count("pk")):
        por_estado.setdefault(estado, Counter())[accion] = cuantas
    guardadas = por_estado.get(FilaDePadron.Estado.GUARDADA, Counter())
    quedan = por_estado.get(FilaDePadron.Estado.POR_REVISAR, Counter()).total()
    cuentas = {accion.value: guardadas[accion] for accion in GUARDABLES + (Accion.IGUAL,)}
    importacion.resumen = {**importacion.resumen, **cuentas, Accion.RECHAZAR.value: quedan}
    if not quedan:
        importacion.estado = ImportacionDePadron.Estado.CONFIRMADA
        importacion.filas.filter(estado=FilaDePadron.Estado.DEJADA).delete()
    if guardadas:
        CeldasDePadron.objects.filter(importacion=importacion).delete()  # its columns are decided
    importacion.decidida_en = ahora
    importacion.save(update_fields=["resumen", "estado", "decidida_en"])
    return quedan
