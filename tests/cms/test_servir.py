"""A new site is turned on with one administrator and nobody invented, and no command works on the data of another."""

from __future__ import annotations

import datetime
import re
import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from cms.demo.cuentas import crear_personal
from cms.memoria import MemoriaDelEquipo
from cms.orden import DE_COPIAS, PERFIL, ajustes_de
from cms.preparar import preparar as de_la_casa
from cms.preparar import rechazar_la_demostracion, rechazar_un_aula
from instancias.acceso.services.primera_cuenta import crear_primera_cuenta
from instancias.models import ClaveInicial, Persona
from marco.servicio.familia import Medidas
from marco.servicio.puerta import abrir, tomar_turno

RAIZ = Path(__file__).resolve().parents[2]


@pytest.fixture
def carpeta(settings, tmp_path, monkeypatch) -> Path:
    settings.VAR_DIR = settings.KUSKA_CARPETA = tmp_path
    monkeypatch.setattr("cms.wagtail_hooks.preparar", lambda decir: decir("Preparada."))
    return tmp_path


def preparar() -> str:
    dicho = StringIO()
    call_command("servir", preparar=True, stdout=dicho)
    return dicho.getvalue()


@pytest.mark.django_db
def test_the_first_time_it_makes_one_administrator_and_tells_the_key_once(carpeta, client):
    dicho = preparar()
    clave = re.search(r"Clave: (\S+)", dicho)[1]
    cuenta = get_user_model().objects.get()
    assert cuenta.is_superuser and cuenta.username == "administra" and not Persona.objects.exists()
    assert "Clave" not in preparar() and get_user_model().objects.count() == 1
    entra = client.post("/entrar", {"identificador": "administra", "clave": clave})
    assert entra.url.startswith(reverse("kuska_instancias:cambiar_clave")), "to choose another key, and no more"
    assert client.get("/admin/").status_code == 302


@pytest.mark.django_db
def test_the_first_time_it_says_that_it_takes_a_while_and_to_ask_again_for_what_is_missing(carpeta, monkeypatch):
    assert "tarda unos minutos" not in preparar()
    monkeypatch.setattr("instancias.management.commands.servir._tiene_tablas", lambda: False)
    assert preparar().startswith("Preparando el aula. La primera vez tarda unos minutos")

    def sin_preguntas(*_a, **_k):
        raise CommandError("Ponga un banco.")

    dicho: list[str] = []
    monkeypatch.setattr("cms.preparar.call_command", sin_preguntas)
    monkeypatch.setattr("cms.preparar.poner_estaticos", lambda: None)
    monkeypatch.setattr("cms.preparar.Territorio", SimpleNamespace(objects=SimpleNamespace(exists=lambda: True)))
    monkeypatch.setattr("cms.preparar.Curso", SimpleNamespace(objects=SimpleNamespace(exists=lambda: False)))
    de_la_casa(dicho.append)
    assert dicho == ["El aula queda sin curso. Ponga un banco. Después repita la orden: lo demás ya está hecho."]


@pytest.mark.django_db
def test_its_key_dies_in_seven_days(client):
    primera = crear_primera_cuenta(usuario="administra", ahora=timezone.now() - ClaveInicial.DURA)
    client.post("/entrar", {"identificador": "administra", "clave": primera.clave})
    assert "_auth_user_id" not in client.session
    assert crear_primera_cuenta(usuario="otra", ahora=timezone.now()) is None


@pytest.mark.django_db
def test_the_data_of_the_demonstration_are_not_served_nor_those_of_people_tried_upon(carpeta):
    ahora = timezone.now()
    rechazar_la_demostracion()
    rechazar_un_aula()
    cuentas = crear_personal(desde=ahora.date() - datetime.timedelta(days=1), ahora=ahora)
    with pytest.raises(CommandError, match="claves publicadas"):
        preparar()
    rechazar_un_aula()
    for usuario in ("cem", "coordina", "capacitadora"):
        cuentas[usuario].delete()
    with pytest.raises(CommandError, match="aula de verdad"):
        rechazar_un_aula()


