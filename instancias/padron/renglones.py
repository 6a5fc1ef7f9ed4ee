"""The rows of a list under review: how they are kept, read back, written in sets, and emptied."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from marco.en_bloque import actualizar, insertar
from marco.errores import ErrorDeDominio

from ..models import FilaDePadron, ImportacionDePadron
from .interpretacion import FilaLeida
from .plan import FilaPlaneada

LOTE = 1000
EN_EL_ACTO = 500  # rows that are worked while whoever asked for it waits; more are a work in the background
LO_PLANEADO = ("leida", "accion", "detalles", "problemas", "motivos")
# Of a row that was saved: all but where it was.
LO_QUE_QUEDA = ("cruda", "leida", "accion", "detalles", "problemas", "motivos", "aceptados", "estado", "documento")
LO_QUE_QUEDA += ("version", "persona", "hecho")
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
    *,
    trabajando: bool = False,
) -> ImportacionDePadron:
    """Return a list that may be worked on, for this act alone. Raises ``ya_decidida``, ``vencida`` and ``en_trabajo``.

    ``trabajando``: also while the background work is at it.
    """
    # Acts on one list wait for each other: the first one counts, and the others see what it did.
    importacion = ImportacionDePadron.objects.select_for_update().get(pk=importacion_id)
    if importacion.vencio(ahora):
        raise ErrorDeDominio("vencida", _("Esta lista venció y sus filas ya no se guardan. Súbala otra vez."))
    if importacion.estado not in estados:
        raise ErrorDeDominio("ya_decidida", _("Esta lista ya se guardó o se descartó."))
    if importacion.fase and not trabajando:
        frase = _("La lista todavía se está leyendo o guardando. Espere a que termine, o deténgala.")
        raise ErrorDeDominio("en_trabajo", frase)
    return importacion


def empezar(importacion: ImportacionDePadron, fase: str, *, por: Any, ahora: datetime.datetime) -> None:
    """Leave a list to the background work, from its first row."""
    importacion.fase, importacion.hechas, importacion.turno, importacion.detenida = fase, 0, "", False
    ultima = importacion.filas.order_by("-orden").values_list("orden", flat=True).first()
    importacion.total = importacion.total if ultima is None else ultima + 1
    importacion.pedida_por, importacion.latido_en = por, ahora
    importacion.save(update_fields=["fase", "hechas", "total", "turno", "detenida", "pedida_por", "latido_en"])


def es_larga(importacion: ImportacionDePadron, *, estado: str = FilaDePadron.Estado.POR_REVISAR) -> bool:
    """Whether its rows in this state are too many for whoever asks to wait for them."""
    return importacion.filas.filter(estado=estado).order_by()[EN_EL_ACTO : EN_EL_ACTO + 1].exists()


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


def poner_plan(fila: FilaDePadron, plan: FilaPlaneada) -> bool:
    """Write what a row would do, and tell whether it is not what it said."""
    antes = (fila.accion, fila.detalles, fila.problemas)
    fila.accion = plan.accion
    fila.detalles = list(plan.detalles)
    fila.problemas = [{**vars(uno), "propuestas": list(uno.propuestas)} for uno in plan.problemas]
    motivos = sorted({f"{uno.campo}.{uno.codigo}" for uno in plan.problemas})
    fila.motivos = f",{','.join(motivos)},"[:400] if motivos else ""
    return antes != (fila.accion, fila.detalles, fila.problemas)


def vaciar(fila: FilaDePadron, *, accion: str, hecho: dict[str, Any]) -> None:
    """The row is written: nothing of the person stays in it but numbers."""
    fila.estado = FilaDePadron.Estado.GUARDADA
    fila.accion = accion
    fila.persona = hecho.get("persona")
    fila.hecho = hecho
    fila.version += 1
    fila.cruda, fila.leida, fila.detalles, fila.problemas, fila.aceptados = {}, {}, [], [], []
    fila.motivos = fila.documento = ""


def agregar_filas(filas: Iterable[FilaDePadron]) -> None:
    """Write new rows. One statement for each thousand."""
    campos = ("importacion_id", "orden", "hoja", "fila", *LO_QUE_CAMBIA)
    insertar(FilaDePadron, [c.removesuffix("_id") for c in campos], (_valores(fila, campos) for fila in filas))


def escribir_filas(filas: Iterable[FilaDePadron], campos: Sequence[str] = LO_QUE_CAMBIA) -> None:
    """Write rows whose values changed: as many statements for one as for a thousand."""
    actualizar(FilaDePadron, campos, (_valores(fila, ("pk", *campos)) for fila in filas))


def _valores(fila: FilaDePadron, campos: Sequence[str]) -> list[Any]:
    return [getattr(fila, campo) for campo in campos]
