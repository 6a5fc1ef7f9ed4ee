"""The panel of a province: its figures and matrices drawn, and whom to remind first, kept while nothing changes.

Kept under the number of the changes of the scope (``consultas.cambios``), so that what is given again says what the
facts say. What passes by itself has its instants with it. Nothing of a person is kept but their number: names, phones
and links are read each time. Without numbers (decisions 46 and 47), or without a cache, all of it is made each time.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cursos.consultas.dibujo import marca
from instancias import rastro

from .. import mosaico
from ..consultas import (
    asientos,
    ayuda,
    cambios,
    capacitadas,
    contadas,
    distritos,
    guardado,
    matriz,
    personas,
    quietud,
    recordar,
)
from ..consultas.ambito import Ambito
from ..consultas.despues import RegistradoDespues, registrado_despues
from ..consultas.distritos import Instancia, Totales
from .comun import consulta_de, nombre_del_ambito
from .mensajes_de_filas import dibujar

MAXIMO_EN_EL_PANEL = 10  # of each, its reason and its message: the rest is one touch away
PLANTILLA = "kuska/seguimiento/partes/instancias_y_asientos.html"
SUS_PARTES = (
    PLANTILLA,
    *(
        f"kuska/seguimiento/partes/{una}.html"
        for una in ("mosaico", "tesela", "leyenda", "tabla_de_instancias", "claves", "matriz", "matriz_de_una")
    ),
    *(f"kuska/seguimiento/partes/{una}.html" for una in ("matriz_en_lista", "fila_de_instancia", "fila_de_matriz")),
)


@dataclass(frozen=True)
class Dibujo:
    """The sums and the drawing of a scope. ``se_aquietan``: when one more person is still, in the rest of the day."""

    total: Totales
    html: str
    despues: RegistradoDespues | None
    se_aquietan: list[datetime.datetime]

    def al(self, ahora: datetime.datetime) -> Totales:
        """The sums of this instant."""
        return replace(self.total, sin_actividad=self.total.sin_actividad + bisect_left(self.se_aquietan, ahora))


@dataclass(frozen=True)
class Primeras:
    """Whom to remind first, by number, and until when."""

    personas: dict[int, int]  # and the place of their reason
    hay_mas: bool
    asientos: list[int]
    vence: datetime.datetime


class Panel:
    """What the page of a scope shows: from what is kept, or from facts."""

    def __init__(self, request: HttpRequest, ambito: Ambito) -> None:
        self.request, self.ambito = request, ambito
        # Before any fact is read: what is kept under this number is never older than it.
        self.numeros = cambios.numeros(ambito)
        self.cambios = str(self.numeros) if self.numeros else None
        self.llaves = self._llaves() if self.cambios else []
        suyos = dict.fromkeys(self.llaves, self.cambios or "")
        self.guardado: dict[str, Any] = guardado.leer(suyos, ahora=ambito.ahora) if suyos else {}

    def _llaves(self) -> list[str]:
        recordado = cambios.lo_recordado(self.ambito)
        consulta = (consulta_de(self.ambito), nombre_del_ambito(self.ambito), get_language(), marca(SUS_PARTES))
        llaves = [cambios.llave("dibujo", self.ambito, *recordado, *consulta)]
        if self.ambito.al is None:
            llaves.append(cambios.llave("primeras", self.ambito, *recordado))
        return llaves

    @cached_property
    def contadas(self) -> contadas.DeLasInstancias | None:
        """The instancias one by one: only those that changed are counted again."""
        suyas = contadas.DeLasInstancias(self.ambito, self.numeros) if self.numeros else None
        return None if suyas is None or suyas.son_muchas else suyas

    @cached_property
    def por_ayudar(self) -> list[int]:
        return self.contadas.por_ayudar() if self.contadas else ayuda.personas_por_ayudar(self.ambito)

    @cached_property
    def dibujo(self) -> Dibujo:
        return self._guardado(0) or self._guardar(0, self._dibujar())

    def _guardado(self, cual: int) -> Any:
        return self.guardado.get(self.llaves[cual]) if self.cambios else None

    def _guardar(self, cual: int, que: Any) -> Any:
        if self.cambios:
            llave = self.llaves[cual]
            guardado.guardar({llave: que}, {llave: self.cambios}, cambios.segundos_del_dia(self.ambito))
        return que

    def contexto(self) -> dict[str, Any]:
        total = self.dibujo.al(self.ambito.ahora)
        return {
            "total": total,
            "despues": self.dibujo.despues,
            "instancias_y_asientos": mark_safe(self.dibujo.html),  # noqa: S308 (drawn here)
            **(self._por_recordar() if self.ambito.al is None else {}),
        }

    def _dibujar(self) -> Dibujo:
        suyas = self.contadas
        instancias = suyas.instancias() if suyas else distritos.instancias(self.ambito)
        total = suyas.totales(instancias) if suyas else distritos.totales(self.ambito, instancias)
        html: SafeString = render_to_string(
            PLANTILLA,
            {
                "ambito": self.ambito,
                "lugar": nombre_del_ambito(self.ambito),
                "instancias": instancias,
                "total": total,
                **certificadas(self.ambito, instancias),
                "teselas": mosaico.armar(instancias),
                "escala": mosaico.ESCALA,
                **self._matrices(instancias),
            },
        )
        quietos: list[datetime.datetime] = []
        if self.cambios and self.ambito.al is None:
            quietos = suyas.se_aquietan() if suyas else quietud.se_aquietan(self.ambito)
        return Dibujo(total, str(html), registrado_despues(self.ambito), quietos)

    def _matrices(self, instancias: list[Instancia]) -> dict[str, Any]:
        """One matrix for the district tables and one for the provincial: the law gives each its own list of seats."""
        suyas = self.contadas
        contados = suyas.puestos() if suyas else matriz.puestos(self.ambito, por_ayudar=self.por_ayudar)
        propias = [una for una in instancias if una.es_propia and una.convocada]
        return {
            "matriz": matriz.armar([una for una in propias if not una.es_provincial], contados),
            "matriz_provincial": matriz.armar([una for una in propias if una.es_provincial], contados),
        }

    def _por_recordar(self) -> dict[str, Any]:
        """People first; the seats without anybody take the places left."""
        primeras = self._guardado(1)
        if primeras is not None:
            gente = recordar.estas(self.ambito, primeras.personas) if primeras.personas else []
            sillas = self._leer_sillas(primeras.asientos)
            hay_mas = primeras.hay_mas
        else:
            gente, sillas, hay_mas = self._primeras_de_cada_una(self.contadas) if self.contadas else self._buscar()
        rastro.se_vio(self.request, [fila.id for fila in gente])
        personas.poner_asientos(self.ambito, gente)
        return {
            "por_recordar": dibujar(self.request, self.ambito, gente, sillas) if gente or sillas else "",
            "hay_mas_por_recordar": hay_mas,
        }

    def _leer_sillas(self, cuales: list[int]) -> list[asientos.FilaDeAsiento]:
        return asientos.filas(recordar.vacantes(self.ambito).filter(pk__in=cuales), self.ambito) if cuales else []

    def _primeras_de_cada_una(
        self, suyas: contadas.DeLasInstancias
    ) -> tuple[list[personas.FilaDePersona], list[asientos.FilaDeAsiento], bool]:
        en_orden = contadas.juntar(suyas.en_espera())
        claves = en_orden.claves[:MAXIMO_EN_EL_PANEL]
        sillas = [pk for *_orden, pk in en_orden.sillas[: MAXIMO_EN_EL_PANEL - len(claves)]]
        hay_mas = len(en_orden.claves) + len(en_orden.sillas) > MAXIMO_EN_EL_PANEL
        ordenes = {pk: orden for orden, _espera, pk in claves}
        self._guardar(1, Primeras(ordenes, hay_mas, sillas, en_orden.vence))
        return recordar.estas(self.ambito, ordenes) if ordenes else [], self._leer_sillas(sillas), hay_mas

    def _buscar(self) -> tuple[list[personas.FilaDePersona], list[asientos.FilaDeAsiento], bool]:
        todas = recordar.personas(self.ambito, por_ayudar=self.por_ayudar)
        gente = recordar.filas(todas[: MAXIMO_EN_EL_PANEL + 1])
        sobran, gente = len(gente) > MAXIMO_EN_EL_PANEL, gente[:MAXIMO_EN_EL_PANEL]
        libres = MAXIMO_EN_EL_PANEL - len(gente)
        sillas = (
            [] if sobran or not libres else asientos.filas(recordar.vacantes(self.ambito)[: libres + 1], self.ambito)
        )
        hay_mas = sobran or not libres or len(sillas) > libres
        sillas = sillas[:libres]
        if self.cambios:
            vence = quietud.cambia_a_quien_recordar(
                self.ambito, self.dibujo.se_aquietan, ultima=gente[-1].orden if sobran else None
            )
            ordenes = {fila.id: fila.orden for fila in gente}
            self._guardar(1, Primeras(ordenes, hay_mas, [una.id for una in sillas], vence))
        return gente, sillas, hay_mas


def certificadas(ambito: Ambito, instancias: list[Instancia]) -> dict[str, Any]:
    """The state of each table, and how many are certified. Known of today only."""
    if ambito.al is not None:
        return {}
    estados = capacitadas.estados_de(ambito, instancias)
    return {"estados": estados, "certificadas": sum(uno.capacitada for uno in estados.values())}
