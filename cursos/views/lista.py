"""The pages of a course in their list: in their order, to be dragged, and to be chosen several at once."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.forms import Media
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.ui.tables.orderable import OrderingColumn
from wagtail.admin.ui.tables.pages import PageTable
from wagtail.admin.views.pages.listing import ExplorableIndexView


class Asa(OrderingColumn):
    """What a row is dragged by. Its heading leads nowhere: this is the order that the list always had."""

    header_template_name = BaseColumn.header_template_name


class TablaDelCurso(PageTable):
    """Wagtail leaves out the boxes where rows are dragged, and here they are dragged from the start."""

    def _add_ordering_column(self) -> None:
        self.columns = {"ordering": Asa("ordering", label=_("Mover"), width="80px"), **self.columns}


CON_ESPACIO = {"latest_revision_created_at", "type"}  # on a phone they leave the title one letter wide


def _columna(una: Any) -> Any:
    propia = copy(una)
    if propia.name in CON_ESPACIO:
        propia.classname = "k-con-espacio"
        propia.header = type(una.header)(propia)  # of its own, or that of Wagtail is drawn over these cells
    return propia


class ListaDelCurso(ExplorableIndexView):
    table_class: Any = TablaDelCurso
    base_columns = [_columna(una) for una in ExplorableIndexView.base_columns]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexto: dict[str, Any] = super().get_context_data(**kwargs)
        if not self.results_only:
            contexto["media"] += Media(css={"all": ["kuska/css/lista.css"]})
        return contexto
