"""Who waits for a reminder, by reason: the order of all of them is kept while nothing changes, by number only."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest

from instancias.models import Persona

from ..consultas import ayuda, cambios, contadas, guardado, quietud, recordar
from ..consultas.ambito import Ambito
from ..consultas.personas import FilaDePersona
from ..consultas.recordar import ORDEN, Motivo
from .paginas import PaginaPorClave, pagina_de_claves, pagina_por_clave, por_espera

MAXIMO = 10_000  # of more people than these, the order is not kept

Clave = tuple[int, datetime.datetime, int]


@dataclass(frozen=True)
class EnOrden:
    """Each reason, since when they wait and who they are, in order; how many seats; and until when it is so."""

    claves: list[Clave]
    asientos: int
    vence: datetime.datetime


class Espera:
    """The page «A quién recordar» of a scope: from what is kept, or from facts (see ``dibujo``)."""

    def __init__(self, ambito: Ambito) -> None:
        self.ambito = ambito
        self.numeros = cambios.numeros(ambito)
        self.cambios = str(self.numeros) if self.numeros else None
        self.en_orden = self._en_orden() if self.cambios else None

    def _en_orden(self) -> EnOrden:
        llave = cambios.llave("espera", self.ambito, *cambios.lo_recordado(self.ambito))
        numeros = {llave: self.cambios or ""}
        if leida := guardado.leer(numeros, ahora=self.ambito.ahora).get(llave):
            return leida  # type: ignore[no-any-return]
        nuevo = self._de_cada_una() or self._de_hechos()
        if len(nuevo.claves) <= MAXIMO:
            guardado.guardar({llave: nuevo}, numeros, cambios.segundos_del_dia(self.ambito))
        return nuevo

    def _de_cada_una(self) -> EnOrden | None:
        """Of the instancias one by one: only those that changed are asked again."""
        suyas = contadas.DeLasInstancias(self.ambito, self.numeros) if self.numeros else None
        if suyas is None or suyas.son_muchas:
            return None
        juntas = contadas.juntar(suyas.en_espera())
        return EnOrden(juntas.claves, len(juntas.sillas), juntas.vence)

    def _de_hechos(self) -> EnOrden:
        claves = list(self.todas.values_list("orden", "espera", "pk"))
        vence = quietud.cambia_a_quien_recordar(self.ambito, quietud.se_aquietan(self.ambito), ultima=None)
        return EnOrden(claves, recordar.vacantes(self.ambito).order_by().count(), vence)

    @cached_property
    def todas(self) -> QuerySet[Persona]:
        return recordar.personas(self.ambito, por_ayudar=ayuda.personas_por_ayudar(self.ambito))

    @cached_property
    def cuentas(self) -> dict[str, int]:
        """How many of each reason, seats included."""
        if self.en_orden is None:
            return recordar.contar(self.todas, recordar.vacantes(self.ambito))
        gente = Counter(orden for orden, *_demas in self.en_orden.claves)
        suyas = {motivo: gente.get(lugar, 0) for lugar, motivo in enumerate(ORDEN)}
        return suyas | {Motivo.VACANTE: self.en_orden.asientos}

    def pagina(self, request: HttpRequest, motivo: str) -> PaginaPorClave:
        """The people of a reason, or of all of them."""
        if self.en_orden is None:
            de_un_motivo = recordar.con_motivo(self.todas, motivo) if motivo else self.todas
            contados = sum(n for uno, n in self.cuentas.items() if uno != Motivo.VACANTE and motivo in ("", uno))
            return pagina_por_clave(request, de_un_motivo, por_espera(), recordar.filas, contados=contados)
        suyas = self.en_orden.claves
        if motivo:
            lugar = ORDEN.index(Motivo(motivo))
            suyas = suyas[bisect_left(suyas, (lugar,)) : bisect_left(suyas, (lugar + 1,))]  # they come by reason

        def leer(cuales: Sequence[Clave]) -> list[FilaDePersona]:
            return recordar.estas(self.ambito, {pk: orden for orden, _espera, pk in cuales})

        return pagina_de_claves(request, suyas, por_espera(), leer)
