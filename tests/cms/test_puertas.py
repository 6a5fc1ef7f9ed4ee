"""Every door of a service that lacks something, or was told something that cannot be, stops with one sentence."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import OperationalError

from cms import entorno
from cms.exigencias import problemas_de
from cms.memoria import MemoriaDelEquipo
from cms.orden import DE_COPIAS, SIN_DATOS, ajustes_de
from marco.servicio.puerta import abrir, puerto_de, tomar_turno
from tests import criadero
from tests.paciencia import PACIENCIA

pytestmark = pytest.mark.un_motor
RAIZ = Path(__file__).resolve().parents[2]
BIEN: dict[str, Any] = {
    "debug": False,
    "clave": "Qw3" + "abcdefghijklmnopqrstuvwxyz" * 2,
    "dominios": ["aula.example.org"],
    "direccion": "https://aula.example.org",
    "base": "django.db.backends.postgresql",
    "cola": "redis://localhost/0",
    "memoria": "redis://localhost/1",
    "recibos": ["una"],
    "carpeta": "/var/lib/kuska",
    "interna": "/interno/",
    "de_las_copias": "una clave larga",
}


@pytest.mark.parametrize(
    ("que", "valor", "dice"),
    [
        ("debug", True, "DEBUG"),
        ("clave", "corta", "SECRET_KEY"),
        ("clave", "a" * 80, "SECRET_KEY"),
        ("dominios", [], "ALLOWED_HOSTS"),
        ("dominios", ["*"], "ALLOWED_HOSTS"),
        ("dominios", ["https://aula.example.org"], "ALLOWED_HOSTS lleva solo dominios"),
        ("dominios", ["aula.example.org:8000"], "ALLOWED_HOSTS lleva solo dominios"),
        ("dominios", ["aula.example.org", "[::1]:8000"], "ALLOWED_HOSTS lleva solo dominios"),
        ("direccion", "http://aula.example.org", "https://"),
        ("direccion", "https://otra.example.org", "otra.example.org"),
        ("base", "cms.sqlite3", "PostgreSQL"),
        ("cola", "filesystem://", "BROKER_URL"),
        ("cola", "http://localhost", "BROKER_URL"),
        ("cola", "redis", "BROKER_URL"),
        ("memoria", "localhost:6379", "REDIS_URL"),
        ("recibos", [], "llave_de_recibos"),
        ("carpeta", "var", "KUSKA_VAR"),
        ("interna", "interno", "KUSKA_X_ACCEL"),
        ("de_las_copias", "corta", "KUSKA_CLAVE_DE_RESPALDO"),
    ],
)
def test_what_would_fail_when_people_are_inside_is_told_before(que, valor, dice):
    assert problemas_de(**BIEN) == []
    dichas = problemas_de(**{**BIEN, que: valor})
    assert dichas and any(dice in una for una in dichas)


@pytest.mark.parametrize("dominios", [[".example.org"], ["otra.pe", "AULA.example.org"], ["aula.example.org", "[::1]"]])
def test_a_name_is_of_its_domain(dominios):
    assert problemas_de(**{**BIEN, "dominios": dominios}) == []


@pytest.mark.parametrize(
    "url",
    [
        "postgres://u:secreto@h:abc/k",
        "postgres://u:a/secreto@h/k",
        "postgres://u:secreto[@h/k",
        "postgres://u:secreto@h",
        "x",
    ],
)
def test_a_database_that_is_not_understood_is_told_without_its_key(url):
    with pytest.raises(ImproperlyConfigured) as error:
        entorno.base_de_datos(url)
    assert "secreto" not in str(error.value) and (
        "DATABASE_URL" in str(error.value) or "base de datos" in str(error.value)
    )


@pytest.mark.parametrize("escrito", ["x", "-1", "99999", "1.5", "²"])
def test_a_number_that_is_none_or_does_not_fit_is_told(monkeypatch, escrito):
    monkeypatch.setenv("EMAIL_PORT", escrito)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_PORT"):
        entorno.entero("EMAIL_PORT", 587, desde=1, hasta=65_535)


@pytest.mark.parametrize(
    "escrita",
    ["aula.example.org", "https://", "https://aula.example.org/ruta", "ftp://x", "https://a:b", "https://u@x"],
)
def test_an_address_of_the_site_is_whole_and_no_more(monkeypatch, escrita):
    monkeypatch.setenv("KUSKA_URL", escrita)
    with pytest.raises(ImproperlyConfigured, match="KUSKA_URL"):
        entorno.direccion("KUSKA_URL")
    monkeypatch.setenv("KUSKA_URL", "https://aula.example.org/")
    assert entorno.direccion("KUSKA_URL") == "https://aula.example.org"


def correr(entorno: dict[str, str], *orden: str) -> subprocess.CompletedProcess[str]:
    limpio = {"PATH": os.environ["PATH"], "HOME": entorno["KUSKA_VAR"], **entorno}
    return subprocess.run(orden, cwd=RAIZ, env=limpio, capture_output=True, text=True, check=False, timeout=PACIENCIA)


@pytest.mark.parametrize(
    "puerta",
    [
        ["gunicorn", "--config", "docs/despliegue/gunicorn.conf.py", "cms.wsgi:application"],
        ["celery", "-A", "cms", "worker"],
        ["celery", "-A", "cms", "beat", "--pidfile="],
        ["python", "-c", "from marco.consola import principal; principal()", "check"],
    ],
    ids=["páginas", "obrero", "reloj", "kuska"],
)
def test_each_door_says_what_is_missing_in_one_line(puerta, tmp_path):
    programa = str(Path(sys.executable).parent / puerta[0])
    suyo = {"DJANGO_SETTINGS_MODULE": "cms.settings.production", "KUSKA_VAR": str(tmp_path)}
    fin = correr({**suyo, "KUSKA_ENCHUFE": f"unix:{tmp_path}/x"}, programa, *puerta[1:])
    assert fin.returncode == 1 and fin.stderr.strip() == "Falta la variable de entorno SECRET_KEY."


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "archivo").write_text("no es una carpeta")
    suyo = {"DJANGO_SETTINGS_MODULE": "cms.settings.embebido", "KUSKA_VAR": str(tmp_path / "archivo" / "datos")}
    fin = correr(suyo, sys.executable, "manage.py", "servir")
    assert fin.returncode == 1 and "carpeta de los datos" in fin.stderr and "Traceback" not in fin.stderr
    with pytest.raises(CommandError, match="carpeta de los datos"):
        tomar_turno(tmp_path / "archivo" / "datos")


def test_a_memory_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "archivo").touch()
    with pytest.raises(ImproperlyConfigured, match="carpeta de los datos"):
        MemoriaDelEquipo("una", {"OPTIONS": {"archivo": tmp_path / "archivo" / "memoria"}})


def test_a_key_that_a_full_disk_left_empty_is_made_again(tmp_path):
    lee = "from django.conf import settings as s; print(len(s.SECRET_KEY) > 50)"
    for nombre in ("clave-secreta", "llave-de-recibos"):
        (tmp_path / nombre).touch()
    suyo = {"DJANGO_SETTINGS_MODULE": "cms.settings.embebido", "KUSKA_VAR": str(tmp_path)}
    fin = criadero.correr({"PATH": os.environ["PATH"], **suyo}, "-c", lee)
    assert fin.stdout == "True\n", fin.stderr
    assert (tmp_path / "clave-secreta").stat().st_mode & 0o077 == 0


def test_those_that_start_at_once_after_it_was_cut_have_the_same_key(tmp_path):
    """Each one takes longer than the one before it to take the empty file away: none takes a key away."""
    programa = """
