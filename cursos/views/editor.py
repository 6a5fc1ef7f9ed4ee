"""Screens of this room inside the editor: what happens to people when a course changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ..consultas.horas import horas_de
from ..errores import CursoError
from ..models import Curso, Unidad, VersionDeCurso
from ..services.versiones import (
    cambios_por_decidir,
    consecuencia_de_pedir_lo_nuevo,
    decidir,
    personas_por_decidir,
    version_por_decidir,
)


@require_http_methods(["GET", "HEAD", "POST"])
def decidir_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what is asked of those who were under way when a course changed."""
    version = get_object_or_404(VersionDeCurso.objects.select_related("curso"), pk=pk)
    pagina = pagina_que_publica(request.user, version.curso)
    if request.method == "POST":
        try:
            movidas = decidir(
                version=version, trato=request.POST.get("trato", ""), ahora=timezone.now(), por=request.user
            )
        except CursoError as error:
            messages.error(request, error.mensaje)
        else:
            messages.success(
                request, _("Decisión anotada. Personas a quienes se pide lo nuevo: %(n)d.") % {"n": movidas}
            )
        return redirect("wagtailadmin_explore", pagina.pk)
    nuevas, retiradas = cambios_por_decidir(version)
    contexto = {
        "page_title": _("Qué se pide a quienes ya empezaron"),
        "header_icon": "group",
        "pagina": pagina,
        "version": version,
        "personas": personas_por_decidir(version).count(),
        "nuevas": nuevas,
        "retiradas": retiradas,
        "consecuencia": consecuencia_de_pedir_lo_nuevo(version),
    }
    return TemplateResponse(request, "kuska/cursos/admin/decidir.html", contexto)


def pagina_que_publica(usuario: Any, curso: Unidad) -> Any:
    """Return the page of a course if this account may publish it. It is the same right that changes the course."""
    pagina = Curso.objects.filter(pk=curso.pagina_id).first()
    if pagina is None or not pagina.permissions_for_user(usuario).can_publish():
        raise PermissionDenied
    return pagina


def avisar_de_lo_publicado(request: HttpRequest, paginas: Iterable[Any]) -> None:
    """After pages come into sight, by whatever door, say what is told of it, once for each course."""
    paginas = list(paginas)
    for unidad in {unidad.pk: unidad for pagina in paginas if (unidad := _curso_de(pagina))}.values():
        _avisar_de_personas(request, unidad)
    for pagina in paginas:
        _avisar_de_horas(request, pagina)


def _avisar_de_personas(request: HttpRequest, unidad: Unidad) -> None:
    """Say that somebody must decide, with the way to do it."""
    version = version_por_decidir(unidad)
    if version is None:
        return
    cuantas = personas_por_decidir(version).count()
    texto = ngettext(
        "%(n)d persona lleva este curso con lo que pedía antes. Por ahora sigue como está.",
        "%(n)d personas llevan este curso con lo que pedía antes. Por ahora siguen como están.",
        cuantas,
    ) % {"n": cuantas}
    boton = messages.button(reverse("cursos_decidir", args=[version.pk]), _("Decidir qué se les pide"))
    messages.warning(request, texto, buttons=[boton])


def _avisar_de_horas(request: HttpRequest, pagina: Any) -> None:
    """Of a course, say that its certificate declares more hours than what is recorded of it."""
    horas = horas_de(pagina) if isinstance(pagina, Curso) else None
    if horas and horas.aviso:
        messages.warning(request, horas.aviso)


def _curso_de(pagina: Any) -> Unidad | None:
    unidad = Unidad.objects.filter(pagina=pagina.pk).select_related("curso").first()
    return unidad and (unidad.curso or unidad)


def decision_pendiente(pagina: Any, usuario: Any) -> VersionDeCurso | None:
    """Return what waits for a decision on a course that this account may publish."""
    if not isinstance(pagina.specific, Curso):
        return None
    if not pagina.permissions_for_user(usuario).can_publish():
        return None
    unidad = _curso_de(pagina)
    return version_por_decidir(unidad) if unidad else None
