"""Screens of the admin: templates are edited, certificates are only read."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from certificados.models import Certificado, Plantilla
from instancias.politica import alcance_de
from marco.registros import ListaQueBusca


class ListaDeCertificados(ListaQueBusca):
    def get_base_queryset(self) -> QuerySet[Certificado]:
        alcance = alcance_de(self.request.user, hoy=timezone.localdate())
        return Certificado.objects.bajo(alcance.prefijos).select_related("persona", "curso", "territorio")


class CertificadoViewSet(ModelViewSet):
    model = Certificado
    icon = "doc-full-inverse"
    menu_label = _("Emitidos")
    index_view_class = ListaDeCertificados
    list_display = [
        Column("registro", label=_("Registro")),
        "persona",
        "curso",
        "territorio",
        "documento",
        "estado",
        "emitido_en",
    ]
    list_filter = ["estado", "documento", "anio"]
    search_fields = ["busqueda", "persona__busqueda"]
    search_backend_name = None
    form_fields = ["estado"]
    inspect_view_enabled = False
    copy_view_enabled = False
    add_to_reference_index = False


class PlantillaViewSet(ModelViewSet):
    model = Plantilla
    icon = "edit"
    menu_label = _("Plantillas y firmas")
    list_display = ["nombre", "curso", "documento", "entidad"]
    index_view_class = ListaQueBusca
    search_fields = ["busqueda"]
    search_backend_name = None
    copy_view_enabled = False


class CertificadosViewSetGroup(ViewSetGroup):
    items = (PlantillaViewSet("plantillas"), CertificadoViewSet("certificados_emitidos"))
    menu_icon = "doc-full-inverse"
    menu_label = _("Certificados")
    menu_order = 310
