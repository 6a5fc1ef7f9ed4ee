"""More days than an edition has, for a person or for a place, and one more try. The reason stays, with who gave them.

What is wrong is said on a page of its own, with all that was typed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages as avisos
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cursos.errores import CursoError
from cursos.models import Edicion, Inscripcion, Prorroga
from cursos.services.prorrogas import dar_prorroga_a_persona, dar_prorroga_a_territorio, retirar_prorroga
from evaluaciones.errores import EvaluacionError
from evaluaciones.services.intento_mas import dar_intento
from instancias import rastro
from instancias.acceso.guardas import del_panel, personal_requerido
from marco.numeros import MAYOR, entero_de

from ..consultas import lugares
from ..consultas.ambito import Ambito, ediciones_del
from ..consultas.plazos import alcanzadas
from ..forms_plazos import MotivoForm, PlazoForm
from .comun import exigir_en_alcance

DE_ENVIAR = require_http_methods(["GET", "HEAD", "POST"])  # read by itself, it is where its form is


@DE_ENVIAR
@personal_requerido
def a_una_persona(request: HttpRequest, pk: int) -> HttpResponse:
    vista = get_object_or_404(request.alcance.personas_a_cargo(), pk=min(pk, MAYOR))
    atras = reverse("kuska_seguimiento:persona", args=[vista.pk])
    if request.method != "POST":
        return redirect(atras)
    pedida = _numero(request, "inscripcion")
    if not pedida:
        avisos.error(request, _("Diga en qué curso le da más plazo."))
        return redirect(atras)
    suyas = Inscripcion.objects.filter(persona=vista).select_related("edicion__curso", "persona", "curso")
    inscripcion = get_object_or_404(suyas, pk=pedida)
    form = PlazoForm(request.POST, hoy=timezone.localdate())
    if _dado(request, form, dar_prorroga_a_persona, inscripcion=inscripcion):
        return redirect(atras)
    rastro.se_vio(request, [vista.pk])
    return _de_nuevo(
        request,
        form,
        titulo=_("Dar más plazo a %(nombre)s") % {"nombre": vista.nombre_completo},
        explicacion=f"{inscripcion.curso.titulo}, {inscripcion.edicion.nombre}.",
        ocultos=[("inscripcion", inscripcion.pk)],
        boton=_("Dar más plazo"),
        atras=atras,
    )


@DE_ENVIAR
@personal_requerido
def a_un_distrito(request: HttpRequest, ubigeo: str) -> HttpResponse:
    """To everybody of a table; from a provincial one, to those of its districts as well."""
    exigir_en_alcance(request.alcance, ubigeo)
    atras = reverse("kuska_seguimiento:distrito", args=[ubigeo])
    if request.method != "POST":
        return redirect(atras)
    pedida = _numero(request, "edicion")
    if not pedida:
        avisos.error(request, _("Diga en qué edición le da más plazo."))
        return redirect(atras)
    del_alcance = next((una for una in ediciones_del(request.alcance) if una.id == pedida), None)
    if del_alcance is None or not ubigeo.startswith(del_alcance.territorios):
        raise Http404
    ambito = Ambito((ubigeo,), timezone.now(), edicion=del_alcance, instancia=ubigeo)
    form = PlazoForm(request.POST, hoy=ambito.hoy, alcanzadas=alcanzadas(ambito))
    edicion = Edicion.objects.select_related("curso").get(pk=pedida)
    atras = f"{atras}?edicion={pedida}"
    if _dado(request, form, dar_prorroga_a_territorio, edicion=edicion, territorio=ubigeo):
        return redirect(atras)
    return _de_nuevo(
        request,
        form,
        titulo=_("Dar más plazo en %(lugar)s") % {"lugar": lugares.nombres()[ubigeo]},
        explicacion=f"{edicion.curso.titulo}, {edicion.nombre}.",
        ocultos=[("edicion", pedida)],
        boton=_("Dar más plazo"),
        atras=atras,
    )


@require_POST
@personal_requerido
def quitar(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back days given by mistake."""
    prorroga = get_object_or_404(Prorroga.objects.select_related("inscripcion"), pk=min(pk, MAYOR))
    if prorroga.inscripcion is None:
        exigir_en_alcance(request.alcance, str(prorroga.territorio_id))
    else:
        get_object_or_404(request.alcance.personas_a_cargo(), pk=prorroga.inscripcion.persona_id)
    if retirar_prorroga(prorroga=prorroga, por=request.user, ahora=timezone.now()):
        avisos.success(request, _("Plazo retirado. Lo que se hizo mientras tanto se conserva."))
    return redirect(del_panel(request.POST.get("volver", "")) or reverse("kuska_seguimiento:panel"))


@DE_ENVIAR
@personal_requerido
def dar_intento_mas(request: HttpRequest, pk: int) -> HttpResponse:
    """One more try for whoever used up theirs. The reason stays."""
    vista = get_object_or_404(request.alcance.personas_a_cargo(), pk=min(pk, MAYOR))
    atras = reverse("kuska_seguimiento:persona", args=[vista.pk])
    if request.method != "POST":
        return redirect(atras)
    form = MotivoForm(request.POST)
    cual = {campo: _numero(request, campo) for campo in ("inscripcion", "unidad")}
    escrito = {"motivo": form["motivo"].value() or "", "por": request.user, "ahora": timezone.now()}
    try:
        if dar_intento(persona=vista, **cual, **escrito):
            avisos.success(request, _("Ya tiene un intento más. «Continuar» le lleva a esa evaluación."))
    except EvaluacionError as error:
        if error.codigo == "no_encontrado":
            raise Http404 from error
        form.culpar(error)
    else:
        return redirect(atras)
    rastro.se_vio(request, [vista.pk])
    return _de_nuevo(
        request,
        form,
        titulo=_("Dar un intento más a %(nombre)s") % {"nombre": vista.nombre_completo},
        ocultos=list(cual.items()),
        boton=_("Dar un intento más"),
        atras=atras,
    )


def _dado(request: HttpRequest, form: PlazoForm, dar: Any, **de_quien: Any) -> bool:
    """Give the days that the form says. What keeps them from being given is said by the form."""
    if not form.is_valid():
        return False
    datos = {campo: form.cleaned_data[campo] for campo in ("hasta", "motivo")}
    if form.con_distritos:
        datos["con_distritos"] = True
    try:
        nueva = dar(**de_quien, **datos, por=request.user, ahora=timezone.now())
    except CursoError as error:
        form.culpar(error)
        return False
    avisos.success(request, _("Listo: ya tiene más plazo.") if nueva else _("Ya tenía ese plazo."))
    return True


def _de_nuevo(request: HttpRequest, form: MotivoForm, **de_la_pagina: Any) -> HttpResponse:
    contexto = {"seccion": "panel", "form": form, **de_la_pagina}
    return render(request, "kuska/seguimiento/con_motivo.html", contexto, status=422)


def _numero(request: HttpRequest, campo: str) -> int:
    return entero_de(request.POST.get(campo, "")) or 0
