"""The padrón: bring a list, and say what its columns are when they do not. What follows is its review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from marco.contrato import valor
from marco.errores import ErrorDeDominio
from marco.forms import datos_de
from marco.numeros import entero_de

from .. import padron, rastro
from ..acceso.guardas import personal_requerido
from ..models import ImportacionDePadron
from ..padron.lectura.encabezado import FILAS_DONDE_BUSCAR
from ..padron.lectura.forma import Forma
from ..padron.lectura.formularios import ColumnasForm, PadronForm
from ..padron.recibir import celdas_de, orden_actual
from ..padron.revision.mostrar import abiertas
from ..tasks import pedir_lista
from .revision import de_su_ambito


@personal_requerido
@require_http_methods(["GET", "POST"])
def importar(request: HttpRequest) -> HttpResponse:
    form = PadronForm(datos_de(request), request.FILES or None, alcance=request.alcance)
    if request.method == "POST" and form.is_valid():
        try:
            importacion = padron.recibir(
                **form.contenido(padron.MAXIMO_DE_BYTES),
                esquema=form.cleaned_data["esquema"],
                supuestos=form.supuestos(),
                completa_para=form.cleaned_data["completa_para"],
                alcance=request.alcance,
                por=request.user,
                ahora=timezone.now(),
            )
        except padron.ErrorDeArchivo as error:
            form.add_error(form.campo_de_lo_traido, str(error))
        else:
            if importacion.fase:
                pedir_lista(importacion.pk)
            return redirect(_siguiente(importacion), pk=importacion.pk)
    contexto = {
        "form": form,
        "abiertas": abiertas(request.alcance, timezone.now()),
        "seccion": "personas",
        "maximo": padron.MAXIMO_DE_FILAS,
        "filas_de_titulos": FILAS_DONDE_BUSCAR,
        "ejemplo": valor("KUSKA_PADRON_DE_EJEMPLO"),
    }
    estado = 422 if form.errors else 200
    return render(request, "kuska/instancias/personal/padron_subir.html", contexto, status=estado)


def _siguiente(importacion: ImportacionDePadron) -> str:
    if importacion.estado == ImportacionDePadron.Estado.POR_ORDENAR:
        return "kuska_instancias:padron_columnas"
    return "kuska_instancias:padron_revisar"


@personal_requerido
@require_http_methods(["GET", "POST"])
def columnas(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column of a list says, which sheet it is in, and what holds for all its rows."""
    importacion = de_su_ambito(request, pk)
    cerrada = importacion.vencio(timezone.now()) or importacion.estado not in ImportacionDePadron.ABIERTAS
    if cerrada or importacion.fase:
        return redirect("kuska_instancias:padron_revisar", pk=importacion.pk)
    forma = _forma_pedida(request, importacion)
    try:
        hojas = celdas_de(importacion)
        orden = orden_actual(importacion, forma=forma, alcance=request.alcance, por=request.user)
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
        return redirect("kuska_instancias:padron_revisar", pk=importacion.pk)
    iniciales = ColumnasForm.iniciales(importacion)
    if not iniciales["lugar"] and orden.lugar and orden.faltan:
        iniciales["lugar"] = orden.lugar.ubigeo
    rastro.se_vio(request, [], sin_numero=sum(len(hoja["filas"]) for hoja in hojas))
    form = ColumnasForm(datos_de(request), columnas=orden.columnas, alcance=request.alcance, initial=iniciales)
    if request.method == "POST" and form.is_valid():
        try:
            importacion = padron.decidir_columnas(
                importacion_id=importacion.pk,
                forma=Forma(forma.hoja, forma.titulos, form.elegidas()),
                supuestos=form.supuestos(),
                completa_para=form.cleaned_data["completa_para"],
                alcance=request.alcance,
                por=request.user,
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            form.add_error("lugar" if error.codigo == "otro_lugar" else None, error.mensaje)
        else:
            if importacion.fase:
                pedir_lista(importacion.pk)
            return redirect("kuska_instancias:padron_revisar", pk=importacion.pk)
    contexto: dict[str, Any] = {
        "importacion": importacion,
        "form": form,
        "orden": orden,
        "hojas": [
            {"numero": numero, "texto": _texto_de(hoja["nombre"], len(hoja["filas"]))}
            for numero, hoja in enumerate(hojas)
            if hoja["filas"]
        ],
        "forma": forma,
        "solo_de_toda_la_lista": orden.solo_de_toda_la_lista,
        "corregidas": importacion.filas.filter(version__gt=0).exists(),
        "seccion": "personas",
    }
    estado = 422 if form.errors else 200
    return render(request, "kuska/instancias/personal/padron_columnas.html", contexto, status=estado)


def _texto_de(nombre: str, filas: int) -> str:
    frase = ngettext("%(nombre)s (%(n)d fila)", "%(nombre)s (%(n)d filas)", filas)
    return frase % {"nombre": nombre or _("La lista"), "n": filas}


def _forma_pedida(request: HttpRequest, importacion: ImportacionDePadron) -> Forma:
    """The sheet and the row of the headings: those asked for, or those chosen before."""
    datos = request.POST if request.method == "POST" else request.GET
    if "hoja" not in datos:
        return Forma.de_json(importacion.forma)
    hoja, titulos = (entero_de(datos.get(cual, ""), hasta=99_999) for cual in ("hoja", "titulos"))
    return Forma(hoja, titulos if hoja is not None else None)
