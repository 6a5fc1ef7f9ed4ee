"""What a process has in memory before it does anything: what is heavy is read by whoever uses it, when they do."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.un_motor
# Megabytes of each, or parts of what only develops: what writes papers and workbooks, what measures, what tests.
PESADOS = [
    *("boto3", "fido2", "hypothesis", "ninja", "openpyxl", "pikepdf", "playwright", "prometheus_client"),
    *("pytest", "python_calamine", "redis", "segno", "typst", "uv"),
]  # fmt: skip
LO_QUE_LEEN = {
    "páginas": "from cms.wsgi import application; from django.urls import get_resolver; get_resolver().url_patterns",
    "obrero": "from cms.celery import app; import django; django.setup(); app.loader.import_default_modules()",
}


@pytest.mark.parametrize("quien", LO_QUE_LEEN)
def test_what_is_heavy_is_not_read_at_the_start(quien, tmp_path):
    entorno = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.embebido", "KUSKA_VAR": str(tmp_path)}
    entorno.pop("DATABASE_URL", None)
    mirar = f"import json, sys; print(json.dumps([uno for uno in {PESADOS!r} if uno in sys.modules]))"
    hecho = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"{LO_QUE_LEEN[quien]}\n{mirar}"],
        env=entorno, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(hecho.stdout.splitlines()[-1]) == []
