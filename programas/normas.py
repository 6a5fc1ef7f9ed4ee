"""Read the norms that the programme cites, and put together what several files say of the same article.

The rule for putting together: an article may be written in more than one file, and each may add wordings; what two
files say about the same thing must be the same. A contradiction is refused: the law has one date, not two.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from django.utils.translation import gettext as _

from .errores import Problema
from .fichas import Articulo, Norma, Redaccion
from .mapeo import Mapeo


def leer(texto: str, archivo: str) -> tuple[Norma, ...]:
    """Return the norms of a file."""
    mapeo = Mapeo.leer(texto, archivo)
    normas = tuple(_norma(una) for una in mapeo.mapeos("normas"))
    mapeo.terminar()
    return normas


def _norma(mapeo: Mapeo) -> Norma:
    mapeo.nombre = mapeo.texto("clave", maximo=40)
    norma = Norma(
        clave=mapeo.nombre,
        tipo=mapeo.texto("tipo", maximo=60),
        numero=mapeo.texto("numero", maximo=40),
        titulo=mapeo.texto("titulo", maximo=300),
        publicada=mapeo.fecha("publicada", None),
        articulos=tuple(_articulo(uno) for uno in mapeo.mapeos("articulos")),
        archivo=mapeo.archivo,
        linea=mapeo.linea,
    )
    mapeo.terminar()
    for articulo in norma.articulos:
        if not articulo.clave.startswith(norma.clave + "/"):
            raise mapeo.error(
                _("la clave del artículo «%(clave)s» debe empezar con la de su norma.") % {"clave": articulo.clave}
            )
    return norma


def _articulo(mapeo: Mapeo) -> Articulo:
    mapeo.nombre = mapeo.texto("clave", maximo=60)
    articulo = Articulo(
        clave=mapeo.nombre,
        numero=mapeo.texto("numero", maximo=40),
        numero_tuo=mapeo.texto("numero_tuo", "", maximo=20),
        titulo=mapeo.texto("titulo", maximo=200),
        redacciones=_en_orden([_redaccion(una) for una in mapeo.mapeos("redacciones")]),
        archivo=mapeo.archivo,
        linea=mapeo.linea,
    )
    mapeo.terminar()
    return articulo


def _redaccion(mapeo: Mapeo) -> Redaccion:
    redaccion = Redaccion(
        vigente_desde=mapeo.fecha("vigente_desde"),
        vigente_hasta=mapeo.fecha("vigente_hasta", None),
        modificada_por=mapeo.texto("modificada_por", None),
        resumen=" ".join(mapeo.texto("resumen").split()),
    )
    mapeo.terminar()
    return redaccion


def _en_orden(redacciones: list[Redaccion]) -> tuple[Redaccion, ...]:
    return tuple(sorted(redacciones, key=lambda una: una.vigente_desde, reverse=True))


def juntar(normas: list[Norma], problemas: list[Problema]) -> tuple[Norma, ...]:
    """Return each norm once, with the articles of every file. Notes in ``problemas`` what does not agree."""
    juntas: dict[str, Norma] = {}
    for norma in normas:
        previa = juntas.get(norma.clave)
        if previa is None:
            juntas[norma.clave] = norma
            continue
        _comparar(previa, norma, ("tipo", "numero", "titulo", "publicada"), problemas)
        articulos = {articulo.clave: articulo for articulo in previa.articulos}
        for articulo in norma.articulos:
            otro = articulos.get(articulo.clave)
            articulos[articulo.clave] = articulo if otro is None else _juntar_articulo(otro, articulo, problemas)
        juntas[norma.clave] = dataclasses.replace(previa, articulos=tuple(articulos.values()))
    for norma in juntas.values():
        for articulo in norma.articulos:
            problemas += _revisar_redacciones(articulo, juntas)
    return tuple(juntas.values())


def _comparar(uno: Any, otro: Any, campos: tuple[str, ...], problemas: list[Problema]) -> None:
    for campo in campos:
        if getattr(uno, campo) != getattr(otro, campo):
            mensaje = _("%(clave)s: «%(campo)s» no coincide con %(archivo)s («%(esto)s» y «%(eso)s»). Deje uno solo.")
            datos = {
                "clave": otro.clave,
                "campo": campo,
                "archivo": uno.archivo,
                "esto": getattr(otro, campo),
                "eso": getattr(uno, campo),
            }
            problemas.append(Problema(otro.archivo, otro.linea, mensaje % datos))


def _juntar_articulo(uno: Articulo, otro: Articulo, problemas: list[Problema]) -> Articulo:
    _comparar(uno, otro, ("numero", "numero_tuo", "titulo"), problemas)
    redacciones = {una.vigente_desde: una for una in uno.redacciones}
    for redaccion in otro.redacciones:
        previa = redacciones.setdefault(redaccion.vigente_desde, redaccion)
        if previa != redaccion:
            mensaje = _("%(clave)s: la redacción del %(fecha)s no dice lo mismo que en %(archivo)s. Deje una sola.")
            datos = {"clave": otro.clave, "fecha": redaccion.vigente_desde, "archivo": uno.archivo}
            problemas.append(Problema(otro.archivo, otro.linea, mensaje % datos))
    return dataclasses.replace(uno, redacciones=_en_orden(list(redacciones.values())))


def _revisar_redacciones(articulo: Articulo, normas: dict[str, Norma]) -> list[Problema]:
    """One wording in force, each ending the day before the next, each changed by a norm that is listed."""
    mensajes: list[str] = []
    siguiente: datetime.date | None = None
    for redaccion in articulo.redacciones:
        hasta = siguiente - datetime.timedelta(days=1) if siguiente else None
        if redaccion.vigente_hasta != hasta and (
            siguiente is None or redaccion.vigente_hasta is None or redaccion.vigente_hasta > hasta
        ):
            mensajes.append(
                _("la redacción del %(fecha)s debe terminar %(hasta)s.")
                % {"fecha": redaccion.vigente_desde, "hasta": _("en null: es la que rige") if hasta is None else hasta}
            )
        if redaccion.modificada_por and redaccion.modificada_por not in normas:
            mensajes.append(_("falta la norma «%(clave)s», que la modificó.") % {"clave": redaccion.modificada_por})
        siguiente = redaccion.vigente_desde
    return [Problema(articulo.archivo, articulo.linea, f"{articulo.clave}: {mensaje}") for mensaje in mensajes]
