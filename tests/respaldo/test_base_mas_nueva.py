"""A database of a newer edition: whatever may write in it refuses, with a sentence, and changes nothing."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import ManagementUtility, get_commands
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from marco import version_de_la_base as version
from tests import gente
from tests.criadero import correr


@pytest.fixture
def base_mas_nueva(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation whose database has a migration of tomorrow."""
    with sqlite3.connect(tmp_path / "kuska.sqlite3") as base:
        base.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)")
        base.execute("INSERT INTO django_migrations VALUES (1, 'kuska_marco', '0999_de_manana', '2027-01-01 00:00:00')")
    entorno = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "KUSKA_VAR": str(tmp_path)}
    entorno.pop("DATABASE_URL", None)
    return entorno


def tablas(entorno: dict[str, str]) -> list[tuple]:
    with sqlite3.connect(Path(entorno["KUSKA_VAR"]) / "kuska.sqlite3") as base:
        return base.execute("SELECT name FROM sqlite_master").fetchall()


@pytest.mark.un_motor
@pytest.mark.parametrize("puerta", [("", "manage.py"), ("-m", "django")], ids=["manage.py", "python -m django"])
def test_a_command_that_writes_refuses_in_a_sentence(puerta, base_mas_nueva):
    antes = tablas(base_mas_nueva)
    salida = correr(base_mas_nueva, *puerta, "migrate", "--noinput")
    assert salida.returncode == 1
    assert "más nueva que este programa" in salida.stderr and "kuska_marco.0999_de_manana" in salida.stderr
    assert "Traceback" not in salida.stderr
    assert tablas(base_mas_nueva) == antes


@pytest.mark.un_motor
def test_the_web_server_the_worker_and_the_clock_do_not_begin(base_mas_nueva, tmp_path):
    reloj = ["--schedule", str(tmp_path / "reloj"), "--pidfile="]
    for que in (
        ["-c", "import cms.wsgi"],
        ["-m", "celery", "-A", "cms.celery", "worker", "--pool", "solo", "--loglevel", "error"],
        ["-m", "celery", "-A", "cms.celery", "beat", "--loglevel", "error", *reloj],
    ):
        salida = correr(base_mas_nueva, *que)
        assert salida.returncode != 0
        assert "más nueva que este programa" in salida.stderr


@pytest.mark.un_motor
def test_looking_for_a_database_does_not_make_one(tmp_path):
    entorno = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "KUSKA_VAR": str(tmp_path)}
    entorno.pop("DATABASE_URL", None)
    assert correr(entorno, "", "manage.py", "inventario_de_datos", "--help").returncode == 0
    assert not (tmp_path / "kuska.sqlite3").exists()


@pytest.mark.django_db
def test_three_hundred_migrations_are_not_read_to_know_that_all_are_there(monkeypatch):
    monkeypatch.delattr(version.MigrationLoader, "build_graph")
    assert version.migraciones_de_mas(connection) == []


@pytest.mark.django_db
def test_only_what_nobody_knows_is_of_a_newer_edition():
    assert version.migraciones_de_mas(connection) == []
    MigrationRecorder(connection).record_applied("kuska_marco", "0999_de_manana")
    MigrationRecorder(connection).record_applied("una_que_ya_no_esta", "0001_initial")
    assert version.migraciones_de_mas(connection) == ["kuska_marco.0999_de_manana"]


@pytest.mark.django_db
def test_a_site_with_people_is_not_emptied_by_a_command(monkeypatch, capsys):
    monkeypatch.setattr(version, "exigir_base_conocida", lambda: None)
    consola = ManagementUtility(["manage.py", "flush", "--noinput"])
    get_user_model().objects.all().delete()
    assert consola.fetch_command("flush")
    gente.crear_cuenta("administra")
    with pytest.raises(SystemExit):
        consola.fetch_command("flush")
    assert "borraría a todas las personas" in capsys.readouterr().err and get_user_model().objects.exists()


@pytest.mark.un_motor
def test_what_is_let_through_is_a_command_that_exists():
    de_despues = {"respaldo", "restaurar", "verificar_respaldo", "help", "version"}
    assert version.SIN_BASE - de_despues <= set(get_commands())