@pytest.mark.un_motor
def test_others_come_in_by_an_address_that_is_said(carpeta, monkeypatch):
    monkeypatch.delenv("KUSKA_URL", raising=False)
    with pytest.raises(CommandError, match="KUSKA_URL"):
        call_command("servir", direccion="0.0.0.0", stdout=StringIO())  # noqa: S104


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("nombre", "escrito"), [("KUSKA_PROCESOS", "0"), ("KUSKA_HILOS", "ocho"), ("KUSKA_ESPERA", "-1")]
)
def test_a_measure_that_is_not_one_is_told(monkeypatch, nombre, escrito):
    monkeypatch.setenv(nombre, escrito)
    with pytest.raises(CommandError, match=nombre):
        Medidas.del_entorno()


@pytest.mark.un_motor
def test_one_service_for_a_folder_and_for_a_port(tmp_path):
    with tomar_turno(tmp_path), pytest.raises(CommandError, match="Ya hay un aula encendida"):
        tomar_turno(tmp_path)
    with tomar_turno(tmp_path), socket.create_server(("127.0.0.1", 0)) as otro:
        puerto = otro.getsockname()[1]
        with pytest.raises(CommandError, match=f"{puerto}.*otro programa ya lo usa.*--puerto 9"):
            abrir("127.0.0.1", puerto, otro="--puerto 9")


NADA = Path("/no/existe")


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("orden", "entorno", "modulo"),
    [
        ("migrate", {"DJANGO_SETTINGS_MODULE": "misitio.ajustes"}, "misitio.ajustes"),
        ("servir", {}, "cms.settings.embebido"),
        ("demo", {}, "cms.settings.dev"),
        ("check", {}, "cms.settings.dev"),
        ("migrate", {"DATABASE_URL": "postgres://u@base/kuska"}, "cms.settings.dev"),
    ],
)
def test_settings_that_nobody_said_are_known_by_the_command(tmp_path, orden, entorno, modulo):
    entorno = {"KUSKA_VAR": str(tmp_path), **entorno}
    assert ajustes_de(["manage.py", orden], entorno, del_servidor=NADA) == modulo


@pytest.mark.un_motor
def test_a_site_that_was_turned_on_here_is_the_one_that_commands_are_about(tmp_path):
    (tmp_path / PERFIL).touch()
    for orden in ("migrate", "quitar_segundo_paso"):
        assert (
            ajustes_de(["manage.py", orden], {"KUSKA_VAR": str(tmp_path)}, del_servidor=NADA) == "cms.settings.embebido"
        )


@pytest.mark.un_motor
@pytest.mark.parametrize("orden", ["migrate", "createsuperuser", "cargar_programa", "shell", "flush", "respaldo"])
def test_no_command_makes_an_empty_database_by_mistake(tmp_path, orden):
    with pytest.raises(SystemExit, match="haría una vacía"):
        ajustes_de(["manage.py", orden], {"KUSKA_VAR": str(tmp_path)}, del_servidor=NADA)
    (tmp_path / "kuska.sqlite3").write_bytes(b"algo")
    assert ajustes_de(["manage.py", orden], {"KUSKA_VAR": str(tmp_path)}, del_servidor=NADA)


@pytest.mark.un_motor
@pytest.mark.parametrize("orden", sorted(DE_COPIAS))
def test_a_machine_that_lost_its_database_gets_its_site_back(tmp_path, orden):
    entorno = {"KUSKA_VAR": str(tmp_path)}
    assert ajustes_de(["manage.py", orden], entorno, del_servidor=NADA) == "cms.settings.embebido"
    with pytest.raises(SystemExit, match="parece un servidor"):
        ajustes_de(["manage.py", orden], entorno, del_servidor=tmp_path)


