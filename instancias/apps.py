from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstanciasConfig(AppConfig):
    name = "instancias"
    label = "instancias"
    verbose_name = _("Instancias")
    default_auto_field = "django.db.models.BigAutoField"
