"""Registers that administrators keep: tables, offices, coverage and who may see what."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSetGroup

from marco.registros import Ficha, RegistroViewSet
from marco.viewsets import DiaNoLaborableViewSet, NombreViewSet

from .models import Alcance, Cobertura, Instancia, Oficina, TelefonoDeZona


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
    model = Oficina
    icon = "home"
    menu_label = _("Centros")
    form_fields = ["nombre", "telefono", "whatsapp", "horario", "facilitadora"]
    list_display = ["nombre", "telefono", "whatsapp", "facilitadora"]


class CoberturaViewSet(RegistroViewSet):
    model = Cobertura
    icon = "site"
    menu_label = _("Cobertura")
    form_fields = ["oficina", "territorio", "desde", "hasta"]
    list_display = ["oficina", "territorio", "desde", "hasta"]
    list_filter = ["oficina"]


class TelefonoViewSet(RegistroViewSet):
    """Who to call in each place, besides the office: the pocket guide says it."""

    model = TelefonoDeZona
    icon = "mobile-alt"
    menu_label = _("Teléfonos de la zona")
    form_fields = ["territorio", "servicio", "telefono"]
    list_display = ["territorio", "servicio", "telefono"]
    list_filter = ["servicio"]


class AlcanceViewSet(RegistroViewSet):
    """Who may see which territory: the one place where it is given and taken."""

    model = Alcance
    icon = "key"
    menu_label = _("Quién ve qué")
    form_fields = ["cuenta", "territorio", "rol", "desde", "hasta"]
    list_display = ["cuenta", "rol", "territorio", "desde", "hasta"]
    list_filter = ["rol"]


class AvisoDeRevision(Component):
    """On the first screen of the editor: nobody signed in six months who can do what."""

    name = "revision_de_privilegios"
    order = 50
    template_name = "kuska/instancias/aviso_de_revision.html"


class InstanciasViewSetGroup(ModelViewSetGroup):
    menu_label = _("Instancias")
    menu_icon = "group"
    menu_order = 300
    items = (
        InstanciaViewSet,
        CentroViewSet,
        CoberturaViewSet,
        TelefonoViewSet,
        AlcanceViewSet,
        NombreViewSet,
        DiaNoLaborableViewSet,
    )
