"""The screen that edits a page, which saves in its turn."""

from __future__ import annotations

from typing import Any

import swapper
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Revision

from .paginas import otra_version
from .turno import turno


class EdicionEnSuTurno(EditView):
    """Two forms may both be right when they are read: which one is second is known with the row of the page in hand."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        Pagina = swapper.load_model("wagtailcore", "Page")
        with turno(Pagina.objects.filter(pk=self.page.pk)):
            fila = get_object_or_404(Pagina.objects.select_related("latest_revision__user"), pk=self.page.pk)
            otra = otra_version(fila.latest_revision, self.request.POST)
            if otra is None:
                return super().form_valid(form)
        return self._llego_despues(form, otra)

    def _llego_despues(self, form: Any, otra: Revision) -> HttpResponseBase:
        if self.expects_json_response:
            return self.json_error_response("invalid_revision", _("Otra versión se guardó mientras tanto."))
        self.latest_revision = self.page.latest_revision = otra  # the form that is shown knows of it
        self.__dict__.pop("latest_revision_created_at", None)
        form.decir_si_hay(otra)
        form.restore_required_fields()
        return self.form_invalid(form)


class PaginasEnSuTurno(PageViewSet):
    """The screens of Wagtail for pages whose form is a ``FormularioQueAvisa``."""

    edit_view_class = EdicionEnSuTurno
