"""The review of a list: read it, keep its rows, and understand again what somebody mended."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from django.utils import timezone

from ..models import FilaDePadron, ImportacionDePadron
from ..politica import AlcanceEfectivo
from ..registro_de_nombres import RegistroDeNombres
from .aplicar import ACCIONES
from .estado import Estado
from .interpretacion import Catalogo, interpretar
from .lectura import Planilla
from .palabras import catalogo_para
from .plan import planear
from .renglones import cruda_de, leida_de, nueva, poner_lectura, poner_plan
from .repetidas import Repetidas
from .supuestos import Supuestos


def llenar(
    importacion: ImportacionDePadron, planilla: Planilla, *, alcance: AlcanceEfectivo, ahora: datetime.datetime
) -> None:
    """Keep the rows of a list, understood and planned, and count them. Writes no person."""
    filas = [nueva(importacion, orden, cruda) for orden, cruda in enumerate(planilla.filas)]
    lector = Lector(importacion, alcance, ahora)
    lector.entender(filas)
    lector.planear(filas)
    FilaDePadron.objects.bulk_create(filas, batch_size=1000)
    cuenta = Counter(fila.accion for fila in filas)
    importacion.resumen = {
        **{accion.value: cuenta[accion] for accion in ACCIONES},
        "columnas_ignoradas": planilla.columnas_ignoradas[:20],
    }
    importacion.leido = {
        "hojas": planilla.hojas[:20],
        "omitidas": {motivo: [len(numeros), *numeros[:5]] for motivo, numeros in planilla.omitidas.items()},
    }
    importacion.estado = ImportacionDePadron.Estado.POR_REVISAR
    importacion.save(update_fields=["resumen", "leido", "estado"])


class Lector:
    """Understands and plans rows of one list, in as many lots as it takes: the later ones meet what the first took."""

    def __init__(self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime) -> None:
        self.importacion = importacion
        self.alcance = alcance
        self.hoy = timezone.localdate(ahora)
        self.catalogo: Catalogo | None = None
        self.estado = Estado(releva=importacion.releva)
        self.repetidas = Repetidas(importacion, alcance)

    def entender(self, filas: Sequence[FilaDePadron]) -> None:
        """Read again what the cells say, and hold each row against the others and the register."""
        self.leer(filas)
        self.repetidas.comparar(filas)

    def leer(self, filas: Sequence[FilaDePadron]) -> None:
        if self.catalogo is None:
            tipos = self.estado.tipos.values()
            self.catalogo = catalogo_para(self.alcance, tipos, registro=RegistroDeNombres())
        supuestos = Supuestos.de_json(self.importacion.supuestos)
        for fila in filas:
            leida = interpretar(
                fila=cruda_de(fila),
                catalogo=self.catalogo,
                esquema=self.importacion.esquema,
                hoy=self.hoy,
                supuestos=supuestos,
            )
            poner_lectura(fila, leida)

    def planear(self, filas: Sequence[FilaDePadron]) -> None:
        """Say what each row would do, after those already planned here and those of this list already saved."""
        leidas = [leida_de(fila) for fila in filas]
        self.estado.ampliar(leidas)
        if self.importacion.resumen:
            self.estado.recordar_guardadas(self.importacion)
        for fila, plan in zip(filas, planear(filas=leidas, alcance=self.alcance, estado=self.estado), strict=True):
            poner_plan(fila, plan)
