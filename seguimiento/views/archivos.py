"""Long files: asked for, followed while they are written, stopped, and downloaded while they last."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as avisos
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instancias import rastro
from instancias.acceso.confirmar import al_enviar, clave_reciente
from instancias.acceso.guardas import personal_requerido

from ..consultas.definiciones import membresias_del
from ..consultas.informes import lo_abre
from ..informes.preparar import InformeError
from ..models import ArchivoPedido
from ..services import archivos
from ..tasks import pedir_archivo
from .comun import ambito_de, consulta_de, nombre_del_ambito
from .exportar import TIPO
from .informes import como_se_mira, hallar

Estado = ArchivoPedido.Estado


def _archivo_o_404(request: HttpRequest, clave: UUID) -> ArchivoPedido:
    """Only its own, while the scope holds and the file has not expired."""
    archivo = ArchivoPedido.objects.filter(clave=clave, cuenta=request.user, vence_en__gt=timezone.now()).first()
    if archivo is None or not lo_abre(archivo, request.user, request.alcance):
        raise Http404
    return archivo


@require_POST
@personal_requerido
@clave_reciente
def preparar(request: HttpRequest, cual: str) -> HttpResponse:
    """Ask for the workbook of a report."""
    _formulario, pedida, _consulta = como_se_mira(request, hallar(request, cual).pedida)
    try:
        archivo = archivos.pedir_informe(pedida=pedida, por=request.user, alcance=request.alcance, ahora=timezone.now())
    except InformeError as error:
        avisos.error(request, error.mensaje)
        return redirect("kuska_seguimiento:informe", cual=cual)
    return _empezar(archivo)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido
@al_enviar
def avance(request: HttpRequest) -> HttpResponse:
    """The workbook of progress, when it is too long to be waited for."""
    ambito = ambito_de(request)
    if request.method == "POST":
        try:
            return _empezar(archivos.pedir_avance(ambito=ambito, por=request.user))
        except InformeError as error:
            avisos.error(request, error.mensaje)
    contexto = {
        "seccion": "panel",
        "lugar": nombre_del_ambito(ambito),
        "filas": membresias_del(ambito).count(),
        "consulta": consulta_de(ambito, instancia=ambito.instancia),
    }
    return render(request, "kuska/seguimiento/archivo_pedir.html", contexto)


def _empezar(archivo: ArchivoPedido) -> HttpResponse:
    pedir_archivo(archivo.pk)
    return redirect("kuska_seguimiento:archivo", clave=archivo.clave)


@require_safe
@personal_requerido
def ver(request: HttpRequest, clave: UUID) -> HttpResponse:
    """How far it is; once it is written, where to take it."""
    archivo = _archivo_o_404(request, clave)
    contexto: dict[str, Any] = {
        "seccion": "informes",
        "archivo": archivo,
        "sin_nadie": archivo.sin_nadie(timezone.now()),
    }
    return render(request, "kuska/seguimiento/archivo.html", contexto)


@require_POST
@personal_requerido
def detener(request: HttpRequest, clave: UUID) -> HttpResponse:
    if archivos.detener(archivo=_archivo_o_404(request, clave)):
        avisos.success(request, _("Se detuvo. No se guardó nada de ese archivo."))
    return redirect("kuska_seguimiento:archivo", clave=clave)


@require_POST
@personal_requerido
def seguir(request: HttpRequest, clave: UUID) -> HttpResponse:
    """Where nobody takes what is in the queue, write it here if it is not very long; else ask again."""
    archivo = _archivo_o_404(request, clave)
    if archivo.sin_nadie(timezone.now()):
        if archivo.total <= archivos.EN_LA_PAGINA:
            archivos.hacer(archivo_id=archivo.pk)
        else:
            pedir_archivo(archivo.pk)
    return redirect("kuska_seguimiento:archivo", clave=clave)


@require_safe
@personal_requerido
@clave_reciente
def descargar(request: HttpRequest, clave: UUID) -> HttpResponseBase:
    """The file, from the private storage."""
    archivo = _archivo_o_404(request, clave)
    if archivo.estado != Estado.LISTO or not archivos.almacen().exists(archivo.ruta):
        raise Http404
    rastro.se_saco(request, archivo.de_quienes, detalle="avance" if "avance" in archivo.pedido else "informe")
    abierto = archivos.almacen().open(archivo.ruta)
    respuesta = FileResponse(abierto, as_attachment=True, filename=archivo.nombre, content_type=TIPO)
    respuesta["Cache-Control"] = "no-store"
    return respuesta
