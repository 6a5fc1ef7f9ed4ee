"""The app with its tables and nothing else: only the tests that need the kind register it, and no editor offers it."""

from django.apps import AppConfig


class SoloTablas(AppConfig):
    name = "tests.talleres"
    label = "talleres"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .models import Taller

        Taller.parent_page_types = []