import itertools, pathlib, secrets, time
from concurrent.futures import ThreadPoolExecutor
from cms.settings import dev
quitar, turnos = pathlib.Path.unlink, itertools.count()
def despacio(uno, **como):
    time.sleep(0.2 * next(turnos))
    quitar(uno, missing_ok=True)
pathlib.Path.unlink = despacio
(dev.VAR_DIR / "otra").touch()
with ThreadPoolExecutor(4) as hilos:
    leidas = set(hilos.map(lambda _n: dev._propia("otra", secrets.token_urlsafe), range(4)))
print(leidas == {(dev.VAR_DIR / "otra").read_text()})
"""
    suyo = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "KUSKA_VAR": str(tmp_path)}
    assert correr(suyo, sys.executable, "-c", programa).stdout == "True\n"


@pytest.mark.parametrize("escrito", ["ocho mil", "0", "70000", "-1", ""])
def test_a_port_that_is_none_is_told(escrito):
    with pytest.raises(CommandError, match="va de 1 a 65535"):
        puerto_de(escrito)


def test_an_address_that_is_of_nobody_is_told():
    with pytest.raises(CommandError, match="no es una dirección de esta máquina"):
        abrir("no existe.invalid", 8000, otro="--puerto 8001")


@pytest.mark.django_db
@pytest.mark.un_motor
def test_a_database_without_room_stops_the_start_with_a_sentence(monkeypatch, settings, tmp_path):
    settings.KUSKA_CARPETA = tmp_path

    def sin_sitio(*_partes: Any, **_otras: Any) -> None:
        llena = OperationalError("database or disk is full")
        llena.__cause__ = sqlite3.OperationalError("database or disk is full")
        llena.__cause__.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise llena

    monkeypatch.setattr("instancias.management.commands.servir.call_command", sin_sitio)
    monkeypatch.setattr("instancias.management.commands.servir.hooks.get_hooks", lambda _nombre: [])
    with pytest.raises(CommandError, match="no tiene dónde guardar.*sigue donde se quedó"):
        call_command("servir", preparar=True, stdout=StringIO())


def test_only_what_asks_nothing_of_a_database_runs_without_one(tmp_path):
    vacio = {"KUSKA_VAR": str(tmp_path)}
    for orden in sorted(set(get_commands()) - SIN_DATOS - DE_COPIAS - {"demo", "servir"}):
        with pytest.raises(SystemExit, match="haría una vacía"):
            ajustes_de(["manage.py", orden], vacio, del_servidor=tmp_path / "no")
        assert ajustes_de(["manage.py", orden, "--help"], vacio, del_servidor=tmp_path / "no")
    assert SIN_DATOS - {"", "help", "version", "test"} <= set(get_commands())
    assert list(tmp_path.iterdir()) == []
