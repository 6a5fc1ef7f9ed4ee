"""How a course goes: for who follows its people, in the panel; for who writes it, in the editor and without them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cursos.models import Curso, Unidad
from evaluaciones.consultas.decididas import decididas
from instancias.acceso.guardas import personal_requerido

from ..consultas.curso import dificiles_para
from ..consultas.partes import inscripciones_del
from ..consultas.salud import ambito_del_curso, callar_dificiles, de_toda_la_edicion, salud
from .comun import ambito_de, base
from .de_varias import elegir_lugar, son_varios_departamentos

TITULO = _("Salud del curso")


@require_safe
@personal_requerido
def ver(request: HttpRequest, numero: int) -> HttpResponse:
    """Of the people of the scope. The hard questions are in the page of the course."""
    ambito = ambito_de(request, curso=numero)
    if ambito.edicion is None or ambito.edicion.curso_numero != numero:
        raise Http404
    if son_varios_departamentos(ambito):
        return elegir_lugar(request, ambito, str(TITULO))
    inscripciones = inscripciones_del(ambito).filter(iniciada_en__lt=ambito.corte)
    contexto = {**base(request, ambito), "salud": salud(inscripciones, ambito)}
    return render(request, "kuska/seguimiento/salud.html", contexto)


def puede_verla(cuenta: Any, pagina: Any) -> bool:
    """Whether an account writes this course: then it sees how it goes, and nobody in it."""
    return pagina.specific_class is Curso and pagina.permissions_for_user(cuenta).can_edit()


@require_safe
def en_el_editor(request: HttpRequest, pk: int) -> HttpResponse:
    """Of everybody in an edition, without names, places nor groups of fewer than five."""
    pagina = get_object_or_404(Curso, pk=pk)
    if not puede_verla(request.user, pagina):
        raise PermissionDenied
    curso = Unidad.objects.filter(pagina=pagina.pk, clase="curso").first()
    ambito = ambito_del_curso(curso, ahora=timezone.now(), edicion=request.GET.get("edicion", "")) if curso else None
    if curso and ambito is None:
        raise Http404
    contexto: dict[str, Any] = {
        "page_title": TITULO,
        "page_subtitle": pagina.get_admin_display_title(),
        "header_icon": "history",
        "pagina": pagina,
        "ambito": ambito,
    }
    if curso is not None and ambito is not None and ambito.edicion is not None:
        inscripciones, hasta = de_toda_la_edicion(ambito)
        contexto |= {
            "hasta": hasta,
            "salud": salud(inscripciones, ambito, callado=True),
            "preguntas": callar_dificiles(dificiles_para(inscripciones)),
            "decididas": decididas(curso, edicion=ambito.edicion.id, dia=ambito.dia),
        }
    return TemplateResponse(request, "kuska/seguimiento/admin/salud.html", contexto)
