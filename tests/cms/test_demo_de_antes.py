"""A demonstration that finds the data of a former edition says what to do, and deletes nothing by itself."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]


def test_data_of_a_former_edition_are_told_in_a_sentence(tmp_path):
    with sqlite3.connect(tmp_path / "kuska.sqlite3") as base:
        base.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)")
        base.execute("INSERT INTO django_migrations VALUES (1, 'cursos', '0001_inicial', '2026-11-01 00:00:00')")
        base.execute("CREATE TABLE cursos_unidad (id integer PRIMARY KEY)")
    entorno = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "KUSKA_VAR": str(tmp_path)}
    entorno.pop("DATABASE_URL", None)
    salida = subprocess.run(
        [sys.executable, "manage.py", "demo", "--solo-datos"],
        cwd=RAIZ,
        env=entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    assert salida.returncode == 1
    assert "make demo-reset" in salida.stderr and "Traceback" not in salida.stderr
    with sqlite3.connect(tmp_path / "kuska.sqlite3") as base:
        assert base.execute("SELECT count(*) FROM cursos_unidad").fetchone() == (0,)
