"""Screens of this room inside the editor: what happens to people when a course changes."""

from __future__ import annotations

from typing import Any

import swapper
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

from ..forms import falta_del_modulo
from ..models import Unidad, VersionDeCurso
from ..services.errores import CursoError
from ..services.versiones import (
    al_retirar,
    cambios_por_decidir,
    decidir,
    personas_por_decidir,
    version_por_decidir,
)
from ..validators import faltas_para_publicar

PASAJERO = "pasajero"
OTROS_CAMPOS = ("include_descendants", "next")  # of Wagtail's own form


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
    }
    return TemplateResponse(request, "cursos/admin/decidir.html", contexto)


def pagina_que_publica(usuario: Any, curso: Unidad) -> Any:
    """Return the page of a course if this account may publish it. It is the same right that changes the course."""
    pagina = swapper.load_model("cursos", "Curso").objects.filter(pk=curso.pagina_id).first()
    if pagina is None or not pagina.permissions_for_user(usuario).can_publish():
        raise PermissionDenied
    return pagina


def avisar_de_personas(request: HttpRequest, pagina: Any) -> None:
    """After publishing, say that somebody must decide, with the way to do it."""
    unidad = _curso_de(pagina)
    version = version_por_decidir(unidad) if unidad else None
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


def preguntar_antes_de_retirar(request: HttpRequest, pagina: Any) -> HttpResponse | None:
    """Before unpublishing what people are doing, ask whether it is for a while. Nothing is asked when nobody is."""
    eleccion = request.POST.get("retiro")
    if eleccion:
        pagina.retiro_pasajero = eleccion == PASAJERO
        return None
    consecuencia = al_retirar(_unidades_bajo(pagina))
    if not consecuencia.personas:
        return None
    contexto = {
        "page_title": _("Antes de dejar de publicar"),
        "page_subtitle": pagina.get_admin_display_title(),
        "header_icon": "warning",
        "pagina": pagina,
        "consecuencia": consecuencia,
        "otros_campos": [
            (campo, request.POST[campo]) for campo in ("include_descendants", "next") if campo in request.POST
        ],
    }
    return TemplateResponse(request, "cursos/admin/retirar.html", contexto)


def avisar_antes_de_borrar(request: HttpRequest, pagina: Any) -> None:
    """On the screen that confirms a deletion, say whom it reaches."""
    if request.method != "GET":
        return
    consecuencia = al_retirar(_unidades_bajo(pagina))
    if consecuencia.personas:
        messages.warning(
            request,
            _(
                "%(personas)d personas tenían esto por hacer y ya no se les pedirá. Con eso, %(terminan)d de ellas "
                "terminan el curso hoy. Si es un cambio pasajero, deje de publicar en vez de borrar."
            )
            % {"personas": consecuencia.personas, "terminan": consecuencia.terminan},
        )


def _curso_de(pagina: Any) -> Unidad | None:
    unidad = Unidad.objects.filter(pagina=pagina.pk).select_related("curso").first()
    return unidad and (unidad.curso or unidad)


def _unidades_bajo(pagina: Any) -> list[Unidad]:
    """Units of a page and of those below, when a whole course is not what goes away."""
    if isinstance(pagina, swapper.load_model("cursos", "Curso")):
        return []
    ids = list(pagina.get_descendants(inclusive=True).values_list("pk", flat=True))
    return list(Unidad.objects.filter(pagina__in=ids, curso__isnull=False, retirada_en__isnull=True))


def decision_pendiente(pagina: Any, usuario: Any) -> VersionDeCurso | None:
    """Return what waits for a decision on a course that this account may publish."""
    if not isinstance(pagina.specific, swapper.load_model("cursos", "Curso")):
        return None
    if not pagina.permissions_for_user(usuario).can_publish():
        return None
    unidad = _curso_de(pagina)
    return version_por_decidir(unidad) if unidad else None


def frenar_publicacion_en_lote(request: HttpRequest, accion: str, paginas: Any) -> HttpResponse | None:
    """Publishing from the list asks the same as publishing from the form."""
    if accion != "publish":
        return None
    for pagina in paginas:
        borrador = pagina.get_latest_revision_as_object() if hasattr(pagina, "get_latest_revision_as_object") else None
        if falta := _falta(borrador):
            messages.error(request, f"{pagina.get_admin_display_title()}: {falta}")
            return redirect("wagtailadmin_pages:edit", pagina.pk)
    return None


def _falta(borrador: Any) -> str:
    if isinstance(borrador, swapper.load_model("cursos", "Leccion")):
        return " ".join(faltas_para_publicar(borrador.pasos.raw_data))
    if isinstance(borrador, swapper.load_model("cursos", "Modulo")):
        return falta_del_modulo(borrador.title, padre=borrador.get_parent(), pk=borrador.pk)
    return ""
