"""What starting takes: the processor of a process until it can answer, beside Django and Wagtail with nothing in them.

With what Python keeps of each module already written, as the guide of installing leaves it. The goal is of
Wagtail: what is installed in a site of Wagtail cannot start before it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VECES = 3
SITIO = "import cms.wsgi"
OTRO = "from django.core.wsgi import get_wsgi_application as hacer; from django.urls import get_resolver; hacer(); "
OTRO += "get_resolver().url_patterns"
DESNUDO = """
from django.conf import settings
settings.configure(
    SECRET_KEY="x" * 50,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    ROOT_URLCONF="vacio",
)
import sys, types
sys.modules["vacio"] = types.ModuleType("vacio")
sys.modules["vacio"].urlpatterns = []
"""
# What «wagtail start» installs and serves, without its page of welcome.
WAGTAIL = """
from django.conf import settings
settings.configure(
    SECRET_KEY="x" * 50,
    INSTALLED_APPS=[
        "wagtail.contrib.forms", "wagtail.contrib.redirects", "wagtail.embeds", "wagtail.sites", "wagtail.users",
        "wagtail.snippets", "wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail",
        "modelcluster", "taggit", "django_filters", "django.contrib.admin", "django.contrib.auth",
        "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
        "django.contrib.staticfiles",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    STATIC_URL="/static/", ROOT_URLCONF="lo_de_wagtail", WAGTAIL_SITE_NAME="x", WAGTAILADMIN_BASE_URL="http://x",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
import sys, types
import django
django.setup()
from django.contrib import admin
from django.urls import include, path
urls = sys.modules["lo_de_wagtail"] = types.ModuleType("lo_de_wagtail")
urls.urlpatterns = [
    path("django-admin/", admin.site.urls),
    path("admin/", include("wagtail.admin.urls")),
    path("documents/", include("wagtail.documents.urls")),
    path("", include("wagtail.urls")),
]
"""


@dataclass(frozen=True)
class Arranque:
    """Seconds of processor until the first page may be asked for: the least of several times."""

    sitio: float
    desnudo: float
    wagtail: float

    @property
    def veces(self) -> float:
        """How many bare ones ours takes."""
        return self.sitio / self.desnudo

    @property
    def veces_de_wagtail(self) -> float:
        return self.sitio / self.wagtail


def arranque(entorno: Mapping[str, str], carpeta: Path) -> Arranque:
    """Start each of the three, one after another, several times; once before, that writes what Python keeps of them.

    What is installed keeps it already; a tree that nobody installed may not, of itself or of what it uses.
    """
    todos: list[list[float]] = [[], [], []]
    with tempfile.TemporaryDirectory(prefix="kuska-medir-") as escrito:
        suyo = {nombre: valor for nombre, valor in entorno.items() if nombre != "PYTHONDONTWRITEBYTECODE"}
        suyo["PYTHONPYCACHEPREFIX"] = escrito
        for vez in range(VECES + 1):
            for donde, programa in zip(todos, (SITIO, DESNUDO + OTRO, WAGTAIL + OTRO), strict=True):
                gastado = _encender(programa, suyo, carpeta)
                donde += [gastado] * bool(vez)
    return Arranque(*map(min, todos))


def _encender(programa: str, entorno: Mapping[str, str], carpeta: Path) -> float:
    antes = _de_los_hijos()
    orden = [sys.executable, "-W", "ignore", "-c", programa]
    subprocess.run(orden, cwd=carpeta, env=dict(entorno), check=True, capture_output=True)  # noqa: S603
    return _de_los_hijos() - antes


def _de_los_hijos() -> float:
    uso = resource.getrusage(resource.RUSAGE_CHILDREN)
    return uso.ru_utime + uso.ru_stime
