"""What a process has in memory before it does anything: what is heavy is read by whoever uses it, when they do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.un_motor
# Megabytes of each, or parts of what only develops: what writes papers and workbooks, what measures, what tests.
PESADOS = [
    *("boto3", "fido2", "hypothesis", "ninja", "openpyxl", "pikepdf", "playwright", "prometheus_client"),
    *("pytest", "python_calamine", "redis", "typst", "uv", "zxingcpp"),
]  # fmt: skip
LO_QUE_LEEN = {
    "páginas": "from cms.wsgi import application; from django.urls import get_resolver; get_resolver().url_patterns",
    "obrero": "from cms.celery import app; import django; django.setup(); app.loader.import_default_modules()",
}


RELOJ = (
    "import sys; sys.argv = ['celery', 'beat']; from cms.celery import app; app.loader.init_worker(); app.finalize()"
)


@pytest.mark.parametrize("quien", LO_QUE_LEEN)
def test_what_is_heavy_is_not_read_at_the_start(quien, tmp_path):
    assert leidos(LO_QUE_LEEN[quien], PESADOS, tmp_path) == []


def test_the_clock_says_when_without_models_nor_pages(tmp_path):
    assert leidos(RELOJ, [*PESADOS, "django.contrib.auth.models", "marco.tasks", "wagtail"], tmp_path) == []


def leidos(programa: str, cuales: list[str], carpeta: Path) -> list[str]:
    """Which of these a process has read after it."""
    entorno = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.embebido", "KUSKA_VAR": str(carpeta)}
    entorno.pop("DATABASE_URL", None)
    mirar = f"import json, sys; print(json.dumps([uno for uno in {cuales!r} if uno in sys.modules]))"
    hecho = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"{programa}\n{mirar}"],
        env=entorno, capture_output=True, text=True, check=True,
    )  # fmt: skip
    de_el: list[str] = json.loads(hecho.stdout.splitlines()[-1])
    return de_el
