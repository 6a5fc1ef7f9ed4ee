"""Registers that administrators keep: tables, offices, coverage and who may see what."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, ProtectedError
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from marco.derivados import CampoDeOrden, derivados_de
from marco.textos import con_palabras, en_orden


def si_o_no(valor: Any) -> str:
    """«Sí», «No», or a dash while nobody knows: never the word of the machine."""
    if valor is None:
        return "–"
    return gettext("Sí") if valor else gettext("No")


class BuscaSinTildes:
    """A list of the admin that finds each word without accents, and sorts its names as Spanish does.

    ``search_fields`` names the columns kept for it.
    """

    request: Any
    model: Any
    ordering: Any

    def search_queryset(self, queryset: Any) -> Any:
        vista: Any = self
        return (
            queryset.filter(con_palabras(vista.search_query, *vista.search_fields)) if vista.is_searching else queryset
        )

    def order_queryset(self, queryset: Any) -> Any:
        pedido = self.ordering if isinstance(self.ordering, str) else ""
        for campo in derivados_de(self.model):
            if isinstance(campo, CampoDeOrden) and pedido.lstrip("-") == campo.de[0]:
                return queryset.order_by(f"{pedido[: pedido.startswith('-')]}{campo.name}", "pk")
        padre: Any = super()
        return padre.order_queryset(queryset)


class ListaQueBusca(BuscaSinTildes, generic.IndexView):
    pass


class BorradoQueExplica(generic.DeleteView):
    """What other rows still need is not deleted, and the answer says which ones."""

    def form_valid(self, form: ModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            texto = gettext("No se borró «%(cual)s»: depende de esto. %(quienes)s.")
            cuentas = _contar(error.protected_objects)
            messages.error(self.request, texto % {"cual": self.object, "quienes": cuentas})
            return redirect(self.index_url_name)


def _contar(filas: Iterable[Model]) -> str:
    cuentas = Counter(capfirst(str(fila._meta.verbose_name_plural)) for fila in filas)
    return "; ".join(f"{nombre}: {n}" for nombre, n in sorted(cuentas.items(), key=lambda par: en_orden(par[0])))


class RegistroViewSet(ModelViewSet):
    """A register kept by hand."""

    index_view_class: Any = ListaQueBusca
    delete_view_class: Any = BorradoQueExplica


class Ficha(generic.InspectView):
    """What has not happened yet is a dash, not the word of the machine."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        valor = super().get_field_display_value(field_name, field)
        if isinstance(valor, bool):
            return si_o_no(valor)
        return "–" if valor in (None, "") else valor
