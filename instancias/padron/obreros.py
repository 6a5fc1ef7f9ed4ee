"""How each part of the work on a long list is done, a lot at a time. Doing a lot again changes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import islice
from typing import Any, Protocol

from django.db.models.fields.json import KT

from ..models import ColumnaRecordada, FilaDePadron, ImportacionDePadron
from ..politica import AlcanceEfectivo
from .aplicar import guardar_lote_de
from .celdas_guardadas import celdas_de
from .deshacer import deshacer
from .forma import Forma, Reconocedor, orden_de
from .guardar import Instituciones
from .lectura import filas_de_la_lista
from .problemas import Problema
from .renglones import LO_PLANEADO, LOTE, agregar_filas, escribir_filas, nueva
from .repetidas import avisos_de, poner_aviso, quienes_de
from .revision import Lector, contar_lo_planeado
from .supuestos import Supuestos

Fase = ImportacionDePadron.Fase
POR_REVISAR = FilaDePadron.Estado.POR_REVISAR


class Obrero(Protocol):
    """One part of the work, from the row where it was left."""

    def preparar(self) -> None:
        """Do what needs no turn at the database."""

    def hacer(self, importacion: ImportacionDePadron) -> int | None:
        """Write the next lot, inside the transaction of whoever calls. Return the row that follows; None: all done."""


class Lectora:
    """Turns cells into rows and understands each one by itself; or understands again those that ask for it."""

    def __init__(
        self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime, lote: int
    ) -> None:
        self.importacion, self.lote = importacion, lote
        self.lector = Lector(importacion, alcance, ahora)
        self.desde = importacion.hechas
        self.filas: list[FilaDePadron] = []
        de_otra_vez = importacion.filas.filter(orden__gte=self.desde).exists()
        self.nuevas = None if de_otra_vez else islice(self._de_las_celdas(alcance), self.desde, None)

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
        return filas_de_la_lista(orden.cuadros, lugar_de=reconocer, de_la_hoja=de_la_hoja)

    def preparar(self) -> None:
        if self.nuevas is not None:
            crudas = enumerate(islice(self.nuevas, self.lote), start=self.desde)
            self.filas = [nueva(self.importacion, orden, cruda) for orden, cruda in crudas]
        else:
            por_leer = self.importacion.filas.filter(estado=POR_REVISAR, leida={}, orden__gte=self.desde)
            self.filas = list(por_leer.order_by("orden")[: self.lote])
        self.lector.leer(self.filas)

    def hacer(self, importacion: ImportacionDePadron) -> int | None:
        if self.nuevas is not None:
            agregar_filas(self.filas)
        else:
            escribir_filas(self.filas)
        self.desde = self.filas[-1].orden + 1 if self.filas else importacion.total
        return self.desde if len(self.filas) == self.lote else None


class Revisora:
    """Holds each row against the others and the register, and says what it would do."""

    def __init__(
        self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime, lote: int
    ) -> None:
        self.importacion, self.lote = importacion, lote
        self.avisos: dict[int, Problema] = avisos_de(quienes_de(importacion), alcance)
        self.lector = Lector(importacion, alcance, ahora, self._primer_dia() if importacion.releva else "")
        for desde in range(0, importacion.hechas, LOTE):  # what they take, as when they were done
            self._planear(list(self._entre(desde, min(desde + LOTE, importacion.hechas))))

    def _primer_dia(self) -> str:
        """The first day that any row says: from then on, who is on each seat matters."""
        dias = self.importacion.filas.filter(estado=POR_REVISAR).values_list(KT("leida__desde"), flat=True)
        return min(filter(None, dias.iterator()), default="")

    def _entre(self, desde: int, hasta: int) -> Any:
        pendientes = self.importacion.filas.filter(estado=POR_REVISAR, orden__gte=desde, orden__lt=hasta)
        return pendientes.order_by("orden").defer("cruda", "hecho")

    def _planear(self, filas: list[FilaDePadron]) -> list[FilaDePadron]:
        for fila in filas:
            poner_aviso(fila, self.avisos.get(fila.orden))
        self.lector.planear(filas)
        return filas

    def preparar(self) -> None:
        pass

    def hacer(self, importacion: ImportacionDePadron) -> int | None:
        hasta = importacion.hechas + self.lote
        escribir_filas(self._planear(list(self._entre(importacion.hechas, hasta))), LO_PLANEADO)
        if hasta < importacion.total:
            return hasta
        if importacion.primera_en is None:
            contar_lo_planeado(importacion)
        return None


class Guardadora:
    """Saves what is good."""

    def __init__(
        self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime, lote: int
    ) -> None:
        self.datos: dict[str, Any] = {"alcance": alcance, "ahora": ahora, "por": importacion.pedida_por, "lote": lote}
        self.datos["instituciones"] = Instituciones()

    def preparar(self) -> None:
        pass

    def hacer(self, importacion: ImportacionDePadron) -> int | None:
        return guardar_lote_de(importacion, desde=importacion.hechas, **self.datos)[0]


class Deshacedora:
    """Takes a whole list back, in one act: half of it would be worse than none."""

    def __init__(
        self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime, lote: int
    ) -> None:
        self.datos: dict[str, Any] = {"alcance": alcance, "ahora": ahora, "por": importacion.pedida_por}

    def preparar(self) -> None:
        pass

    def hacer(self, importacion: ImportacionDePadron) -> int | None:
        deshacer(importacion_id=importacion.pk, **self.datos)
        return None


OBREROS: dict[str, Any] = {
    Fase.LEER: Lectora,
    Fase.REVISAR: Revisora,
    Fase.GUARDAR: Guardadora,
    Fase.DESHACER: Deshacedora,
}
DESPUES: dict[str, str] = {Fase.LEER: Fase.REVISAR}


def recordadas(cuenta: Any) -> dict[str, str]:
    """What somebody said before of the headings of lists."""
    if cuenta is None:
        return {}
    return dict(ColumnaRecordada.objects.filter(cuenta=cuenta).values_list("huella", "dice"))
