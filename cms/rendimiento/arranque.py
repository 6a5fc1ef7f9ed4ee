"""What starting takes: the processor of a process until it can answer, beside that of a bare Django."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Mapping

VECES = 3
SITIO = "from django.core.wsgi import get_wsgi_application as hacer; from django.urls import get_resolver; hacer(); "
SITIO += "get_resolver().url_patterns"
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


def arranque(entorno: Mapping[str, str], carpeta: str) -> tuple[float, float]:
    """Seconds of processor that this site takes to start, and those of a bare one: the least of several times."""
    ambos: list[list[float]] = [[], []]
    for _vez in range(VECES):
        for donde, programa in zip(ambos, (SITIO, DESNUDO + SITIO), strict=True):
            antes = _de_los_hijos()
            orden = [sys.executable, "-c", programa]
            subprocess.run(orden, cwd=carpeta, env=dict(entorno), check=True, capture_output=True)  # noqa: S603
            donde.append(_de_los_hijos() - antes)
    return min(ambos[0]), min(ambos[1])


def _de_los_hijos() -> float:
    uso = resource.getrusage(resource.RUSAGE_CHILDREN)
    return uso.ru_utime + uso.ru_stime
