"""Save what is good of a list under review, a lot at a time, each whole or not at all. What is not good waits."""

from __future__ import annotations

import datetime
from collections import Counter
from copy import copy
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.restricciones import Restriccion, otra_vez

from ...models import Asiento, CeldasDePadron, FilaDePadron, ImportacionDePadron, Institucion, Membresia, Persona
from ...politica import AlcanceEfectivo
from ...signals import membresias_creadas
from ..planes.estado import CON_CELULAR, Estado
from ..planes.plan import Accion, FilaPlaneada, planear
from ..planes.renglones import (
    LO_PLANEADO,
    Guardada,
    PorGuardar,
    abierta,
    escribir_filas,
    poner_plan,
    por_guardar,
    vaciar,
)
from .guardar import LOTE, Escritura, Instituciones

DE_UNO_SOLO: tuple[Restriccion, ...] = (
    (Persona, "persona_documento_unico"),
    (Institucion, "nombre"),
    (Asiento, "asiento_unico_en_su_instancia"),
    (Membresia, "membresia_una_vigente_por_calidad"),
    (Membresia, "membresia_una_vigente_por_persona"),
)
Hechas = tuple[int | None, dict[str, int]]
GUARDABLES = (Accion.CREAR, Accion.CAMBIAR, Accion.RELEVAR)
ACCIONES = (Accion.CREAR, Accion.CAMBIAR, Accion.IGUAL, Accion.RECHAZAR)


@transaction.atomic
def descartar(*, importacion_id: int, ahora: datetime.datetime) -> None:
    """Forget what is left of a list under review. What was saved of it stays saved. Raises ``ya_decidida``."""
    importacion = abierta(importacion_id, ahora, ImportacionDePadron.ABIERTAS, trabajando=True)
    if importacion.fase == ImportacionDePadron.Fase.DESHACER:
        raise ErrorDeDominio("en_trabajo", _("La lista se está deshaciendo. Espere a que termine, o siga con ella."))
    CeldasDePadron.objects.filter(importacion=importacion).delete()
    importacion.filas.exclude(estado=FilaDePadron.Estado.GUARDADA).delete()
    algo = importacion.filas.exists()
    importacion.estado = ImportacionDePadron.Estado.CONFIRMADA if algo else ImportacionDePadron.Estado.DESCARTADA
    importacion.decidida_en = ahora
    importacion.fase, importacion.turno, importacion.detenida = ImportacionDePadron.Fase.NINGUNA, "", False
    importacion.save(update_fields=["estado", "decidida_en", "fase", "turno", "detenida"])


def confirmar(
    *, importacion_id: int, alcance: AlcanceEfectivo, ahora: datetime.datetime, por: Any = None, lote: int = LOTE
) -> dict[str, int]:
    """Save the accepted rows of a list, as they stand now, and return how many of each action.

    Rows that are refused stay under review, and the list stays open for them. Raises ``ya_decidida``.
    """
    cuenta: Counter[str] = Counter()
    siguiente: int | None = 0
    datos: dict[str, Any] = {"alcance": alcance, "ahora": ahora, "por": por, "lote": lote}
    while siguiente is not None:
        siguiente, hechas = guardar_lote(importacion_id=importacion_id, desde=siguiente, **datos)
        cuenta.update(hechas)
        if siguiente is None:
            de_siempre = {accion.value: cuenta.get(accion, 0) for accion in ACCIONES}
            relevan = cuenta[Accion.RELEVAR]
            cuenta_final = {**de_siempre, Accion.RELEVAR.value: relevan} if relevan else de_siempre
    return cuenta_final


@otra_vez(*DE_UNO_SOLO)
def guardar_lote(*, importacion_id: int, ahora: datetime.datetime, **datos: Any) -> Hechas:
    """Save the next rows of a list that nobody else works on. Raises what ``renglones.abierta`` raises."""
    return _guardar(abierta(importacion_id, ahora), ahora=ahora, **datos)


@otra_vez(*DE_UNO_SOLO)
def guardar_lote_de(importacion: ImportacionDePadron, **datos: Any) -> Hechas:
    """The same, of a list that the background work holds."""
    return _guardar(copy(importacion), **datos)


def _guardar(
    importacion: ImportacionDePadron,
    *,
    desde: int,
    alcance: AlcanceEfectivo,
    ahora: datetime.datetime,
    por: Any = None,
    lote: int = LOTE,
    instituciones: Instituciones | None = None,
    filas: list[PorGuardar] | None = None,
) -> Hechas:
    """Save the next thousand rows from one on. Return where the next ones begin (None: none is left), and the counts.

    The plan is made again inside the transaction: what changed since the review is seen, and what another list wrote
    at the same instant too. Doing a lot again finds it saved. ``filas``: those rows, if they were read before.
    """
    if importacion.primera_en is None:
        importacion.primera_en = ahora
        importacion.save(update_fields=["primera_en"])
    filas = por_guardar(importacion, desde=desde, lote=lote) if filas is None else filas
    leidas = [fila.como_leida() for fila in filas]
    estado = Estado(leidas, releva=importacion.releva)
    estado.recordar_guardadas(importacion)
    plan = planear(filas=leidas, alcance=alcance, estado=estado)
    aceptadas = [una for una in plan if una.accion in GUARDABLES]
    escritura = Escritura(aceptadas, estado, instituciones or Instituciones())
    escritura.escribir(importacion=importacion.pk, por=por or importacion.subida_por, ahora=ahora)
    if escritura.terminadas:
        importacion.cesadas = [*importacion.cesadas, *escritura.terminadas]
        importacion.save(update_fields=["cesadas"])
    hechos = iter(escritura.hechos)
    guardadas: list[Guardada] = []
    quedan: dict[int, FilaPlaneada] = {}
    for fila, planeada in zip(filas, plan, strict=True):
        if planeada.accion == Accion.RECHAZAR:
            quedan[fila.pk] = planeada
            continue
        persona = estado.personas.get(planeada.leida.documento)
        igual = {"persona": persona.pk if persona else None}
        hecho = next(hechos) if planeada.accion in GUARDABLES else igual
        if planeada.leida.celular:
            hecho[CON_CELULAR] = True
        guardadas.append(Guardada(fila.pk, planeada.accion, hecho.get("persona"), hecho, fila.version + 1))
    vaciar(guardadas)
    _decir_por_que(quedan)
    if ids := escritura.membresias:
        transaction.on_commit(lambda: membresias_creadas.send(sender=Membresia, ids=ids))
    cuenta = Counter(una.accion for una in plan if una.accion != Accion.RECHAZAR)
    if len(filas) == lote:
        return filas[-1].orden + 1, cuenta
    cuenta[Accion.RECHAZAR] = cerrar_si_no_queda(importacion, ahora)
    return None, cuenta


def _decir_por_que(quedan: dict[int, FilaPlaneada]) -> None:
    """Write why these rows, by number, are not saved, where it is not what they said already."""
    if quedan:
        filas = FilaDePadron.objects.filter(pk__in=quedan).defer("cruda", "hecho")
        escribir_filas([fila for fila in filas if poner_plan(fila, quedan[fila.pk])], LO_PLANEADO)


def cerrar_si_no_queda(importacion: ImportacionDePadron, ahora: datetime.datetime) -> int:
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
