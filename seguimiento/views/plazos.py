"""More days than an edition has, for a person or for a district. The reason stays, with who gave them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as avisos
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cursos.errores import CursoError
from cursos.models import Edicion, Inscripcion, Prorroga
from cursos.services.prorrogas import dar_prorroga_a_persona, dar_prorroga_a_territorio, retirar_prorroga
from instancias.acceso.guardas import del_panel, personal_requerido
from marco.numeros import MAYOR, entero_de

from ..consultas.ambito import ediciones_del
from ..dia import leer_dia
from .comun import exigir_en_alcance


@require_POST
@personal_requerido
def a_una_persona(request: HttpRequest, pk: int) -> HttpResponse:
    vista = get_object_or_404(request.alcance.personas_a_cargo(), pk=min(pk, MAYOR))
    suyas = Inscripcion.objects.filter(persona=vista).select_related("edicion", "persona")
    if pedida := _numero(request, "inscripcion"):
        _dar(request, dar_prorroga_a_persona, inscripcion=get_object_or_404(suyas, pk=pedida))
    else:
        avisos.error(request, _("Diga en qué curso le da más plazo."))
    return redirect("kuska_seguimiento:persona", pk=vista.pk)


@require_POST
@personal_requerido
def a_un_distrito(request: HttpRequest, ubigeo: str) -> HttpResponse:
    exigir_en_alcance(request.alcance, ubigeo)
    pedida = _numero(request, "edicion")
    if not pedida:
        avisos.error(request, _("Diga en qué edición le da más plazo."))
        return redirect("kuska_seguimiento:distrito", ubigeo)
    del_alcance = next((una for una in ediciones_del(request.alcance) if una.id == pedida), None)
    if del_alcance is None or not ubigeo.startswith(del_alcance.territorios):
        raise Http404
    _dar(request, dar_prorroga_a_territorio, edicion=Edicion.objects.get(pk=pedida), territorio=ubigeo)
    return redirect(f"{reverse('kuska_seguimiento:distrito', args=[ubigeo])}?edicion={pedida}")


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


def _dar(request: HttpRequest, dar: Any, **de_quien: Any) -> None:
    escrito = request.POST.get("hasta", "").strip()
    hasta = leer_dia(escrito)
    if escrito and hasta is None:
        frase = _("«%(leido)s» no es una fecha. Escríbala así: 30/09/2026.")
        avisos.error(request, frase % {"leido": escrito[:20]})
        return
    motivo = request.POST.get("motivo", "")
    try:
        nueva = dar(**de_quien, hasta=hasta, motivo=motivo, por=request.user, ahora=timezone.now())
    except CursoError as error:
        avisos.error(request, error.mensaje)
        return
    avisos.success(request, _("Listo: ya tiene más plazo.") if nueva else _("Ya tenía ese plazo."))


def _numero(request: HttpRequest, campo: str) -> int:
    return entero_de(request.POST.get(campo, "")) or 0
