"""The five rooms are a plugin: they work in somebody else's site, with another base page and another user."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parents[1]


def correr(*argumentos: str, tmp_path: Path) -> str:
    """Run Python inside the foreign site, with a database of its own."""
    entorno = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.anfitrion.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'ajena.sqlite3'}",
        "KUSKA_VAR": str(tmp_path),
        "PYTHONPATH": str(RAIZ),
    }
    proceso = subprocess.run(
        [sys.executable, "-W", "ignore", *argumentos],
        cwd=RAIZ,
        env=entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    assert proceso.returncode == 0, proceso.stdout + proceso.stderr
    return proceso.stdout


def test_a_site_with_its_own_base_page_and_user_passes_the_checks(tmp_path):
    assert "no issues" in correr("manage.py", "check", tmp_path=tmp_path)


def test_a_course_published_there_gets_its_units(tmp_path):
    salida = correr("-m", "tests.anfitrion.recorrido", tmp_path=tmp_path)
    assert "('curso', 'Curso ajeno')" in salida
    assert "('leccion', 'Lección')" in salida


@pytest.mark.parametrize("sala", ["instancias", "cursos", "evaluaciones", "certificados", "seguimiento"])
@pytest.mark.parametrize("palabra", ["Leoncio Prado", "Warmi", "Aurora", "Tingo", "Huánuco"])
def test_no_room_names_the_pilot_or_a_programme(sala, palabra):
    archivos = [*(RAIZ / sala).rglob("*.py"), *(RAIZ / "templates" / sala).rglob("*.html")]
    assert [str(a) for a in archivos if palabra.lower() in a.read_text(encoding="utf-8").lower()] == []
