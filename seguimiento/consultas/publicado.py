"""What was published: of each province the last month, or that of a day. Nothing is counted here."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from certificados.models import DocumentoDeCifras
from instancias.models import Territorio
from instancias.politica import AlcanceEfectivo
from instancias.querysets import bajo

from ..models import Publicacion
from . import abiertas

Datos = dict[str, Any]


def publicadas(
    *, provincias: Any = None, hasta: datetime.date | None = None, edicion: int | None = None
) -> QuerySet[Publicacion]:
    """The last publication of each province, of its newest edition. One statement."""
    todas = Publicacion.objects.all()
    if edicion is not None:
        todas = todas.filter(edicion_id=edicion)
    if hasta is not None:
        todas = todas.filter(corte__lte=hasta)
    if provincias is not None:
        todas = todas.filter(provincia__in=provincias)
    suyas = todas.filter(provincia=OuterRef("provincia")).order_by("-corte", "-edicion__inicia", "-pk")
    return (
        todas.filter(pk=Subquery(suyas.values("pk")[:1]))
        .select_related("provincia", "edicion__curso")
        .defer("contadas", "asientos", "provincia__contorno")
        .order_by("provincia_id")
    )


def publicada(provincia: str) -> Publicacion | None:
    return publicadas(provincias=[provincia]).first()


def instancias(una: Publicacion) -> list[Datos]:
    """The rows by table, as every page and file tells them: a count that is not told is None."""
    dichas = una.cifras["terminaron"]
    comun = {"al": una.corte, "provincia": una.provincia_id, "terminaron_al": una.personas_al}
    return [{**fila, **comun, "terminaron": dichas.get(fila["ubigeo"])} for fila in una.cifras["instancias"]]


def de_un_alcance(alcance: AlcanceEfectivo, *, hasta: datetime.date, edicion: int) -> QuerySet[Publicacion]:
    """The publication of a day of each province that a scope reaches, whole or in part."""
    suyas = Territorio.objects.filter(nivel=Territorio.Nivel.PROVINCIA)
    dentro = suyas.filter(bajo({prefijo[:4] for prefijo in alcance.prefijos}, "ubigeo"))
    return publicadas(provincias=dentro.values("pk"), hasta=hasta, edicion=edicion)


def total(una: Publicacion) -> Datos:
    """Of a whole province, as the API tells it."""
    comun = {"provincia": una.provincia_id, "al": una.corte, "terminaron_al": una.personas_al}
    return {**comun, "terminaron": terminaron(una)}


def terminaron(una: Publicacion) -> int | None:
    """Of the whole province, once at each table where they sit."""
    cuantas: int | None = una.cifras["terminaron"][""]
    return cuantas


def certificaciones(una: Publicacion) -> list[DocumentoDeCifras]:
    """The certificates of its tables, with the state that they have now. One statement."""
    filas = DocumentoDeCifras.objects.dentro_de((una.provincia_id,)).filter(
        clase=DocumentoDeCifras.Clase.INSTANCIA, edicion_id=una.edicion_id
    )
    return list(abiertas.con_sus_palabras(filas).order_by("anio", "numero"))


def ultimo_cierre(una: Publicacion) -> DocumentoDeCifras | None:
    """The last closing in force of the province, or of a part of it. One statement."""
    filas = DocumentoDeCifras.objects.vigentes().dentro_de((una.provincia_id,))
    filas = filas.filter(clase=DocumentoDeCifras.Clase.CIERRE, edicion_id=una.edicion_id)
    cierre: DocumentoDeCifras | None = abiertas.con_sus_palabras(filas).order_by("-al", "-pk").first()
    return cierre
