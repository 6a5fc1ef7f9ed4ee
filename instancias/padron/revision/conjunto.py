"""What each row of a long list changes of the others, once all of them are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from ...models import FilaDePadron, ImportacionDePadron
from ...politica import AlcanceEfectivo
from ..interpretacion.leida import FilaLeida
from ..planes.dependientes import Lugar, alcanzadas
from ..planes.renglones import Revisable, de_estas
from ..planes.repetidas import Quien, avisos_de, de_la_fila, poner_aviso
from .revisar import Lector

MAXIMO = 2000  # rows that are planned again at once; more are another round of the work


class Conjunto:
    """The rows of a list without their weight: who they name and where they stand.

    They were planned in their order, as if no two of them were one person. ``comparar`` looks for those that may be,
    and plans again the few that it reaches: ``cambiadas`` are those of them that are written already.
    """

    def __init__(self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo, ahora: datetime.datetime) -> None:
        self.importacion, self.alcance, self.ahora = importacion, alcance, ahora
        self.lugares: list[Lugar] = []
        self.quienes: list[Quien] = []
        self.cambiadas: list[FilaDePadron] = []

    def conocer(self, filas: Iterable[Revisable], leidas: Iterable[FilaLeida]) -> None:
        """Note these rows, the next ones."""
        for fila, leida in zip(filas, leidas, strict=True):
            self.lugares.append(Lugar.de(fila.orden, leida))
            if quien := de_la_fila(fila):
                self.quienes.append(quien)

    def comparar(self, sin_escribir: Sequence[Revisable]) -> bool:
        """Put the warnings and plan again what they reach. ``sin_escribir``: the last rows, not in the database yet.

        Return whether that is all; if not, so many are reached that all of them have to be planned again.
        """
        avisos = avisos_de(self.quienes, self.alcance)
        tocadas = alcanzadas(self.lugares, avisos, maximo=MAXIMO)
        if tocadas is None:
            return False
        ultimas = [fila for fila in sin_escribir if fila.orden in tocadas]
        self.cambiadas = de_estas(self.importacion, tocadas - {fila.orden for fila in ultimas})
        filas = [*self.cambiadas, *ultimas]  # the last ones come last
        for fila in filas:
            poner_aviso(fila, avisos.get(fila.orden))
        Lector(self.importacion, self.alcance, self.ahora).planear(filas)
        return True