@pytest.mark.un_motor
@pytest.mark.parametrize("dichos", [["--settings=misitio.ajustes"], ["--settings", "misitio.ajustes"]])
def test_settings_that_are_written_in_the_command_are_those(tmp_path, dichos):
    entorno = {"KUSKA_VAR": str(tmp_path), "REDIS_URL": "redis://cola/1", "DJANGO_SETTINGS_MODULE": "otro.ajustes"}
    for orden in ("migrate", "servir"):
        assert ajustes_de(["manage.py", orden, *dichos], entorno, del_servidor=tmp_path) == "misitio.ajustes"


@pytest.mark.un_motor
def test_on_a_server_the_settings_are_said(tmp_path):
    entorno = {"KUSKA_VAR": str(tmp_path)}
    with pytest.raises(SystemExit, match="REDIS_URL"):
        ajustes_de(["manage.py", "check"], {**entorno, "REDIS_URL": "redis://cola/1"}, del_servidor=NADA)
    with pytest.raises(SystemExit, match=re.escape(str(tmp_path))):
        ajustes_de(["manage.py", "migrate"], entorno, del_servidor=tmp_path)


@pytest.mark.un_motor
def test_what_is_missing_stops_a_command_with_a_sentence_and_no_trace(tmp_path):
    entorno = {"DJANGO_SETTINGS_MODULE": "cms.settings.production", "KUSKA_VAR": str(tmp_path)}
    orden = [sys.executable, "manage.py", "migrate"]
    fin = subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, text=True, check=False)
    assert (fin.returncode, fin.stderr) == (1, "Falta la variable de entorno SECRET_KEY.\n")


@pytest.mark.un_motor
def test_the_command_of_the_wheel_asks_which_site(tmp_path):
    orden = [sys.executable, "-c", "from marco.consola import principal; principal()", "servir"]
    fin = subprocess.run(
        orden, cwd=tmp_path, env={"PYTHONPATH": str(RAIZ)}, capture_output=True, text=True, check=False
    )
    assert fin.returncode == 1 and fin.stderr.startswith("Falta saber de qué sitio") and "Traceback" not in fin.stderr
    (tmp_path / "manage.py").write_text("import sys; print('suyo', *sys.argv[1:])")
    fin = subprocess.run(orden, cwd=tmp_path, env={"PYTHONPATH": str(RAIZ)}, capture_output=True, text=True, check=True)
    assert fin.stdout.startswith("suyo")


@pytest.mark.un_motor
def test_what_a_process_forgets_the_others_forget(tmp_path):
    parametros = {"OPTIONS": {"archivo": tmp_path / "memoria"}}
    una, otra = MemoriaDelEquipo("una", parametros), MemoriaDelEquipo("otra", parametros)
    for memoria in (una, otra):
        memoria.set("ajustes", "de antes")
    una.delete("ajustes")
    una.set("ajustes", "de hoy")
    assert otra.get("ajustes") is None and "ajustes" not in otra
    otra.set("ajustes", "de hoy")
    assert una.get("ajustes") == otra.get("ajustes") == "de hoy"
    otra.clear()
    assert una.get("ajustes") is None


@pytest.mark.un_motor
def test_the_settings_of_a_real_site_ask_for_a_second_step_and_close_cookies_behind_https(tmp_path):
    lee = (
        "from django.conf import settings as s; from marco.contrato import valor;"
        "print(valor('KUSKA_SEGUNDO_FACTOR'), s.SESSION_COOKIE_NAME, s.ALLOWED_HOSTS[-1])"
    )
    entorno = {"DJANGO_SETTINGS_MODULE": "cms.settings.embebido", "KUSKA_VAR": str(tmp_path)}
    for direccion, dicho in (
        ("http://192.168.1.10:8000", "True sessionid 192.168.1.10"),
        ("https://aula.example.org", "True __Host-sesion aula.example.org"),
    ):
        fin = subprocess.run(
            [sys.executable, "-c", lee],
            cwd=RAIZ,
            env={**entorno, "KUSKA_URL": direccion},
            capture_output=True,
            text=True,
        )
        assert fin.stdout.strip() == dicho, fin.stderr
