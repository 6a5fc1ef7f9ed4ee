"""Screens of the editor about the site itself."""

from django.utils.translation import gettext_lazy as _

from .models import DiaNoLaborable, NombreInstitucional
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
