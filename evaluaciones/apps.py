from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluacionesConfig(AppConfig):
    name = "evaluaciones"
    label = "evaluaciones"
    verbose_name = _("Evaluaciones")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cursos import unidades

        from .unidades import EvaluacionComoUnidad

        unidades.registrar(EvaluacionComoUnidad())
