"""Registers that administrators keep: tables, offices, coverage and who may see what."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from .models import Alcance, CentroEmergenciaMujer, Cobertura, Instancia, NombreInstitucional


class Ficha(generic.InspectView):
    """What has not happened yet is a dash, not the word of the machine."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        valor = super().get_field_display_value(field_name, field)
        return "–" if valor in (None, "") else valor


class InstanciaViewSet(ModelViewSet):
    model = Instancia
    icon = "group"
    menu_label = _("Instancias")
    form_fields = ["nivel", "territorio", "atendida_por", "norma_de_creacion", "instalada_el", "sesiona_cada"]
    list_display = ["nombre", "nivel", "atendida_por"]
    list_filter = ["nivel"]
    inspect_view_enabled = True
    inspect_view_class = Ficha


class CentroViewSet(ModelViewSet):
    model = CentroEmergenciaMujer
    icon = "home"
    menu_label = _("Centros")
    form_fields = ["nombre", "telefono", "whatsapp", "horario", "facilitadora"]
    list_display = ["nombre", "telefono", "whatsapp", "facilitadora"]


class CoberturaViewSet(ModelViewSet):
    model = Cobertura
    icon = "site"
    menu_label = _("Cobertura")
    form_fields = ["cem", "territorio", "desde", "hasta"]
    list_display = ["cem", "territorio", "desde", "hasta"]
    list_filter = ["cem"]


class AlcanceViewSet(ModelViewSet):
    """Who may see which territory: the one place where it is given and taken."""

    model = Alcance
    icon = "key"
    menu_label = _("Quién ve qué")
    form_fields = ["cuenta", "territorio", "rol", "desde", "hasta"]
    list_display = ["cuenta", "rol", "territorio", "desde", "hasta"]
    list_filter = ["rol"]


class NombreViewSet(ModelViewSet):
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
