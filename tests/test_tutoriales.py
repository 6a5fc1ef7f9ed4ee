"""The tutorials are followed: the blocks of ``CONTRIBUTING.md`` are files, and the files work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent
DE_AQUI = RAIZ / "tests" / "talleres"
DE_PRUEBA = {"__init__.py", "sitio.py", "solo_tablas.py"}  # what only the tests need
BLOQUE = re.compile(r"^```(?:python|html) (talleres/\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
AJUSTES = """
from cms.settings.test import *
INSTALLED_APPS = [*[una for una in INSTALLED_APPS if "talleres" not in una], "talleres"]
ROOT_URLCONF = "sitio"
"""
SITIO = """
from cms.urls import *
from cms.urls import include, path
urlpatterns = [path("", include("talleres.urls")), *urlpatterns]
"""
PASOS = """
import django; django.setup()
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import reverse
from cursos import clases
call_command("check")
call_command("makemigrations", "talleres", verbosity=0)
print(clases.clase_de("taller").sustantivo(2))
print(clases.clase_de("taller").url(curso=3, numero=2))
get_template("talleres/taller.html")
get_template("talleres/vista_previa.html")
"""


@pytest.fixture(scope="module")
def archivos() -> dict[str, str]:
    """The files that the tutorial tells to write."""
    return dict(BLOQUE.findall((RAIZ / "CONTRIBUTING.md").read_text(encoding="utf-8")))


def test_the_workshop_that_the_tests_walk_is_that_of_the_tutorial(archivos):
    suyos = [*DE_AQUI.glob("*.py"), *DE_AQUI.glob("templates/**/*.html")]
    escritos = {
        f"talleres/{ruta.relative_to(DE_AQUI).as_posix()}": ruta.read_text(encoding="utf-8").replace(
            "tests.talleres", "talleres"
        )
        for ruta in suyos
        if ruta.name not in DE_PRUEBA
    }
    assert {nombre: texto.strip() for nombre, texto in archivos.items()} == {
        nombre: texto.strip() for nombre, texto in escritos.items()
    }


def test_following_it_in_an_empty_folder_gives_a_kind_that_answers(archivos, tmp_path):
    for nombre, texto in {**archivos, "talleres/__init__.py": "", "ajustes.py": AJUSTES, "sitio.py": SITIO}.items():
        ruta = tmp_path / nombre
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_text(texto, encoding="utf-8")
    entorno = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ajustes",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'vacia.sqlite3'}",
        "KUSKA_VAR": str(tmp_path),
        "PYTHONPATH": f"{tmp_path}:{RAIZ}",
    }
    proceso = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PASOS],
        cwd=tmp_path,
        env=entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    assert proceso.returncode == 0, proceso.stdout + proceso.stderr
    assert "no issues" in proceso.stdout
    assert proceso.stdout.split()[-2:] == ["talleres", "/c/3/2/taller"]
    assert list((tmp_path / "talleres" / "migrations").glob("0001_*.py"))
