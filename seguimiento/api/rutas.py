"""The addresses that answer: what exists, seats, coverage and closings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ..consultas import abiertas, publicado
from ..consultas.cifras import asientos_contados
from ..consultas.coberturas import que_hay
from . import cuerpos
from .contar import SE_CUENTA, contadas
from .pedido import PedidoDePagina, PedidoDeUnDia, Tramo, alcance_del, ambito_del, comun, cortar, numero_de

rutas = Router()
PROBLEMAS = dict.fromkeys((401, 403, 422, 429), cuerpos.Problema)
Filas = list[dict[str, Any]]


def sin_guardar(respuesta: HttpResponse) -> None:
    """What a key reads is of that key: no cache on the way keeps it."""
    respuesta["Cache-Control"] = "no-store"


@rutas.get(
    "ediciones",
    response={200: cuerpos.Ediciones, **PROBLEMAS},
    operation_id="ediciones",
    summary="Ediciones del territorio",
)
def ediciones(request: HttpRequest, response: HttpResponse) -> dict:
    sin_guardar(response)
    filas = [abiertas.edicion(una) for una in abiertas.ediciones_de(alcance_del(request))]
    return {"territorio": request.auth.territorio_id, "filas": filas}


@rutas.get(
    "instancias", response={200: cuerpos.Instancias, **PROBLEMAS}, operation_id="instancias", summary="Instancias"
)
def instancias(request: HttpRequest, response: HttpResponse, pedido: PedidoDeUnDia) -> dict:
    sin_guardar(response)
    ambito = ambito_del(request, pedido)
    certificadas = abiertas.certificadas_al(ambito)
    tramo = _tramo([abiertas.instancia(una, certificadas) for una in que_hay(ambito)], pedido)
    return {**comun(request, ambito, tramo), "filas": tramo.filas}


@rutas.get(
    "asientos", response={200: cuerpos.Asientos, **PROBLEMAS}, operation_id="asientos", summary="Asientos exigidos"
)
def asientos(request: HttpRequest, response: HttpResponse, pedido: PedidoDeUnDia) -> dict:
    sin_guardar(response)
    ambito = ambito_del(request, pedido)
    contados = asientos_contados(ambito, despues=numero_de(pedido), maximo=pedido.limite + 1)
    tramo = cortar(contados, clave=lambda uno: str(uno.id), limite=pedido.limite)
    return {**comun(request, ambito, tramo), "filas": [abiertas.asiento(uno) for uno in tramo.filas]}


@rutas.get(
    "cobertura",
    response={200: cuerpos.Cobertura, 202: cuerpos.Problema, **PROBLEMAS, 503: cuerpos.Problema},
    openapi_extra=SE_CUENTA,
    operation_id="cobertura",
    summary="Cobertura de los asientos",
)
def cobertura(request: HttpRequest, response: HttpResponse, pedido: PedidoDeUnDia) -> dict:
    sin_guardar(response)
    ambito = ambito_del(request, pedido)
    todas = contadas(request, ambito)
    tramo = _tramo(todas, pedido)
    return {**comun(request, ambito, tramo), "total": abiertas.sumas(todas), "filas": tramo.filas}


@rutas.get(
    "avance",
    response={200: cuerpos.Avance, **PROBLEMAS},
    operation_id="avance",
    summary="Personas que terminaron, por mes",
)
def avance(request: HttpRequest, response: HttpResponse, pedido: PedidoDeUnDia) -> dict:
    # Nothing is counted for this answer: two days apart would tell of one person. See ``services.publicacion``.
    sin_guardar(response)
    ambito = ambito_del(request, pedido)
    leidas = list(publicado.de_un_alcance(alcance_del(request), hasta=ambito.dia, edicion=ambito.edicion_id))
    filas = [fila for una in leidas for fila in publicado.instancias(una) if ambito.convoca(fila["ubigeo"])]
    tramo = _tramo(filas, pedido)
    totales = [publicado.total(una) for una in leidas if alcance_del(request).cubre(una.provincia_id)]
    return {**comun(request, ambito, tramo), "totales": totales, "filas": tramo.filas}


@rutas.get("cierres", response={200: cuerpos.Cierres, **PROBLEMAS}, operation_id="cierres", summary="Cierres")
def cierres(request: HttpRequest, response: HttpResponse, pedido: PedidoDePagina) -> dict:
    sin_guardar(response)
    hechos = abiertas.cierres_de(alcance_del(request), despues=numero_de(pedido), maximo=pedido.limite + 1)
    tramo = cortar(hechos, clave=lambda uno: str(uno.pk), limite=pedido.limite)
    filas = [abiertas.cierre(uno) for uno in tramo.filas]
    return {"territorio": request.auth.territorio_id, "siguiente": tramo.siguiente, "filas": filas}


def _tramo(todas: Filas, pedido: PedidoDeUnDia) -> Tramo:
    """By the code of the territory."""
    quedan = [una for una in todas if una["ubigeo"] > pedido.despues]
    return cortar(quedan[: pedido.limite + 1], clave=lambda una: str(una["ubigeo"]), limite=pedido.limite)
