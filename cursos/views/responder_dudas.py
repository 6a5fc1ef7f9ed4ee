"""Answering doubts, by two doors: the panel, for who follows the people; the editor, for who writes the course.

In the panel each doubt says whose it is. In the editor nobody is named: what is asked is of the lesson. Both leave a
line of the trail, because what somebody wrote is theirs.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages as avisos
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from instancias import rastro
from instancias.acceso.guardas import personal_requerido
from marco.forms import datos_de

from ..consultas import dudas as consultas
from ..errores import CursoError
from ..forms_dudas import NotaForm, RespuestaForm
from ..models import Duda
from ..services.dudas import responder as guardar_respuesta
from ..services.notas import publicar_nota, puede_publicar, quitar_nota

POR_PAGINA = 30
RESPONDIDAS = "respondidas"
NOTA = "nota"  # the button of the second form of the editor


@require_safe
@personal_requerido
def en_el_panel(request: HttpRequest) -> HttpResponse:
    contexto = {**_lista(request, consultas.dudas_de_la_zona(request.alcance)), "seccion": "dudas"}
    return render(request, "kuska/cursos/panel/dudas.html", contexto)


@sensitive_post_parameters("texto", "sobre")
@personal_requerido(gestiona=True)
@require_http_methods(["GET", "HEAD", "POST"])
def una_en_el_panel(request: HttpRequest, pk: int) -> HttpResponse:
    duda = _una(request, consultas.dudas_de_la_zona(request.alcance), pk)
    formulario, guardada = _responder(request, duda)
    if guardada:
        avisos.success(request, _("Guardamos la respuesta. La persona la verá en Inicio."))
        return redirect("kuska_cursos:dudas")
    contexto = {"una": consultas.mostrar([duda])[0], "form": formulario, "seccion": "dudas"}
    return render(request, "kuska/cursos/panel/duda.html", contexto, status=422 if formulario.errors else 200)


@require_safe
def en_el_editor(request: HttpRequest) -> HttpResponse:
    _exigir_que_escriba(request)
    lista = _lista(request, consultas.dudas_de_sus_cursos(request.user))
    contexto = {
        **lista,
        "sueltas": consultas.notas_sueltas(request.user) if lista["respondidas"] else [],
        "page_title": _("Dudas de las lecciones"),
        "header_icon": "help",
    }
    return TemplateResponse(request, "kuska/cursos/admin/dudas.html", contexto)


@sensitive_post_parameters("texto", "sobre")
@require_http_methods(["GET", "HEAD", "POST"])
def una_en_el_editor(request: HttpRequest, pk: int) -> HttpResponse:
    """One doubt: answer it and, if it serves everybody, write it anew as a note under its step."""
    _exigir_que_escriba(request)
    duda = _una(request, consultas.dudas_de_sus_cursos(request.user), pk)
    de_nota = NOTA in request.POST
    formulario, guardada = (
        (RespuestaForm(initial={"texto": duda.respuesta}), False) if de_nota else _responder(request, duda)
    )
    if guardada:
        messages.success(request, _("Guardamos la respuesta. La persona la verá en Inicio."))
        return redirect("cursos_duda", pk)
    nota, publicada = (
        _publicar(request, duda) if de_nota else (NotaForm(prefix=NOTA, initial={"texto": duda.respuesta}), False)
    )
    if publicada:
        messages.success(request, _("La nota ya se lee debajo del paso. Puede quitarla cuando quiera."))
        return redirect("cursos_duda", pk)
    curso = duda.unidad.curso
    contexto = {
        "page_title": _("Una duda"),
        "header_icon": "help",
        "una": consultas.mostrar([duda])[0],
        "form": formulario,
        "nota": nota,
        "publicada": duda.notas.a_la_vista().first(),
        "publica": puede_publicar(request.user, curso),
    }
    estado = 422 if formulario.errors or nota.errors else 200
    return TemplateResponse(request, "kuska/cursos/admin/duda.html", contexto, status=estado)


@require_POST
def quitar_una_nota(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        quitada = quitar_nota(nota_id=pk, por=request.user, ahora=timezone.now())
    except CursoError as error:
        raise PermissionDenied from error
    if quitada:
        messages.success(request, _("Quitamos la nota: ya nadie la lee debajo del paso."))
    return redirect("cursos_dudas")


def _exigir_que_escriba(request: HttpRequest) -> None:
    if not consultas.escribe_algun_curso(request.user):
        raise PermissionDenied


def _lista(request: HttpRequest, todas: QuerySet[Duda]) -> dict[str, Any]:
    """What waits, the first one first; or what was answered, the last one first. Whoever is on the page is told."""
    respondidas = request.GET.get("ver") == RESPONDIDAS
    filas = todas.respondidas().order_by("-respondida_en", "-pk") if respondidas else todas.por_responder()  # type: ignore[attr-defined]
    if not respondidas:
        filas = filas.order_by("hecha_en", "pk")
    filas = filas.select_related("inscripcion__persona", "unidad__curso").prefetch_related("notas")
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("pagina"))
    de_la_pagina = list(pagina.object_list)
    rastro.se_vio(request, [una.inscripcion.persona_id for una in de_la_pagina])
    pagina.object_list = consultas.mostrar(de_la_pagina)
    return {"pagina": pagina, "respondidas": respondidas, "consulta": f"ver={RESPONDIDAS}" if respondidas else ""}


def _una(request: HttpRequest, todas: QuerySet[Duda], pk: int) -> Duda:
    filas = todas.select_related("inscripcion__persona", "unidad__curso", "respondida_por")
    duda: Duda = get_object_or_404(filas, pk=pk)
    rastro.se_vio(request, [duda.inscripcion.persona_id])
    return duda


def _responder(request: HttpRequest, duda: Duda) -> tuple[RespuestaForm, bool]:
    """The form of the answer, and whether what it brought was kept."""
    formulario = RespuestaForm(datos_de(request), initial={"texto": duda.respuesta})
    if not formulario.is_valid():
        return formulario, False
    datos = {"texto": formulario.cleaned_data["texto"], "sobre": request.POST.get("sobre", "")}
    try:
        guardar_respuesta(duda_id=duda.pk, por=request.user, ahora=timezone.now(), **datos)
    except CursoError as error:
        formulario.add_error("texto", error.mensaje)
        return formulario, False
    return formulario, True


def _publicar(request: HttpRequest, duda: Duda) -> tuple[NotaForm, bool]:
    formulario = NotaForm(request.POST, prefix=NOTA)
    if not formulario.is_valid():
        return formulario, False
    try:
        publicar_nota(duda_id=duda.pk, por=request.user, ahora=timezone.now(), **formulario.cleaned_data)
    except CursoError as error:
        de_la_pregunta = error.codigo == "copiada" or not formulario.cleaned_data["pregunta"].strip()
        formulario.add_error("pregunta" if de_la_pregunta else "texto", error.mensaje)
        return formulario, False
    return formulario, True
