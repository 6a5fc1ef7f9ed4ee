"""The rows of a list under review: how they are kept, read back, written in sets, and emptied."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from marco.en_bloque import actualizar, insertar
from marco.errores import ErrorDeDominio

from ...models import FilaDePadron, ImportacionDePadron
from ..interpretacion.interpretar import FilaLeida
from .plan import FilaPlaneada

LOTE = 1000
EN_EL_ACTO = 500  # rows that are worked while whoever asked for it waits; more are a work in the background
LO_PLANEADO = ("leida", "accion", "detalles", "problemas", "motivos")
# Of a row that was saved: all but where it was. Nothing of the person stays in it but numbers.
LO_QUE_QUEDA = ("accion", "persona", "hecho", "version")
VACIA: dict[str, Any] = {"cruda": {}, "leida": {}, "detalles": [], "problemas": [], "aceptados": []}
VACIA |= {"motivos": "", "documento": "", "estado": FilaDePadron.Estado.GUARDADA}
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


@dataclass(slots=True)
class Renglon:
    """A row that is not in the database yet: what a ``FilaDePadron`` holds, without what a model costs."""

    importacion_id: int
    orden: int
    hoja: str
    fila: int
    cruda: dict[str, Any]
    leida: dict[str, Any] = field(default_factory=dict)
    accion: str = ""
    detalles: list[str] = field(default_factory=list)
    problemas: list[dict[str, Any]] = field(default_factory=list)
    motivos: str = ""
    aceptados: list[str] = field(default_factory=list)
    estado: str = FilaDePadron.Estado.POR_REVISAR
    documento: str = ""
    territorio: str = ""
    tipo: str = ""
    version: int = 0
    persona: int | None = None
    hecho: dict[str, Any] = field(default_factory=dict)


Revisable = FilaDePadron | Renglon


class PorGuardar(NamedTuple):
    """What saving asks of a row under review."""

    pk: int
    orden: int
    version: int
    leida: dict[str, Any]
    aceptados: list[str]

    def como_leida(self) -> FilaLeida:
        return sin_aceptados(FilaLeida.de_json(self.leida), self.aceptados)


class Guardada(NamedTuple):
    """A row that was written, and what it wrote by number."""

    pk: int
    accion: str
    persona: int | None
    hecho: dict[str, Any]
    version: int


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


def nueva(importacion: ImportacionDePadron, orden: int, cruda: dict[str, Any]) -> Renglon:
    """A row as it came from the sheet, not saved yet."""
    valores = {campo: valor for campo, valor in cruda.items() if campo not in ("fila", "hoja")}
    return Renglon(importacion.pk, orden, cruda.get("hoja", ""), cruda["fila"], valores)


def por_guardar(importacion: ImportacionDePadron, *, desde: int, lote: int) -> list[PorGuardar]:
    """The next rows under review, from one on."""
    pendientes = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR, orden__gte=desde)
    return [PorGuardar(*fila) for fila in pendientes.order_by("orden").values_list(*PorGuardar._fields)[:lote]]


def entre(importacion: ImportacionDePadron, desde: int, hasta: int) -> Any:
    """The rows under review between two, in their order, without what their plan does not need."""
    pendientes = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR, orden__gte=desde, orden__lt=hasta)
    return pendientes.order_by("orden").defer("cruda", "hecho")


def por_lotes(importacion: ImportacionDePadron, hasta: int) -> Iterator[list[FilaDePadron]]:
    """The same rows from the first one, a lot at a time."""
    for desde in range(0, hasta, LOTE):
        yield list(entre(importacion, desde, min(desde + LOTE, hasta)))


def de_estas(importacion: ImportacionDePadron, ordenes: Iterable[int]) -> list[FilaDePadron]:
    """The rows under review that stand in these places, in their order."""
    pendientes = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR, orden__in=sorted(ordenes))
    return list(pendientes.order_by("orden").defer("cruda", "hecho"))


def cruda_de(fila: Revisable) -> dict[str, Any]:
    """The row as the reader of the sheet gave it."""
    return {"fila": fila.fila, **fila.cruda}


def leida_de(fila: Revisable) -> FilaLeida:
    """What was understood of a row, without the warnings that somebody accepted."""
    return sin_aceptados(FilaLeida.de_json(fila.leida), fila.aceptados)


def sin_aceptados(leida: FilaLeida, aceptados: Sequence[str]) -> FilaLeida:
    if aceptados:
        leida.problemas = [uno for uno in leida.problemas if uno.codigo not in aceptados]
    return leida


def poner_lectura(fila: Revisable, leida: FilaLeida) -> None:
    fila.leida = {
        **vars(leida),
        "problemas": [vars(uno) for uno in leida.problemas],
        "notas": [vars(una) for una in leida.notas],
    }
    fila.documento, fila.territorio, fila.tipo = leida.documento[:12], leida.territorio[:6], leida.tipo[:10]


def poner_plan(fila: Revisable, plan: FilaPlaneada) -> bool:
    """Write what a row would do, and tell whether it is not what it said."""
    antes = (fila.accion, fila.detalles, fila.problemas)
    fila.accion = plan.accion
    fila.detalles = list(plan.detalles)
    fila.problemas = [{**vars(uno), "propuestas": list(uno.propuestas)} for uno in plan.problemas]
    motivos = sorted({f"{uno.campo}.{uno.codigo}" for uno in plan.problemas})
    fila.motivos = f",{','.join(motivos)},"[:400] if motivos else ""
    return antes != (fila.accion, fila.detalles, fila.problemas)


def vaciar(filas: Iterable[Guardada]) -> None:
    """These rows are written. As many statements for one as for a thousand."""
    actualizar(FilaDePadron, LO_QUE_QUEDA, filas, iguales=VACIA)


def agregar_filas(filas: Iterable[Renglon]) -> None:
    """Write new rows. One statement for each thousand."""
    campos = ("importacion_id", "orden", "hoja", "fila", *LO_QUE_CAMBIA)
    insertar(FilaDePadron, [c.removesuffix("_id") for c in campos], (_valores(fila, campos) for fila in filas))


def escribir_filas(filas: Iterable[FilaDePadron], campos: Sequence[str] = LO_QUE_CAMBIA) -> None:
    """Write rows whose values changed: as many statements for one as for a thousand."""
    actualizar(FilaDePadron, campos, (_valores(fila, ("pk", *campos)) for fila in filas))


def _valores(fila: Revisable, campos: Sequence[str]) -> list[Any]:
    return [getattr(fila, campo) for campo in campos]
