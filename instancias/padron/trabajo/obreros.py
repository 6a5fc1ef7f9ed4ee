"""How each part of the work on a long list is done, a lot at a time. Doing a lot again changes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Protocol

from django.db.models.fields.json import KT

from ...models import ColumnaRecordada, FilaDePadron, ImportacionDePadron
from ...politica import AlcanceEfectivo
from ..deshacer.deshacer import Hecha, deshacer_filas, deshacer_lo_demas, en_partes, por_deshacer
from ..guardado.aplicar import guardar_lote_de
from ..guardado.guardar import Instituciones
from ..interpretacion.leida import FilaLeida
from ..interpretacion.problemas import Problema
from ..lectura.celdas_guardadas import celdas_de
from ..lectura.forma import Forma, Reconocedor, orden_de
from ..lectura.leer import filas_de_la_lista
from ..lectura.supuestos import Supuestos
from ..planes.renglones import (
    LO_PLANEADO,
    PorGuardar,
    Revisable,
    agregar_filas,
    entre,
    escribir_filas,
    nueva,
    por_guardar,
    por_lotes,
)
from ..planes.repetidas import avisos_de, poner_aviso, quienes_de
from ..revision.conjunto import Conjunto
from ..revision.revisar import Lector, terminar_revision

Fase = ImportacionDePadron.Fase
POR_REVISAR = FilaDePadron.Estado.POR_REVISAR


class Obrero(Protocol):
    """One part of the work, from the row where it was left. ``despues``: the part that follows it."""

    despues: str

    def preparar(self) -> None:
        """Do what needs no turn at the database."""

    def hacer(self, importacion: ImportacionDePadron) -> int | None:
        """Write the next lot, inside the transaction of whoever calls. Return the row that follows; None: all done."""


class Lectora:
    """Turns cells into rows, each with what it would do; or understands again those that ask for it.

    A row is written once: what the rows that come later change of it is put right with the last lot.
    """

    def __init__(
        self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime, lote: int
    ) -> None:
        self.importacion, self.lote = importacion, lote
        self.datos: dict[str, Any] = {"importacion": importacion, "alcance": alcance, "ahora": ahora}
        self.lector = Lector(**self.datos)
        self.desde = importacion.hechas
        self.filas: list[Any] = []
        de_otra_vez = importacion.filas.filter(orden__gte=self.desde).exists()
        self.nuevas = None if de_otra_vez else islice(self._de_las_celdas(alcance), self.desde, None)
        # In a list that changes authorities the first day of all its rows counts, and it is not known yet.
        sin_plan = importacion.releva or importacion.filas.filter(estado=POR_REVISAR, accion="").exists()
        self.conjunto = None if de_otra_vez or sin_plan else Conjunto(**self.datos)
        self.despues: str = Fase.NINGUNA if self.conjunto else Fase.REVISAR
        for filas in por_lotes(importacion, self.desde) if self.conjunto else ():
            self._planear(filas)  # what they take, as when they were written

    def _de_las_celdas(self, alcance: AlcanceEfectivo) -> Iterator[dict[str, Any]]:
        supuestos = Supuestos.de_json(self.importacion.supuestos)
        reconocer = Reconocedor(alcance, supuestos)
        orden = orden_de(
            celdas_de(self.importacion),
            forma=Forma.de_json(self.importacion.forma),
            supuestos=supuestos,
            alcance=alcance,
            recordadas=recordadas(self.importacion.subida_por),
            reconocer=reconocer,
        )
        de_la_hoja = self.importacion.leido.get("de_la_hoja", True)
        return filas_de_la_lista(orden.cuadros, lugar_de=reconocer, de_la_hoja=de_la_hoja, se_gastan=True)

    def _planear(self, filas: Sequence[Revisable], leidas: list[FilaLeida] | None = None) -> None:
        if self.conjunto:
            self.conjunto.conocer(filas, self.lector.planear(filas, leidas))

    def preparar(self) -> None:
        if self.nuevas is not None:
            crudas = enumerate(islice(self.nuevas, self.lote), start=self.desde)
            self.filas = [nueva(self.importacion, orden, cruda) for orden, cruda in crudas]
        else:
            por_leer = self.importacion.filas.filter(estado=POR_REVISAR, leida={}, orden__gte=self.desde)
            self.filas = list(por_leer.order_by("orden")[: self.lote])
        self._planear(self.filas, self.lector.leer(self.filas))
        if self.conjunto and len(self.filas) < self.lote and not self.conjunto.comparar(self.filas):
            self.conjunto, self.despues = None, Fase.REVISAR

    def hacer(self, importacion: ImportacionDePadron) -> int | None:
        if self.nuevas is not None:
            agregar_filas(self.filas)
        else:
            escribir_filas(self.filas)
        self.desde = self.filas[-1].orden + 1 if self.filas else importacion.total
        lleno, self.filas = len(self.filas) == self.lote, []
        if lleno:
            return self.desde
        if self.conjunto:
            escribir_filas(self.conjunto.cambiadas, LO_PLANEADO)
            terminar_revision(importacion)
        return None


class Revisora:
    """Holds each row against the others and the register, and says what it would do."""

    despues: str = Fase.NINGUNA

    def __init__(
        self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime, lote: int
    ) -> None:
        self.importacion, self.lote, self.desde = importacion, lote, importacion.hechas
        self.filas: list[FilaDePadron] = []
        self.avisos: dict[int, Problema] = avisos_de(quienes_de(importacion), alcance)
        self.lector = Lector(importacion, alcance, ahora, self._primer_dia() if importacion.releva else "")
        for filas in por_lotes(importacion, self.desde):  # what they take, as when they were done
            self._planear(filas)

    def _primer_dia(self) -> str:
        """The first day that any row says: from then on, who is on each seat matters."""
        dias = self.importacion.filas.filter(estado=POR_REVISAR).values_list(KT("leida__desde"), flat=True)
        return min(filter(None, dias.iterator()), default="")

    def _planear(self, filas: list[FilaDePadron]) -> list[FilaDePadron]:
        for fila in filas:
            poner_aviso(fila, self.avisos.get(fila.orden))
        self.lector.planear(filas)
        return filas

    def preparar(self) -> None:
        self.filas = self._planear(list(entre(self.importacion, self.desde, self.desde + self.lote)))

    def hacer(self, importacion: ImportacionDePadron) -> int | None:
        escribir_filas(self.filas, LO_PLANEADO)
        self.desde += self.lote
        if self.desde < importacion.total:
            return self.desde
        terminar_revision(importacion)
        return None


class Guardadora:
    """Saves what is good."""

    despues: str = Fase.NINGUNA

    def __init__(
        self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime, lote: int
    ) -> None:
        self.importacion, self.desde, self.lote = importacion, importacion.hechas, lote
        self.filas: list[PorGuardar] = []
        self.datos: dict[str, Any] = {"alcance": alcance, "ahora": ahora, "por": importacion.pedida_por, "lote": lote}
        self.datos["instituciones"] = Instituciones()

    def preparar(self) -> None:
        # Nobody else touches the rows of a list while there is work on it.
        self.filas = por_guardar(self.importacion, desde=self.desde, lote=self.lote)

    def hacer(self, importacion: ImportacionDePadron) -> int | None:
        siguiente, _hechas = guardar_lote_de(importacion, desde=self.desde, filas=self.filas, **self.datos)
        self.desde = siguiente or 0
        return siguiente


class Deshacedora:
    """Takes a list back, a part at a time."""

    despues: str = Fase.NINGUNA

    def __init__(
        self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime, lote: int
    ) -> None:
        self.ahora, self.por = ahora, importacion.pedida_por
        filas = por_deshacer(importacion)
        self.quedan, self.partes = len(filas), en_partes(filas, lote)
        self.filas: list[Hecha] = []

    def preparar(self) -> None:
        self.filas = next(self.partes, [])

    def hacer(self, importacion: ImportacionDePadron) -> int | None:
        if self.filas:
            deshacer_filas(importacion, self.filas, por=self.por, ahora=self.ahora)
            self.quedan -= len(self.filas)
        elif not deshacer_lo_demas(importacion, ahora=self.ahora):
            return None
        return max(importacion.total - self.quedan, 0)


OBREROS: dict[str, Any] = {
    Fase.LEER: Lectora,
    Fase.REVISAR: Revisora,
    Fase.GUARDAR: Guardadora,
    Fase.DESHACER: Deshacedora,
}


def recordadas(cuenta: Any) -> dict[str, str]:
    """What somebody said before of the headings of lists."""
    if cuenta is None:
        return {}
    return dict(ColumnaRecordada.objects.filter(cuenta=cuenta).values_list("huella", "dice"))
