"""The review of a list: read it, keep its rows, and understand again what somebody mended."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from django.db.models import Count
from django.utils import timezone

from ...models import FilaDePadron, ImportacionDePadron
from ...politica import AlcanceEfectivo
from ...registro_de_nombres import RegistroDeNombres
from ..diccionario.palabras import catalogo_para
from ..guardado.aplicar import ACCIONES
from ..interpretacion.interpretar import Catalogo, FilaLeida, interpretar
from ..lectura.leer import Planilla
from ..lectura.supuestos import Supuestos
from ..planes.estado import Estado
from ..planes.plan import planear
from ..planes.renglones import Revisable, agregar_filas, cruda_de, leida_de, nueva, poner_lectura, poner_plan
from ..planes.repetidas import comparar


def llenar(
    importacion: ImportacionDePadron, planilla: Planilla, *, alcance: AlcanceEfectivo, ahora: datetime.datetime
) -> None:
    """Keep the rows of a list, understood and planned, and count them. Writes no person."""
    anotar_lo_leido(importacion, planilla)
    filas = [nueva(importacion, orden, cruda) for orden, cruda in enumerate(planilla.filas)]
    lector = Lector(importacion, alcance, ahora)
    lector.entender(filas)
    lector.planear(filas)
    agregar_filas(filas)
    contar_lo_planeado(importacion, Counter(fila.accion for fila in filas))


def anotar_lo_leido(importacion: ImportacionDePadron, planilla: Planilla) -> None:
    """Keep what is told of the whole file, apart from its rows."""
    importacion.leido = {
        "hojas": planilla.hojas[:20],
        "omitidas": {motivo: [len(numeros), *numeros[:5]] for motivo, numeros in planilla.omitidas.items()},
        "columnas_ignoradas": planilla.columnas_ignoradas[:20],
        "de_la_hoja": planilla.de_la_hoja,
    }
    importacion.estado = ImportacionDePadron.Estado.POR_REVISAR
    importacion.save(update_fields=["leido", "estado"])


def contar_lo_planeado(importacion: ImportacionDePadron, cuenta: Counter[str] | None = None) -> None:
    """Write how many rows there are of each kind."""
    if cuenta is None:
        pendientes = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR).order_by()
        cuenta = Counter(dict(pendientes.values_list("accion").annotate(Count("pk"))))
    ignoradas = importacion.leido.get("columnas_ignoradas", importacion.resumen.get("columnas_ignoradas", []))
    importacion.resumen = {**{accion.value: cuenta[accion] for accion in ACCIONES}, "columnas_ignoradas": ignoradas}
    importacion.save(update_fields=["resumen"])


def terminar_revision(importacion: ImportacionDePadron) -> None:
    """Count the rows of a list whose review is over, unless some of it was saved before."""
    if importacion.primera_en is None:
        contar_lo_planeado(importacion)


class Lector:
    """Understands and plans rows of one list, in as many lots as it takes: the later ones meet what the first took."""

    def __init__(
        self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime, primero: str = ""
    ) -> None:
        self.importacion = importacion
        self.alcance = alcance
        self.hoy = timezone.localdate(ahora)
        self.catalogo: Catalogo | None = None
        self.estado = Estado(releva=importacion.releva, primero=primero)

    def entender(self, filas: Sequence[Revisable]) -> None:
        """Read again what the cells say, and hold each row against the others and the register."""
        self.leer(filas)
        comparar(filas, self.alcance)

    def leer(self, filas: Sequence[Revisable]) -> list[FilaLeida]:
        """Understand each row by itself, and return what was understood."""
        if self.catalogo is None:
            tipos = self.estado.tipos.values()
            self.catalogo = catalogo_para(self.alcance, tipos, registro=RegistroDeNombres())
        supuestos = Supuestos.de_json(self.importacion.supuestos)
        leidas = []
        for fila in filas:
            leida = interpretar(
                fila=cruda_de(fila),
                catalogo=self.catalogo,
                esquema=self.importacion.esquema,
                hoy=self.hoy,
                supuestos=supuestos,
            )
            poner_lectura(fila, leida)
            leidas.append(leida)
        return leidas

    def planear(self, filas: Sequence[Revisable], leidas: list[FilaLeida] | None = None) -> list[FilaLeida]:
        """Say what each row would do, after those already planned here and those of this list already saved.

        Return what was understood of each, its person known. ``leidas``: that, of rows that were read just now.
        """
        leidas = [leida_de(fila) for fila in filas] if leidas is None else leidas
        self.estado.ampliar(leidas)
        if self.importacion.resumen:
            self.estado.recordar_guardadas(self.importacion)
        for fila, plan in zip(filas, planear(filas=leidas, alcance=self.alcance, estado=self.estado), strict=True):
            poner_plan(fila, plan)
        return leidas
