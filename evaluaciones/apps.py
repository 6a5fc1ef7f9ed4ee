from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluacionesConfig(AppConfig):
    name = "evaluaciones"
    label = "evaluaciones"
    verbose_name = _("Evaluaciones")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cursos import unidades
        from cursos.permisos import SoloLectura

        from . import receivers  # noqa: F401
        from .models import Intento, Respuesta
        from .unidades import EvaluacionComoUnidad

        unidades.registrar(EvaluacionComoUnidad())
        register_permission_policy(Intento, SoloLectura(Intento, campo="inscripcion__territorio__ubigeo"))
        register_permission_policy(Respuesta, SoloLectura(Respuesta, campo="intento__inscripcion__territorio__ubigeo"))
