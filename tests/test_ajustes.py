"""Production starts only with safe settings; what is wrong is said in words."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cms.entorno import base_de_datos, en_cubo
from marco.servicio.web import cabeceras
from tests import criadero

RAIZ = Path(__file__).resolve().parent.parent
BUENOS = {
    "SECRET_KEY": "kR7-vQ2xLm9_tYb4WcZ8sHd3NfGj6PaEuXo1IiVrBn5MqTyUwKzCl0DeFgh",
    "ALLOWED_HOSTS": "aula.example.org",
    "KUSKA_URL": "https://aula.example.org",
    "DATABASE_URL": "postgres://kuska:clave@base/kuska",
    "BROKER_URL": "redis://cola/0",
    "REDIS_URL": "redis://cola/1",
    "KUSKA_LLAVES_DE_RECIBO": "cHJ1ZWJhLXBydWViYS1wcnVlYmEtcHJ1ZWJhLXBydWU",
}


def iniciar(cambios: dict[str, str], modulo: str = "production", lee: str = "settings.DEBUG") -> tuple[int, str]:
    entorno = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": f"cms.settings.{modulo}", **BUENOS, **cambios}
    fin = criadero.correr(entorno, "-c", f"from django.conf import settings; print({lee})")
    return fin.returncode, fin.stdout + fin.stderr


def test_production_starts_with_safe_settings():
    entorno = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "cms.settings.production", **BUENOS}
    orden = "from django.conf import settings; print(settings.DEBUG)"
    fin = subprocess.run([sys.executable, "-c", orden], cwd=RAIZ, env=entorno, capture_output=True, text=True)
    assert (fin.returncode, fin.stdout, fin.stderr) == (0, "False\n", "")
    assert iniciar({}) == (0, "False\n")  # and so does one whose libraries were read before, as the rest here


@pytest.mark.parametrize(
    ("modulo", "cambios", "proxies"),
    [("dev", {}, "0"), ("dev", {"KUSKA_PROXIES": "1"}, "1"), ("production", {}, "1")],
)
def test_every_profile_reads_how_many_proxies_there_are(modulo, cambios, proxies):
    assert iniciar(cambios, modulo, "settings.KUSKA_PROXIES") == (0, f"{proxies}\n")


def test_only_the_demonstration_begins_without_a_second_step():
    lee = "__import__('marco.contrato').contrato.valor('KUSKA_SEGUNDO_FACTOR')"
    assert iniciar({}, "dev", lee) == (0, "False\n")
    assert iniciar({}, "production", lee) == (0, "True\n")


def test_the_server_of_the_embedded_profile_keeps_what_a_declared_proxy_wrote(settings):
    assert cabeceras() == {"clear_untrusted_proxy_headers": True}
    settings.KUSKA_PROXIES = 1
    assert cabeceras() == {"clear_untrusted_proxy_headers": False}


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
        ({"DATABASE_URL": "postgres://kuska:clave@base/kuska?sslmod=require"}, "sslmod"),
        ({"BROKER_URL": ""}, "BROKER_URL"),
        ({"REDIS_URL": ""}, "REDIS_URL"),
        ({"REDIS_URL": "cola/1"}, "REDIS_URL"),
        ({"KUSKA_LLAVES_DE_RECIBO": ""}, "KUSKA_LLAVES_DE_RECIBO"),
    ],
)
def test_production_refuses_and_says_what_to_change(cambios, dice):
    codigo, salida = iniciar(cambios)
    assert codigo != 0
    assert "ImproperlyConfigured" in salida
    assert dice in salida


def test_a_store_of_files_without_its_package_stops_the_start_with_what_to_install():
    codigo, salida = iniciar({"KUSKA_S3_CUBO": "aula"})
    assert codigo != 0 and "requirements-s3.txt" in salida


def test_a_store_of_files_is_private_and_asks_for_its_key(monkeypatch):
    monkeypatch.setitem(sys.modules, "storages", ModuleType("storages"))
    monkeypatch.delenv("KUSKA_S3_LLAVE", raising=False)
    with pytest.raises(ImproperlyConfigured, match="KUSKA_S3_LLAVE"):
        en_cubo("aula")
    for nombre in ("KUSKA_S3_LLAVE", "KUSKA_S3_SECRETO"):
        monkeypatch.setenv(nombre, "x")
    almacenes = en_cubo("aula")
    assert {nombre: uno["OPTIONS"]["location"] for nombre, uno in almacenes.items()} == {
        "default": "media",
        "privado": "privado",
    }
    assert all(uno["OPTIONS"]["default_acl"] is None for uno in almacenes.values())


def test_the_address_of_the_database_is_obeyed_whole():
    base = base_de_datos(
        "postgres://kuska:cl%40ve@base:5433/kuska?sslmode=verify-full&sslrootcert=/etc/ssl/ca%20uno.pem"
    )
    assert (base["HOST"], base["PORT"], base["PASSWORD"]) == ("base", "5433", "cl@ve")
    assert (base["OPTIONS"]["sslmode"], base["OPTIONS"]["sslrootcert"]) == ("verify-full", "/etc/ssl/ca uno.pem")
    assert "statement_timeout" in base["OPTIONS"]["options"]


def test_a_database_in_a_folder_of_sockets_is_named_by_its_host():
    base = base_de_datos("postgres://kuska@/kuska?host=/run/postgresql")
    assert base["HOST"] == "/run/postgresql" and "host" not in base["OPTIONS"]


@pytest.mark.parametrize(
    "url",
    [
        "postgres://u:secreta@base/n?options=-csearch_path%3Dotro",
        "postgres://u:secreta@base/n?sslmode",
        "postgres://u:secreta@base/n?sslmode=",
        "sqlite:////tmp/n?mode=ro",
    ],
)
def test_what_a_database_is_asked_and_not_known_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured) as error:
        base_de_datos(url)
    assert "parámetros" in str(error.value) and "secreta" not in str(error.value)


def test_a_worker_that_is_not_told_its_settings_takes_those_of_production():
    entorno = {"PATH": os.environ["PATH"], **BUENOS}
    orden = "from cms.celery import app; app.conf.timezone; import os; print(os.environ['DJANGO_SETTINGS_MODULE'])"
    fin = criadero.correr(entorno, "-c", orden)
    assert fin.stdout.strip() == "cms.settings.production", fin.stderr


def test_production_keeps_its_sessions_where_a_lost_cache_cannot_bring_one_back():
    _codigo, dicho = iniciar({}, lee="settings.SESSION_ENGINE, settings.CACHES['default']['BACKEND']")
    assert "marco.sesiones" in dicho and "CacheQueNoFalla" in dicho


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
        {"SECRET_KEY": "", "KUSKA_LLAVES_DE_RECIBO": "", "DATABASE_URL": "", "KUSKA_VAR": str(tmp_path)},
        modulo="dev",
        lee="(settings.DEBUG, len(settings.SECRET_KEY) > 50)",
    )
    assert (codigo, salida.strip()) == (0, "(False, True)")
    for nombre in ("clave-secreta", "llave-de-recibos"):
        assert (tmp_path / nombre).stat().st_mode & 0o077 == 0


def test_each_embedded_site_signs_with_its_own_key_always_the_same(tmp_path):
    lee = "settings.KUSKA_LLAVES_DE_RECIBO"
    cambios = {"KUSKA_LLAVES_DE_RECIBO": "", "DATABASE_URL": "", "KUSKA_VAR": str(tmp_path)}
    primera = iniciar(cambios, "dev", lee)
    assert primera[0] == 0 and len(primera[1]) > 43 and iniciar(cambios, "dev", lee) == primera
    assert iniciar({**cambios, "KUSKA_VAR": str(tmp_path / "otro")}, "dev", lee) != primera
    # Beside the key, what makes the processes wait for each other, which holds nothing.
    escritos = {uno.name: uno.stat().st_size for uno in tmp_path.iterdir() if uno.is_file()}
    assert escritos.pop(".llaves.turno", 0) == 0
    assert list(escritos) == ["llave-de-recibos"]


def test_scripts_and_styles_come_from_here_only():
    directivas = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    for nombre, fuentes in directivas.items():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"} & {str(f) for f in fuentes}, nombre
    assert directivas["object-src"] == ["'none'"]
    assert directivas["base-uri"] == ["'none'"]


def test_nothing_calls_outside():
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
