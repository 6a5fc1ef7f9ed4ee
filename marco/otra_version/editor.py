"""Every screen of the editor that changes a row, of today and of those to come, tells who saves second.

Registers, settings of the site, snippets, accounts, groups, pictures and documents: each of them is an ``EditView`` of
Wagtail, and no setting of it reaches all. What has versions (a page, a snippet with revisions) is told by them.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase

from .filas import actos_de, que_avise
from .turno import DE_LECTURA, turno


def cuidar_el_editor() -> None:
    from wagtail.admin.views.generic import EditView
    from wagtail.models import RevisionMixin

    if getattr(EditView, "dice_quien_guardo_antes", False):
        return
    formulario, despachar = EditView.get_form, EditView.dispatch

    @wraps(formulario)
    def get_form(self: Any, form_class: Any = None) -> Any:
        form = formulario(self, form_class)
        if _es_una_fila(self.object) and not isinstance(self.object, RevisionMixin):
            que_avise(form, actos_de(self.object, "wagtail.edit"))
        return form

    @wraps(despachar)
    def dispatch(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in DE_LECTURA or (fila := _fila(self)) is None:
            return despachar(self, request, *args, **kwargs)
        with turno(type(fila)._base_manager.filter(pk=fila.pk)):
            if hasattr(self, "object"):
                self.object = self.get_object()  # as it is now that nobody else writes it
            return despachar(self, request, *args, **kwargs)

    EditView.get_form, EditView.dispatch = get_form, dispatch
    EditView.dice_quien_guardo_antes = True


def _es_una_fila(algo: Any) -> bool:
    return isinstance(algo, models.Model) and algo.pk is not None


def _fila(vista: Any) -> models.Model | None:
    """The row of a screen. One that is not there, or is not for who asks, is answered by the screen itself."""
    try:
        fila = vista.object if hasattr(vista, "object") else vista.get_object()
    except Http404:
        return None
    return fila if _es_una_fila(fila) else None
