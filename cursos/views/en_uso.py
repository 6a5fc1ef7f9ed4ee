"""Deleting a picture or a file that something shows: refused by each door of the editor, that says where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents import get_document_model
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as varios_documentos
from wagtail.images import get_image_model
from wagtail.images.views import images
from wagtail.images.views import multiple as varias_imagenes
from wagtail.permissions import policy_registry

from ..consultas.en_uso import DondeSeUsa, donde_se_usan


def direcciones() -> list[Any]:
    """Those of Wagtail that delete, asked before: they answer at the same addresses."""
    imagen, documento = get_image_model(), get_document_model()
    return [
        path("images/<int:pk>/delete/", _si_no_se_usa(images.DeleteView, imagen)),
        path("images/multiple/<int:pk>/delete/", _si_no_se_usa(varias_imagenes.DeleteView, imagen)),
        path("documents/delete/<int:pk>/", _si_no_se_usa(documents.DeleteView, documento)),
        path("documents/multiple/<int:pk>/delete/", _si_no_se_usa(varios_documentos.DeleteView, documento)),
    ]


def en_lote(request: HttpRequest, accion: str, cosas: Any, acto: Any) -> HttpResponse | None:
    """From a list: all of what was marked goes, or nothing."""
    if accion != "delete":
        return None
    cosas = [una for una in cosas if isinstance(una, (get_image_model(), get_document_model()))]
    usos = donde_se_usan(cosas, request.user)
    return _no_se_elimina(request, usos, volver=acto.next_url, juntas=len(cosas) > 1) if usos else None


def _si_no_se_usa(clase: Any, modelo: Any) -> Callable[..., Any]:
    vista = clase.as_view()

    def atender(request: HttpRequest, pk: int) -> Any:
        if suya := modelo.objects.filter(pk=pk).first():
            usos = donde_se_usan([suya], request.user)
            if usos and _puede_eliminar(request.user, suya):
                return _no_se_elimina(request, usos, cual=suya)
        return vista(request, **{clase.pk_url_kwarg: pk})

    return atender


def _puede_eliminar(cuenta: Any, suya: Any) -> bool:
    return policy_registry.get(suya).user_has_permission_for_instance(cuenta, "delete", suya)


def _no_se_elimina(
    request: HttpRequest, usos: DondeSeUsa, *, cual: Any = None, volver: str = "", juntas: bool = False
) -> HttpResponse:
    contexto = {
        "page_title": _("No se elimina lo que se usa"),
        "page_subtitle": str(cual) if cual else "",
        "header_icon": "warning",
        "usos": usos,
        "editar": AdminURLFinder(request.user).get_edit_url(cual) if cual else "",
        "juntas": juntas,
        "volver": volver,
    }
    return TemplateResponse(request, "kuska/cursos/admin/en_uso.html", contexto, status=409)
