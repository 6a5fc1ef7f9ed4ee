"""What is ahead: the calendar of a member, also as a file, and that of who calls meetings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instancias.acceso.guardas import integrante_requerido, personal_requerido
from marco.cabeceras import sin_guardar
from marco.forms import datos_de
from marco.otra_version import en_turno

from ..consultas.calendario import calendario_de, encuentros_de
from ..errores import CursoError
from ..forms_calendario import CancelarForm, EncuentroForm
from ..ics import calendario as en_archivo
from ..models import Encuentro
from ..services.calendario import borrar_encuentro, cancelar_encuentro, convocar, corregir_encuentro

CAMPO_DEL_ERROR = {"dia_pasado": "dia", "muy_lejos": "dia", "fuera_de_alcance": "territorio"}


@require_safe
@sin_guardar
@integrante_requerido
def ver(request: HttpRequest) -> HttpResponse:
    contexto = {"calendario": calendario_de(persona=request.persona, hoy=timezone.localdate())}
    return render(request, "kuska/cursos/calendario.html", contexto)


@require_safe
@sin_guardar
@integrante_requerido
def archivo(request: HttpRequest) -> HttpResponse:
    """The same days for the calendar of the phone, without a subject."""
    proximas = calendario_de(persona=request.persona, hoy=timezone.localdate()).proximas
    cuerpo = en_archivo(proximas, sitio=request.get_host(), ahora=timezone.now())
    respuesta = HttpResponse(cuerpo, content_type="text/calendar; charset=utf-8")
    respuesta["Content-Disposition"] = 'attachment; filename="calendario.ics"'
    return respuesta


@require_safe
@personal_requerido
def del_panel(request: HttpRequest) -> HttpResponse:
    proximos, pasados = encuentros_de(alcance=request.alcance, hoy=timezone.localdate())
    contexto = {"proximos": proximos, "pasados": pasados, "seccion": "calendario"}
    return render(request, "kuska/cursos/panel/calendario.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
def nuevo(request: HttpRequest) -> HttpResponse:
    formulario = EncuentroForm(datos_de(request), alcance=request.alcance)
    if formulario.is_valid() and _guardar(request, formulario, None):
        messages.success(request, _("Guardado. Las personas lo ven en Inicio y en su calendario."))
        return redirect("kuska_cursos:calendario_del_panel")
    return _formulario(request, formulario, None)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
@en_turno(lambda pk: Encuentro.objects.filter(pk=pk))
def uno(request: HttpRequest, pk: int) -> HttpResponse:
    encuentro = _encuentro(request, pk)
    formulario = EncuentroForm(datos_de(request), alcance=request.alcance, encuentro=encuentro)
    if formulario.is_valid() and _guardar(request, formulario, encuentro):
        messages.success(request, _("Guardado. Las personas ya leen el cambio."))
        return redirect("kuska_cursos:calendario_del_panel")
    return _formulario(request, formulario, encuentro)


@require_POST
@personal_requerido(gestiona=True)
def cancelar(request: HttpRequest, pk: int) -> HttpResponse:
    encuentro = _encuentro(request, pk)
    formulario = CancelarForm(request.POST)
    if formulario.is_valid():
        motivo = formulario.cleaned_data["motivo"]
        try:
            cancelar_encuentro(encuentro=encuentro, motivo=motivo, por=request.user, ahora=timezone.now())
        except CursoError as error:
            formulario.add_error("motivo", error.mensaje)
        else:
            messages.success(request, _("Cancelado. Sigue en el calendario, con el motivo."))
            return redirect("kuska_cursos:calendario_del_panel")
    sin_cambios = EncuentroForm(alcance=request.alcance, encuentro=encuentro)
    return _formulario(request, sin_cambios, encuentro, cancelar=formulario)


@require_POST
@personal_requerido(gestiona=True)
def borrar(request: HttpRequest, pk: int) -> HttpResponse:
    borrar_encuentro(encuentro=_encuentro(request, pk), por=request.user, ahora=timezone.now())
    messages.success(request, _("Borrado. Ya no está en ningún calendario."))
    return redirect("kuska_cursos:calendario_del_panel")


def _encuentro(request: HttpRequest, pk: int) -> Encuentro:
    """One of the zone of who asks; that of another is as one that is not there."""
    encuentro = Encuentro.objects.bajo(request.alcance.prefijos).select_related("territorio").filter(pk=pk).first()
    if encuentro is None:
        raise Http404
    return encuentro


def _guardar(request: HttpRequest, formulario: EncuentroForm, encuentro: Encuentro | None) -> bool:
    comun: dict[str, Any] = {"datos": formulario.escrita(), "por": request.user, "ahora": timezone.now()}
    try:
        if encuentro is None:
            convocar(**comun)
        else:
            corregir_encuentro(encuentro=encuentro, **comun)
    except CursoError as error:
        formulario.add_error(CAMPO_DEL_ERROR.get(error.codigo, "titulo"), error.mensaje)
        return False
    return True


def _formulario(
    request: HttpRequest, formulario: EncuentroForm, encuentro: Encuentro | None, cancelar: CancelarForm | None = None
) -> HttpResponse:
    contexto = {
        "form": formulario if cancelar is None else cancelar,
        "encuentro": formulario,
        "cual": encuentro,
        "cancelar": cancelar or CancelarForm(),
        "paso": encuentro is not None and encuentro.dia < timezone.localdate(),
        "seccion": "calendario",
    }
    errores = formulario.errors or (cancelar is not None and cancelar.errors)
    return render(request, "kuska/cursos/panel/encuentro.html", contexto, status=422 if errores else 200)
