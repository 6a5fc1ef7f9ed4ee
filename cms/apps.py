from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitioConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("Sitio")
    default_auto_field = "django.db.models.BigAutoField"
    # As a room says them (``marco.sala``): one that fails is written down, tried again, and told by its name.
    tareas = {"cms.publicar_programadas": 300}
    trabajos = {"cms.publicar_programadas": _("Publicar lo que quedó para una fecha")}

    def ready(self) -> None:
        from . import checks  # noqa: F401
