from django.apps import AppConfig


class AnfitrionConfig(AppConfig):
    name = "tests.anfitrion"
    label = "anfitrion"
    default_auto_field = "django.db.models.BigAutoField"
