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
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from .models import Alcance, CentroEmergenciaMujer, Cobertura, Instancia, NombreInstitucional


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
    return "; ".join(f"{nombre}: {n}" for nombre, n in sorted(cuentas.items()))


class RegistroViewSet(ModelViewSet):
    """A register kept by hand."""

    delete_view_class: Any = BorradoQueExplica


class Ficha(generic.InspectView):
    """What has not happened yet is a dash, not the word of the machine."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        valor = super().get_field_display_value(field_name, field)
        return "–" if valor in (None, "") else valor


class InstanciaViewSet(RegistroViewSet):
    model = Instancia
    icon = "group"
    menu_label = _("Instancias")
    form_fields = ["nivel", "territorio", "atendida_por", "norma_de_creacion", "instalada_el", "sesiona_cada"]
    list_display = ["nombre", "nivel", "atendida_por"]
    list_filter = ["nivel"]
    inspect_view_enabled = True
    inspect_view_class = Ficha


class CentroViewSet(RegistroViewSet):
    model = CentroEmergenciaMujer
    icon = "home"
    menu_label = _("Centros")
    form_fields = ["nombre", "telefono", "whatsapp", "horario", "facilitadora"]
    list_display = ["nombre", "telefono", "whatsapp", "facilitadora"]


class CoberturaViewSet(RegistroViewSet):
    model = Cobertura
    icon = "site"
    menu_label = _("Cobertura")
    form_fields = ["cem", "territorio", "desde", "hasta"]
    list_display = ["cem", "territorio", "desde", "hasta"]
    list_filter = ["cem"]


class AlcanceViewSet(RegistroViewSet):
    """Who may see which territory: the one place where it is given and taken."""

    model = Alcance
    icon = "key"
    menu_label = _("Quién ve qué")
    form_fields = ["cuenta", "territorio", "rol", "desde", "hasta"]
    list_display = ["cuenta", "rol", "territorio", "desde", "hasta"]
    list_filter = ["rol"]


class NombreViewSet(RegistroViewSet):
    """What services and offices are called today. The texts of the courses name them by their key."""

    model = NombreInstitucional
    icon = "tag"
    menu_label = _("Nombres que cambian")
    form_fields = ["nombre", "corto", "antes", "norma", "desde", "clave"]
    list_display = ["nombre", "corto", "norma", "desde"]


class InstanciasViewSetGroup(ModelViewSetGroup):
    menu_label = _("Instancias")
    menu_icon = "group"
    menu_order = 300
    items = (InstanciaViewSet, CentroViewSet, CoberturaViewSet, AlcanceViewSet, NombreViewSet)
