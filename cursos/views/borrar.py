"""Deleting a page that holds others: who may not do it at once is told why, and what to do in its place."""

from __future__ import annotations

from typing import Any

import swapper
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.pages.delete import DeleteView

from marco.otra_version.vistas import PaginasEnSuTurno

from ..models.de_curso import DeCurso
from .lista import ListaDelCurso


def no_se_borra_de_una_vez(pagina: Any, cuenta: Any) -> bool:
    """Whether this account writes the page and may delete it, once it holds nothing."""
    clase = pagina.specific_class
    if clase is None or not issubclass(clase, DeCurso) or pagina.is_leaf():
        return False
    permisos = pagina.permissions_for_user(cuenta)
    return not permisos.can_delete() and permisos.can_delete(ignore_bulk=True)


class BotonDeEliminar(PageMenuItem):
    """Where Wagtail leaves its own out, without a word."""

    label = gettext_lazy("Eliminar")
    icon_name = "bin"
    url_name = "wagtailadmin_pages:delete"

    def is_shown(self, user: Any) -> bool:
        return no_se_borra_de_una_vez(self.page, user)


class Eliminar(DeleteView):
    def dispatch(self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        pagina = swapper.load_model("wagtailcore", "Page").objects.filter(pk=page_id).first()
        if pagina is None or not no_se_borra_de_una_vez(pagina, request.user):
            return super().dispatch(request, page_id, *args, **kwargs)
        contexto = {
            "page_title": _("No se elimina de una vez"),
            "page_subtitle": pagina.get_admin_display_title(),
            "header_icon": "bin",
            "pagina": pagina,
            "cuantas": pagina.get_descendant_count(),
            "se_deja_de_publicar": pagina.permissions_for_user(request.user).can_unpublish(),
        }
        return TemplateResponse(request, "kuska/cursos/admin/no_se_borra.html", contexto)


class PaginasDeCurso(PaginasEnSuTurno):
    """The screens of Wagtail for the pages of a course, but those that save and delete, and their list."""

    delete_view_class = Eliminar
    index_view_class = ListaDelCurso
