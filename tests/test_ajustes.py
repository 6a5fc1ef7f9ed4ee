"""Production starts only with safe settings; what is wrong is said in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

RAIZ = Path(__file__).resolve().parent.parent
BUENOS = {
    "SECRET_KEY": "kR7-vQ2xLm9_tYb4WcZ8sHd3NfGj6PaEuXo1IiVrBn5MqTyUwKzCl0DeFgh",
    "ALLOWED_HOSTS": "aula.example.org",
    "KUSKA_URL": "https://aula.example.org",
    "DATABASE_URL": "postgres://kuska:clave@base/kuska",
    "BROKER_URL": "redis://cola/0",
    "REDIS_URL": "redis://cola/1",
}


def iniciar(cambios: dict[str, str], modulo: str = "production", lee: str = "settings.DEBUG") -> tuple[int, str]:
    entorno = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": f"cms.settings.{modulo}", **BUENOS, **cambios}
    orden = f"from django.conf import settings; print({lee})"
    fin = subprocess.run([sys.executable, "-c", orden], cwd=RAIZ, env=entorno, capture_output=True, text=True)
    return fin.returncode, fin.stdout + fin.stderr


def test_production_starts_with_safe_settings():
    codigo, salida = iniciar({})
    assert (codigo, salida.strip()) == (0, "False")


@pytest.mark.parametrize(
    ("cambios", "dice"),
    [
        ({"DEBUG": "1"}, "DEBUG"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "corta"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + BUENOS["SECRET_KEY"]}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "aula.example.org,*"}, "ALLOWED_HOSTS"),
        ({"KUSKA_URL": "http://aula.example.org"}, "KUSKA_URL"),
        ({"DATABASE_URL": "sqlite:////tmp/kuska.sqlite3"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://base/kuska"}, "base de datos"),
        ({"BROKER_URL": ""}, "BROKER_URL"),
    ],
)
def test_production_refuses_and_says_what_to_change(cambios, dice):
    codigo, salida = iniciar(cambios)
    assert codigo != 0
    assert "ImproperlyConfigured" in salida
    assert dice in salida


def test_production_never_prints_the_key():
    clave = "insecure-" + BUENOS["SECRET_KEY"]
    _codigo, salida = iniciar({"SECRET_KEY": clave})
    assert clave not in salida.split("ImproperlyConfigured")[-1]


def test_production_cookies_travel_only_by_https():
    codigo, salida = iniciar(
        {}, lee="(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)"
    )
    assert codigo == 0
    assert salida.strip() == "('__Host-sesion', True, True)"


def test_embedded_profile_is_not_in_debug_and_makes_its_own_key(tmp_path):
    codigo, salida = iniciar(
        {"SECRET_KEY": "", "DATABASE_URL": "", "KUSKA_VAR": str(tmp_path)},
        modulo="dev",
        lee="(settings.DEBUG, len(settings.SECRET_KEY) > 50)",
    )
    assert (codigo, salida.strip()) == (0, "(False, True)")
    archivo = tmp_path / "clave-secreta"
    assert archivo.stat().st_mode & 0o077 == 0


def test_scripts_and_styles_come_from_here_only():
    directivas = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    for nombre, fuentes in directivas.items():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"} & {str(f) for f in fuentes}, nombre
    assert directivas["object-src"] == ["'none'"]
    assert directivas["base-uri"] == ["'none'"]


def test_nothing_calls_outside():
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
