from django.apps import AppConfig


class TalleresConfig(AppConfig):
    name = "tests.talleres"
    label = "talleres"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cursos import clases

        from .unidad import TallerComoUnidad

        clases.registrar(TallerComoUnidad())
