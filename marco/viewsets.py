"""Screens of the editor about the site itself."""

from django.utils.translation import gettext_lazy as _

from .models import NombreInstitucional
from .registros import RegistroViewSet


class NombreViewSet(RegistroViewSet):
    """What services and offices are called today. The texts of the courses name them by their key."""

    model = NombreInstitucional
    icon = "tag"
    menu_label = _("Nombres que cambian")
    form_fields = ["nombre", "corto", "numero", "antes", "norma", "desde", "clave"]
    list_display = ["nombre", "corto", "norma", "desde"]
