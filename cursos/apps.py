from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CursosConfig(AppConfig):
    name = "cursos"
    label = "cursos"
    verbose_name = _("Cursos")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from . import receivers  # noqa: F401
        from .models import Avance, Inscripcion
        from .permisos import SoloLectura

        register_permission_policy(Inscripcion, SoloLectura(Inscripcion, campo="territorio__ubigeo"))
        register_permission_policy(Avance, SoloLectura(Avance, campo="inscripcion__territorio__ubigeo"))
