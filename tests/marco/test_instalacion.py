"""A room without what it stands on is told in a sentence, and not by a broken import."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
DESDE = "from cms.settings.test import *  # noqa: F403\n"


def revisar(carpeta: Path, ajustes: str) -> str:
    """Run ``check`` in a process of its own, with the folder of another site before ours."""
    (carpeta / "ajustes_de_otro.py").write_text(DESDE + ajustes, "utf-8")
    entorno = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "ajustes_de_otro",
        "PYTHONPATH": f"{carpeta}:{RAIZ}",
        "KUSKA_VAR": str(carpeta),
    }
    fin = subprocess.run(
        [sys.executable, "-m", "django", "check", "--tag", "kuska"],
        cwd=carpeta,
        env=entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    return fin.stdout + fin.stderr


def test_an_application_of_wagtail_that_lacks(tmp_path):
    dicho = revisar(tmp_path, 'INSTALLED_APPS.remove("wagtail.contrib.settings")\n')
    assert "kuska.E002" in dicho and 'Add "wagtail.contrib.settings" to INSTALLED_APPS.' in dicho
    assert "Traceback" not in dicho


def test_a_room_without_the_one_below(tmp_path):
    dicho = revisar(tmp_path, 'INSTALLED_APPS.remove("cursos")\n')
    assert dicho.rstrip().splitlines()[-1] == (
        'django.core.exceptions.ImproperlyConfigured: "seguimiento" stands on "cursos", which is not installed. '
        "Add it to INSTALLED_APPS. (kuska.E001)"
    )


def test_a_package_of_the_site_with_the_name_of_a_room(tmp_path):
    """The folder of the site comes first: its «cursos» would be the one that Python imports."""
    (tmp_path / "cursos").mkdir()
    (tmp_path / "cursos" / "__init__.py").touch()
    ultima = revisar(tmp_path, "").rstrip().splitlines()[-1]
    assert "ImproperlyConfigured" in ultima and "kuska.E001" in ultima
    assert f'"cursos" here is another application, in {tmp_path / "cursos"}' in ultima
    assert "rename yours or move it inside another package; its label may stay." in ultima
