"""Every screen of the editor that changes a row, of today and of those to come, tells who saves second.

Registers, settings of the site, snippets, accounts, groups, pictures and documents: each of them is an ``EditView`` of
Wagtail, and no setting of it reaches all. What has versions (a page, a snippet with revisions) is told by them.

A form is read and saved in the turn of its row. A file takes long to be looked at: with one, the form is read before,
and again in the turn if the row is not what it was.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.models import RevisionMixin

from .filas import actos_de, que_avise
from .turno import DE_LECTURA, turno


def cuidar_el_editor() -> None:
    from wagtail.admin.views.generic import EditView

    if getattr(EditView, "dice_quien_guardo_antes", False):
        return
    EditView.get_form = _que_avisa(EditView.get_form)
    EditView.dispatch = _en_su_turno(EditView.dispatch)
    EditView.form_valid = _si_sigue_igual(EditView.form_valid)
    EditView.dice_quien_guardo_antes = True


def _que_avisa(formulario: Any) -> Any:
    @wraps(formulario)
    def get_form(self: Any, form_class: Any = None) -> Any:
        fila = getattr(self, "object", None)
        self.como_se_leyo = _columnas(fila)
        form = formulario(self, form_class)
        if _es_una_fila(fila) and not isinstance(fila, RevisionMixin):
            que_avise(form, actos_de(fila, "wagtail.edit"))
        return form

    return get_form


def _en_su_turno(despachar: Any) -> Any:
    @wraps(despachar)
    def dispatch(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in DE_LECTURA or request.FILES or (fila := _fila(self)) is None:
            return despachar(self, request, *args, **kwargs)
        with turno(type(fila)._base_manager.filter(pk=fila.pk)):
            if hasattr(self, "object"):
                self.object = self.get_object()  # as it is now that nobody else writes it
            return despachar(self, request, *args, **kwargs)

    return dispatch


def _si_sigue_igual(guardar: Any) -> Any:
    @wraps(guardar)
    def form_valid(self: Any, form: Any) -> HttpResponseBase:
        if not self.request.FILES or not _es_una_fila(self.object):
            return guardar(self, form)
        filas = type(self.object)._base_manager.filter(pk=self.object.pk)
        with turno(filas):
            if _columnas(filas.first()) != self.como_se_leyo:
                self.object = self.get_object()
                form = self.get_form()
                if not self.is_valid(form):
                    return self.form_invalid(form)
            return guardar(self, form)

    return form_valid


def _es_una_fila(algo: Any) -> bool:
    return isinstance(algo, models.Model) and algo.pk is not None


def _columnas(fila: Any) -> dict[str, Any]:
    return {uno.attname: uno.value_to_string(fila) for uno in fila._meta.concrete_fields} if _es_una_fila(fila) else {}


def _fila(vista: Any) -> models.Model | None:
    """The row of a screen. One that is not there, or is not for who asks, is answered by the screen itself."""
    try:
        fila = vista.object if hasattr(vista, "object") else vista.get_object()
    except Http404:
        return None
    return fila if _es_una_fila(fila) else None
