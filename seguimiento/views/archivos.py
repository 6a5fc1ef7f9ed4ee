"""Long files: where each one is asked for. How far it is, and the file, are told by its work."""

from __future__ import annotations

from django.contrib import messages as avisos
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from instancias.acceso.confirmar import al_enviar, clave_reciente
from instancias.acceso.guardas import personal_requerido
from instancias.views.trabajos import empezar
from marco.errores import ErrorDeDominio

from ..consultas.definiciones import membresias_del
from ..services import archivos
from .comun import ambito_de, consulta_de, nombre_del_ambito
from .informes import como_se_mira, hallar


@require_POST
@personal_requerido
@clave_reciente
def preparar(request: HttpRequest, cual: str) -> HttpResponse:
    """Ask for the workbook of a report."""
    _formulario, pedida, _consulta = como_se_mira(request, hallar(request, cual).pedida)
    try:
        trabajo = archivos.pedir_informe(
            pedida=pedida, por=request.user, alcance=request.alcance, ahora=timezone.now(), cual=cual
        )
    except ErrorDeDominio as error:
        avisos.error(request, error.mensaje)
        return redirect("kuska_seguimiento:informe", cual=cual)
    return empezar(trabajo)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido
@al_enviar
def avance(request: HttpRequest) -> HttpResponse:
    """The workbook of progress, when it is too long to be waited for."""
    ambito = ambito_de(request)
    if request.method == "POST":
        try:
            return empezar(archivos.pedir_avance(ambito=ambito, por=request.user))
        except ErrorDeDominio as error:
            avisos.error(request, error.mensaje)
    contexto = {
        "seccion": "panel",
        "lugar": nombre_del_ambito(ambito),
        "filas": membresias_del(ambito).count(),
        "consulta": consulta_de(ambito, instancia=ambito.instancia),
    }
    return render(request, "kuska/seguimiento/archivo_pedir.html", contexto)
