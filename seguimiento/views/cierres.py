"""Closings: a new one, its files, and what changed since."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages as avisos
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificados.huellas import en_bytes
from certificados.models import DocumentoDeCifras
from instancias.acceso.guardas import personal_requerido
from instancias.models import Trabajo
from instancias.views.trabajos import empezar
from marco.errores import ErrorDeDominio
from marco.numeros import entero_de

from .. import cifras_de_cierre, comparacion, papel
from ..cifras_de_cierre import Datos
from ..consultas.ambito import Ambito
from ..consultas.cierres import ESE_DIA, ambito_del_cierre, otros_cierres
from ..consultas.documentos import documento_de
from ..forms import CierreForm
from ..services.cierres import cerrar
from ..services.comparaciones import comparacion_pedida, contar_al_lado, leer_comparacion, pedir_comparacion
from ..services.papeles_largos import es_largo, pedir_cierre
from .actas import archivo, documento_o_404, nombre_de
from .comun import base, lugares_para_elegir, nombre_del_ambito, un_lugar


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
def nuevo(request: HttpRequest) -> HttpResponse:
    ambito = un_lugar(request)
    inicial = {"al": _dia_usual(ambito.hoy)}
    formulario = CierreForm(request.POST if request.method == "POST" else None, initial=inicial)
    if formulario.is_valid():
        al = formulario.cleaned_data["al"]
        try:
            if es_largo(ambito, request.alcance):
                lugar = nombre_del_ambito(ambito)
                return empezar(
                    pedir_cierre(ambito=ambito, al=al, alcance=request.alcance, por=request.user, lugar=lugar)
                )
            documento, es_nuevo = cerrar(ambito=ambito, al=al, por=request.user)
        except ErrorDeDominio as error:
            formulario.add_error("al", error.mensaje)
        else:
            if es_nuevo:
                avisos.success(request, _("Cierre hecho. Sus cifras ya no cambian."))
            else:
                avisos.info(request, _("Ese cierre ya estaba hecho. Es este: sus cifras no cambian."))
            return redirect("kuska_seguimiento:documento", pk=documento.pk)
    contexto = {**base(request, ambito, seccion="actas"), "form": formulario, **lugares_para_elegir(request, ambito)}
    return render(request, "kuska/seguimiento/cierre_nuevo.html", contexto)


def _dia_usual(hoy: datetime.date) -> datetime.date:
    """In January and February, the last day of the year that ended; else, yesterday."""
    ayer = hoy - datetime.timedelta(days=1)
    return datetime.date(hoy.year - 1, 12, 31) if hoy.month <= 2 else ayer


def _cierre(request: HttpRequest, pk: int) -> DocumentoDeCifras:
    documento = documento_o_404(request, pk)
    if documento.clase != DocumentoDeCifras.Clase.CIERRE:
        raise Http404
    return documento


@require_safe
@personal_requerido
def json(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen data, in the very bytes whose SHA-256 is the digest of the closing."""
    cierre = _cierre(request, pk)
    return archivo(en_bytes(cierre.datos), nombre=nombre_de(cierre, "json"), tipo="application/json")


@require_safe
@personal_requerido
def csv(request: HttpRequest, pk: int) -> HttpResponse:
    cierre = _cierre(request, pk)
    contenido = cifras_de_cierre.en_csv(cierre.datos["cifras"])
    return archivo(contenido, nombre=nombre_de(cierre, "csv"), tipo="text/csv; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido
def comparar(request: HttpRequest, pk: int) -> HttpResponse:
    """With today, with the same day as it is known today, or with another closing of the same edition.

    Of many instancias, what has to be counted is asked for with a button, and counted apart.
    """
    cierre, con = _cierre(request, pk), request.GET.get("con", "")
    ambito = ambito_del_cierre(cierre, ahora=timezone.now()) if con in ("", ESE_DIA) else None
    if request.method == "POST":
        if ambito is None:
            raise Http404
        try:
            return empezar(pedir_comparacion(cierre=cierre, ambito=ambito, con=con, por=request.user))
        except ErrorDeDominio as error:
            avisos.error(request, error.mensaje)
            return redirect(request.get_full_path())
    otros = otros_cierres(request.alcance, cierre)
    if ambito is None and _se_anulo(request, con):
        avisos.info(request, _("El cierre con que se comparaba se anuló: elija otro."))
        return redirect("kuska_seguimiento:cierre_comparar", pk=cierre.pk)
    contexto = {
        "seccion": "actas",
        "documento": cierre,
        "con": con,
        "otros": otros,
        **(_contada(request, cierre, con, ambito) if ambito else _con_otro(cierre, con, otros)),
    }
    return render(request, "kuska/seguimiento/cierre_comparar.html", contexto)


def _se_anulo(request: HttpRequest, con: str) -> bool:
    """Whether an address that was kept asks for a closing that is not in force any more."""
    otro = documento_de(request.alcance, entero_de(con) or 0)  # type: ignore[attr-defined]
    return otro is not None and otro.clase == DocumentoDeCifras.Clase.CIERRE and otro.anulado_en is not None


def _contada(request: HttpRequest, cierre: DocumentoDeCifras, con: str, ambito: Ambito) -> dict[str, Any]:
    """With what is counted now, or was counted apart."""
    nombre = _("Ese día, según lo que hoy se sabe") if con == ESE_DIA else _("Hoy")
    if not es_largo(ambito, request.alcance):
        despues = contar_al_lado(cierre, ambito, con)
        return {"nombre": nombre, "comparacion": _comparada(cierre, despues)}
    trabajo = comparacion_pedida(cierre, con, request.user, ahora=ambito.ahora)
    hecha = trabajo if trabajo and trabajo.estado == Trabajo.Estado.LISTO else None
    if hecha and con != ESE_DIA:  # what was today when it was counted
        nombre = date_format(timezone.localtime(hecha.listo_en), "DATETIME_FORMAT")
    return {
        "nombre": nombre,
        "comparacion": leer_comparacion(hecha) if hecha else None,
        "aparte": True,
        "trabajo": trabajo,
    }


def _comparada(cierre: DocumentoDeCifras, despues: Datos) -> comparacion.Comparacion:
    return comparacion.recortar(comparacion.comparar(cierre.datos["cifras"], despues))


def _con_otro(cierre: DocumentoDeCifras, con: str, otros: list[DocumentoDeCifras]) -> dict[str, Any]:
    otro = next((uno for uno in otros if uno.pk == entero_de(con)), None)
    if otro is None:
        raise Http404
    return {"nombre": papel.con_registro(otro), "comparacion": _comparada(cierre, otro.datos["cifras"])}
