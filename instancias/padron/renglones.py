"""The rows of a list under review: how they are kept, read back, written in sets, and emptied."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ..models import FilaDePadron, ImportacionDePadron
from .interpretacion import FilaLeida
from .plan import FilaPlaneada

LOTE = 1000
LO_QUE_CAMBIA = (
    "cruda",
    "leida",
    "accion",
    "detalles",
    "problemas",
    "motivos",
    "aceptados",
    "estado",
    "documento",
    "territorio",
    "tipo",
    "version",
    "persona",
    "hecho",
)


def abierta(
    importacion_id: int,
    ahora: datetime.datetime,
    estados: Iterable[str] = (ImportacionDePadron.Estado.POR_REVISAR,),
) -> ImportacionDePadron:
    """Return a list that may be worked on, for this act alone. Raises ``ya_decidida`` and ``vencida``."""
    # Acts on one list wait for each other: the first one counts, and the others see what it did.
    importacion = ImportacionDePadron.objects.select_for_update().get(pk=importacion_id)
    if importacion.vencio(ahora):
        raise ErrorDeDominio("vencida", _("Esta lista venció y sus filas ya no se guardan. Súbala otra vez."))
    if importacion.estado not in estados:
        raise ErrorDeDominio("ya_decidida", _("Esta lista ya se guardó o se descartó."))
    return importacion


def nueva(importacion: ImportacionDePadron, orden: int, cruda: dict[str, Any]) -> FilaDePadron:
    """A row as it came from the sheet, not saved yet."""
    valores = {campo: valor for campo, valor in cruda.items() if campo not in ("fila", "hoja")}
    return FilaDePadron(
        importacion=importacion, orden=orden, hoja=cruda.get("hoja", ""), fila=cruda["fila"], cruda=valores
    )


def cruda_de(fila: FilaDePadron) -> dict[str, Any]:
    """The row as the reader of the sheet gave it."""
    return {"fila": fila.fila, **fila.cruda}


def leida_de(fila: FilaDePadron) -> FilaLeida:
    """What was understood of a row, without the warnings that somebody accepted."""
    return sin_aceptados(FilaLeida.de_json(fila.leida), fila.aceptados)


def sin_aceptados(leida: FilaLeida, aceptados: Sequence[str]) -> FilaLeida:
    if aceptados:
        leida.problemas = [uno for uno in leida.problemas if uno.codigo not in aceptados]
    return leida


def poner_lectura(fila: FilaDePadron, leida: FilaLeida) -> None:
    fila.leida = {
        **vars(leida),
        "problemas": [vars(uno) for uno in leida.problemas],
        "notas": [vars(una) for una in leida.notas],
    }
    fila.documento, fila.territorio, fila.tipo = leida.documento[:12], leida.territorio[:6], leida.tipo[:10]


def poner_plan(fila: FilaDePadron, plan: FilaPlaneada) -> None:
    fila.accion = plan.accion
    fila.detalles = list(plan.detalles)
    fila.problemas = [vars(uno) for uno in plan.problemas]
    motivos = sorted({f"{uno.campo}.{uno.codigo}" for uno in plan.problemas})
    fila.motivos = f",{','.join(motivos)},"[:400] if motivos else ""


def vaciar(fila: FilaDePadron, *, accion: str, hecho: dict[str, Any]) -> None:
    """The row is written: nothing of the person stays in it but numbers."""
    fila.estado = FilaDePadron.Estado.GUARDADA
    fila.accion = accion
    fila.persona = hecho.get("persona")
    fila.hecho = hecho
    fila.version += 1
    fila.cruda, fila.leida, fila.detalles, fila.problemas, fila.aceptados = {}, {}, [], [], []
    fila.motivos = fila.documento = ""


def escribir_filas(filas: Iterable[FilaDePadron]) -> None:
    """Write new rows, or old ones whose values changed: as many statements for one as for a thousand."""
    FilaDePadron.objects.bulk_create(
        filas, batch_size=LOTE, update_conflicts=True, unique_fields=["pk"], update_fields=LO_QUE_CAMBIA
    )
