"""Screens of the editor about the site itself."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports.base import ReportView

from .models import BloqueoDelNavegador, DiaNoLaborable, NombreInstitucional
from .registros import RegistroViewSet


class NombreViewSet(RegistroViewSet):
    """What services and offices are called today. The texts of the courses name them by their key."""

    model = NombreInstitucional
    icon = "tag"
    menu_label = _("Nombres que cambian")
    form_fields = ["nombre", "corto", "numero", "antes", "norma", "desde", "clave"]
    list_display = ["nombre", "corto", "norma", "desde"]


class DiaNoLaborableViewSet(RegistroViewSet):
    """Days that are not worked besides the holidays of every year: terms to answer do not count them."""

    model = DiaNoLaborable
    icon = "date"
    menu_label = _("Días no laborables")
    form_fields = ["dia", "nombre", "norma"]
    list_display = ["dia", "nombre", "norma"]


class InformeDeBloqueos(ReportView):
    """What browsers refused to load, by day: for whoever administers, to see what a page of theirs tries."""

    model = BloqueoDelNavegador
    page_title = _("Bloqueos del navegador")
    header_icon = "warning"
    index_url_name = "kuska_bloqueos"
    index_results_url_name = "kuska_bloqueos_filas"
    columns = [
        Column("dia", label=_("Día")),
        Column("directiva", label=_("Regla")),
        Column("origen", label=_("Lo que se bloqueó")),
        Column("pantalla", label=_("Pantalla")),
        Column("veces", label=_("Veces")),
    ]
    list_export = ["dia", "directiva", "origen", "pantalla", "veces"]
