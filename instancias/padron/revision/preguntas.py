"""Words to clear up: what a list says and nobody knows yet, asked once each and answered for all its rows."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ...models import FilaDePadron, ImportacionDePadron
from ...politica import AlcanceEfectivo
from ..diccionario.asientos import es_solo_un_cargo
from ..diccionario.claves import clave_de
from ..diccionario.palabras import (
    ASIENTO,
    CALIDAD,
    DISTRITO,
    Opcion,
    Opciones,
    aprender,
    exigir_que_se_ofrece,
    se_aprende,
)
from ..planes.renglones import abierta
from .banco import exigir_ambito, volver_a_leer

DE_DOS_LUGARES = "distrito_dudoso"
# The problems that are a word to clear up, by the column where it stands.
CODIGOS = {
    ASIENTO: ("asiento_desconocido", "asiento_dudoso"),
    DISTRITO: ("distrito_desconocido", DE_DOS_LUGARES, "falta"),
    CALIDAD: ("calidad_desconocida",),
}
A_LA_VEZ = 12  # questions on a page: the next ones come as these are answered
SUGERIDAS = 4


@dataclass
class Pregunta:
    """A word of a list, how it was written, in how many rows, and what it may mean."""

    clase: str
    nivel: str
    clave: str
    filas: list[int] = field(default_factory=list)
    escrita: Counter[str] = field(default_factory=Counter)
    propuestas: Counter[str] = field(default_factory=Counter)
    sugeridas: tuple[Opcion, ...] = ()
    opciones: tuple[Opcion, ...] = ()
    solo_aqui: bool = False  # the same word means another thing in the next list: a name of two places, a post alone

    @property
    def se_aprende(self) -> bool:
        return not self.solo_aqui and se_aprende(self.leido)

    @property
    def leido(self) -> str:
        """As most of its rows write it."""
        return min(self.escrita, key=lambda texto: (-self.escrita[texto], texto))

    @property
    def cuantas(self) -> int:
        return len(self.filas)


Renglon = tuple[int, str, Iterable[Mapping[str, Any]]]  # number, level of the table, problems


def preguntas_de(renglones: Iterable[Renglon], opciones: Opciones) -> list[Pregunta]:
    """The questions of some rows, those of most rows first. The order of the rows changes nothing."""
    por_palabra: dict[tuple[str, str, str], Pregunta] = {}
    for numero, nivel, problemas in renglones:
        for problema in problemas:
            clase = problema["campo"]
            if problema["codigo"] not in CODIGOS.get(clase, ()):
                continue
            nivel_de_la_palabra = nivel if clase == ASIENTO else ""
            clave = clave_de(problema["leido"])
            pregunta = por_palabra.setdefault(
                (clase, nivel_de_la_palabra, clave), Pregunta(clase, nivel_de_la_palabra, clave)
            )
            pregunta.filas.append(numero)
            pregunta.solo_aqui |= problema["codigo"] == DE_DOS_LUGARES
            pregunta.solo_aqui |= clase == ASIENTO and es_solo_un_cargo(problema["leido"])
            pregunta.escrita[problema["leido"]] += 1
            for lugar, propuesta in enumerate(problema["propuestas"]):
                pregunta.propuestas[propuesta] += 100 - lugar
    for pregunta in por_palabra.values():
        pregunta.opciones = opciones.para(pregunta.clase, pregunta.nivel)
        pregunta.sugeridas = _sugeridas(pregunta)
    orden = sorted(por_palabra.values(), key=lambda p: (-p.cuantas, list(CODIGOS).index(p.clase), p.nivel, p.clave))
    return [pregunta for pregunta in orden if pregunta.opciones]


def _sugeridas(pregunta: Pregunta) -> tuple[Opcion, ...]:
    """Of what it may mean, what its rows propose: by name, or by code."""
    por_texto = {_nombre(opcion): opcion for opcion in pregunta.opciones}
    por_texto |= {opcion.valor: opcion for opcion in pregunta.opciones}
    por_texto |= {opcion.texto: opcion for opcion in pregunta.opciones}
    orden = sorted(pregunta.propuestas, key=lambda propuesta: (-pregunta.propuestas[propuesta], propuesta))
    return tuple(por_texto[propuesta] for propuesta in orden if propuesta in por_texto)[:SUGERIDAS]


def _nombre(opcion: Opcion) -> str:
    """A seat is offered by its short name; a district, without its province."""
    return opcion.texto.split(":")[0].split(" (")[0]


def por_aclarar(importacion: ImportacionDePadron, alcance: AlcanceEfectivo) -> list[Pregunta]:
    """The questions of a list under review. One statement for its rows, and those of the options if there is any."""
    condicion = Q(pk__in=[])
    for clase, codigos in CODIGOS.items():
        for codigo in codigos:
            condicion |= Q(motivos__contains=f",{clase}.{codigo},")
    filas = importacion.filas.filter(condicion, estado=FilaDePadron.Estado.POR_REVISAR)
    renglones = list(filas.order_by().values_list("pk", "leida__nivel", "problemas"))
    if not renglones:
        return []
    return preguntas_de([(pk, nivel or "", problemas) for pk, nivel, problemas in renglones], Opciones.de(alcance))


@transaction.atomic
def responder(
    *,
    importacion_id: int,
    clase: str,
    nivel: str,
    clave: str,
    significa: str,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
) -> int:
    """Answer what a word means: it is learnt if it always means that, and all the rows of the list that say it are
    understood again.

    Return how many. Raises ``ya_aclarada`` when no row asks it any more, ``no_significa`` for what is not offered, and
    what ``banco.volver_a_leer`` raises.
    """
    importacion = abierta(importacion_id, ahora)
    exigir_ambito(importacion, alcance)
    una = (clase, nivel, clave)
    pregunta = next((p for p in por_aclarar(importacion, alcance) if (p.clase, p.nivel, p.clave) == una), None)
    if pregunta is None:
        raise ErrorDeDominio("ya_aclarada", _("Esa palabra ya no está por aclarar."))
    opcion = exigir_que_se_ofrece(clase, nivel, significa, alcance)
    if pregunta.se_aprende:
        aprender(
            clase=clase,
            texto=pregunta.leido,
            significa=significa,
            alcance=alcance,
            por=por,
            ahora=ahora,
            nivel=nivel,
        )
    else:
        _escribir_en_la_celda(importacion, pregunta, opcion)
    volver_a_leer(importacion_id=importacion_id, filas=pregunta.filas, alcance=alcance, ahora=ahora, por=por)
    return pregunta.cuantas


def _escribir_en_la_celda(importacion: ImportacionDePadron, pregunta: Pregunta, opcion: Opcion) -> None:
    """What is not learnt, as an empty cell, is written in the rows that asked it, and holds for them alone."""
    filas = list(importacion.filas.filter(pk__in=pregunta.filas))
    for fila in filas:
        fila.cruda = {**fila.cruda, pregunta.clase: opcion.texto if pregunta.clase == DISTRITO else opcion.valor}
        fila.version += 1
    FilaDePadron.objects.bulk_update(filas, ["cruda", "version"], batch_size=500)
