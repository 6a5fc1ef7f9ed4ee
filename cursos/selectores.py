"""Pickers of the editor: an article is found by its number, its norm or its subject."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from marco.textos import con_palabras

NUMEROS = ("numero__iexact", "numero_tuo__iexact", "numero__istartswith", "norma__numero__istartswith")


class BuscarArticulo(SearchFilterMixin, BaseFilterForm):
    """Every word must be somewhere: «16 30364» is article 16 of that law."""

    def filter(self, objects: Any) -> Any:
        buscado = self.cleaned_data.get("q", "").strip()
        for palabra in buscado.split():
            condicion = Q()
            if not palabra[0].isdigit():
                objects = objects.filter(con_palabras(palabra, "busqueda", "norma__busqueda"))
                continue
            for donde in NUMEROS:
                valor = f"{palabra}-" if donde == "numero__istartswith" else palabra  # 6 is also 6-A, and not 61
                condicion |= Q(**{donde: valor})
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
