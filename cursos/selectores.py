"""Pickers of the editor: an article is found by its number, its norm or its subject."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

CAMPOS = ("numero", "numero_tuo", "titulo", "norma__tipo", "norma__numero", "norma__titulo")


class BuscarArticulo(SearchFilterMixin, BaseFilterForm):
    """Every word must be somewhere: «16 30364» is article 16 of that law."""

    def filter(self, objects: Any) -> Any:
        buscado = self.cleaned_data.get("q", "").strip()
        for palabra in buscado.split():
            condicion = Q()
            for campo in CAMPOS:
                condicion |= Q(**{f"{campo}__icontains": palabra})
            objects = objects.filter(condicion)
        self.is_searching = bool(buscado)
        self.search_query = buscado or None
        return objects


class ConSuTema:
    """The list says what each article is about."""

    filter_form_class = BuscarArticulo

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("titulo", label=_("De qué trata"), accessor="titulo")]


class ElegirArticulo(ConSuTema, ChooseView):
    pass


class ResultadosDeArticulos(ConSuTema, ChooseResultsView):
    pass


class SelectorDeArticulos(SnippetChooserViewSet):
    choose_view_class = ElegirArticulo
    choose_results_view_class = ResultadosDeArticulos
