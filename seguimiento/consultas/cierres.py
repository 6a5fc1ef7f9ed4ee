"""Which closings there are, which ones the calendar asks for, and in which ones a seat was counted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from certificados.models import DocumentoDeCifras
from cursos.models import Edicion
from instancias.models import Asiento, Territorio
from instancias.politica import AlcanceEfectivo

from .ambito import Ambito, ediciones_del

DIAS_PARA_CERRAR = 60  # later than this after its day, a closing is made by hand
MAXIMO_DE_CIERRES = 10
ESE_DIA = "ese_dia"  # what a closing is compared with: its own day, as it is known today


def ambito_del_cierre(cierre: DocumentoDeCifras, *, ahora: datetime.datetime) -> Ambito:
    """The limits with which a closing was made, for today: the same territories and the same edition."""
    territorios = tuple(cierre.datos["cifras"]["territorios"])
    ediciones = ediciones_del(AlcanceEfectivo(territorios))
    edicion = next((una for una in ediciones if una.id == cierre.edicion_id), None)
    ambito = Ambito(prefijos=territorios, ahora=ahora, edicion=edicion, ediciones=ediciones)
    return ambito.en(territorios[0]) if len(territorios) == 1 and len(territorios[0]) == 6 else ambito


def otros_cierres(alcance: AlcanceEfectivo, cierre: DocumentoDeCifras) -> list[DocumentoDeCifras]:
    """Closings in force of the same scope to compare it with, newest first: one that was annulled says nothing."""
    filas = DocumentoDeCifras.objects.vigentes().dentro_de(alcance.prefijos)
    filas = filas.filter(clase=DocumentoDeCifras.Clase.CIERRE)
    return list(filas.exclude(pk=cierre.pk).select_related("edicion")[:MAXIMO_DE_CIERRES])


def por_cerrar(*, ahora: datetime.datetime, hoy: datetime.date) -> Iterator[tuple[Ambito, datetime.date]]:
    """Each province of each edition with a day that ended lately: the last of a year, or of the edition."""
    for edicion in Edicion.objects.filter(inicia__lt=hoy).order_by("pk"):
        dias = _dias_de(edicion, hoy)
        if not dias:
            continue
        for prefijos in por_provincia(edicion):
            ediciones = ediciones_del(AlcanceEfectivo(prefijos))
            una = next((una for una in ediciones if una.id == edicion.pk), None)
            ambito = Ambito(prefijos=prefijos, ahora=ahora, edicion=una, ediciones=ediciones)
            yield from ((ambito, al) for al in dias)


def _dias_de(edicion: Edicion, hoy: datetime.date) -> list[datetime.date]:
    posibles = {datetime.date(hoy.year - 1, 12, 31)}
    if edicion.termina:
        posibles.add(edicion.termina)
    desde = max(hoy - datetime.timedelta(days=DIAS_PARA_CERRAR), edicion.inicia)
    hasta = min(hoy - datetime.timedelta(days=1), edicion.termina or hoy)
    return sorted(dia for dia in posibles if desde <= dia <= hasta)


def por_provincia(edicion: Edicion) -> list[tuple[str, ...]]:
    """Its territories, those of a province together; a department is its provinces."""
    grupos: dict[str, set[str]] = {}
    for ubigeo in edicion.territorios.values_list("pk", flat=True):
        if len(ubigeo) == 2:
            dentro = Territorio.objects.bajo([ubigeo]).filter(nivel=Territorio.Nivel.PROVINCIA)
            for provincia in dentro.values_list("pk", flat=True):
                grupos.setdefault(provincia, set()).add(provincia)
        else:
            grupos.setdefault(ubigeo[:4], set()).add(ubigeo)
    return [(provincia,) if provincia in grupo else tuple(sorted(grupo)) for provincia, grupo in sorted(grupos.items())]


@dataclass(frozen=True)
class AsientoEnUnCierre:
    """How a closing counted a seat: with somebody, and with one of them trained."""

    cierre: int
    registro: str
    titulo: str
    al: datetime.date
    con_persona: bool
    completo: bool


def cierres_de_un_asiento(alcance: AlcanceEfectivo, asiento: Asiento) -> list[AsientoEnUnCierre]:
    """The last closings in force that counted a seat. One statement."""
    ubigeo = asiento.instancia.territorio_id
    filas = (
        DocumentoDeCifras.objects.vigentes()
        .dentro_de(alcance.prefijos)
        .filter(clase=DocumentoDeCifras.Clase.CIERRE, territorios__in=[ubigeo[:2], ubigeo[:4], ubigeo])
        .order_by("-al", "-pk")
    )
    contados = []
    for cierre in filas[:MAXIMO_DE_CIERRES]:
        fila = next((uno for uno in cierre.datos["cifras"]["asientos"] if uno["asiento"] == asiento.pk), None)
        if fila is not None:
            ocupado = bool(fila["titular"] or fila["alterno"])
            titulo = cierre.datos["publico"]["titulo"]
            contados.append(
                AsientoEnUnCierre(cierre.pk, cierre.registro, titulo, cierre.al, ocupado, bool(fila["completo"]))
            )
    return contados
