"""Settings of the foreign site: none of the host's, its own models under every swappable name."""

from cms.settings.test import *  # noqa: F403

INSTALLED_APPS = ["tests.anfitrion", *[app for app in INSTALLED_APPS if app != "cms"]]  # noqa: F405
AUTH_USER_MODEL = "anfitrion.Usuario"
WAGTAIL_PAGE_MODEL = "anfitrion.PaginaBase"
CURSOS_CATALOGODECURSOS_MODEL = "anfitrion.Catalogo"
CURSOS_CURSO_MODEL = "anfitrion.MiCurso"
CURSOS_MODULO_MODEL = "anfitrion.MiModulo"
CURSOS_LECCION_MODEL = "anfitrion.MiLeccion"
EVALUACIONES_EVALUACION_MODEL = "anfitrion.MiEvaluacion"
ROOT_URLCONF = "tests.anfitrion.urls"


class _SinMigraciones:
    """Tables straight from the models: what is tried here is that they fit together."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = _SinMigraciones()
