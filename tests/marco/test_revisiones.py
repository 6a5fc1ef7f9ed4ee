"""A site set up wrongly is told what to write, by ``manage.py check``, before anybody meets it."""

from __future__ import annotations

import io
import sys
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as de_hoy
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import models
from django.urls import clear_url_caches

from cms import urls as del_sitio


@pytest.fixture
def revisar(settings):
    """Run ``check`` with some settings changed, and return what it said."""

    def correr(**ajustes: Any) -> str:
        for nombre, valor in ajustes.items():
            setattr(settings, nombre, valor)
        dicho = io.StringIO()
        try:
            call_command("check", tags=["kuska"], stdout=dicho, stderr=dicho)
        except SystemCheckError as error:
            dicho.write(str(error))
        return dicho.getvalue()

    return correr


@pytest.fixture
def direcciones(monkeypatch, settings):
    """``direcciones(patrones, **otros)``: the root addresses of another site."""

    def poner(patrones: list[Any], **otros: Any) -> None:
        modulo = ModuleType("direcciones_de_otro")
        vars(modulo).update({"urlpatterns": patrones, "handler500": del_sitio.handler500, **otros})
        monkeypatch.setitem(sys.modules, "direcciones_de_otro", modulo)
        settings.ROOT_URLCONF = "direcciones_de_otro"
        clear_url_caches()

    return poner


def sin(lista: list[str], *cuales: str) -> list[str]:
    return [uno for uno in lista if uno not in cuales]


def test_the_site_of_this_tree_is_told_nothing(revisar):
    assert "no issues" in revisar()


def test_a_context_processor_that_lacks(revisar):
    opciones = {**de_hoy.TEMPLATES[0]["OPTIONS"], "context_processors": []}
    dicho = revisar(TEMPLATES=[{**de_hoy.TEMPLATES[0], "OPTIONS": opciones}])
    assert "kuska.E003" in dicho and 'Add "marco.contexto.aula" to OPTIONS["context_processors"]' in dicho


def test_a_backend_that_lacks(revisar):
    dicho = revisar(AUTHENTICATION_BACKENDS=["django.contrib.auth.backends.ModelBackend"])
    assert "kuska.E004" in dicho
    assert 'Write AUTHENTICATION_BACKENDS = ["instancias.acceso.autenticacion.CuentasDelAula"]' in dicho


@pytest.mark.parametrize(
    ("cual", "codigo", "lugar"),
    [
        ("django.contrib.sessions.middleware.SessionMiddleware", "kuska.E005", "at the end"),
        ("django.contrib.auth.middleware.AuthenticationMiddleware", "kuska.E005", "below SessionMiddleware"),
        ("django.contrib.messages.middleware.MessageMiddleware", "kuska.E005", "below SessionMiddleware"),
        ("instancias.acceso.sesion.CookieDeSesionCompartida", "kuska.W001", "above SessionMiddleware"),
        ("marco.salida.SalidaPendiente", "kuska.W001", "below AuthenticationMiddleware"),
        ("marco.metodos.PaginaDeMetodo", "kuska.W001", "at the end"),
        ("marco.caracteres.SoloLoQueSeGuarda", "kuska.W002", "below AuthenticationMiddleware"),
        ("marco.fallas.SabeQueSeGuardo", "kuska.W002", "below AuthenticationMiddleware"),
    ],
)
def test_a_middleware_that_lacks(revisar, cual, codigo, lugar):
    dicho = revisar(MIDDLEWARE=sin(de_hoy.MIDDLEWARE, cual))
    assert codigo in dicho and f'Add "{cual}" to MIDDLEWARE, {lugar}.' in dicho


@pytest.mark.parametrize(
    ("cual", "al_principio", "lugar"),
    [
        ("instancias.acceso.sesion.CookieDeSesionCompartida", False, "above SessionMiddleware"),
        ("marco.salida.SalidaPendiente", True, "below AuthenticationMiddleware"),
    ],
)
def test_a_middleware_on_the_wrong_side(revisar, cual, al_principio, lugar):
    otros = sin(de_hoy.MIDDLEWARE, cual)
    dicho = revisar(MIDDLEWARE=[cual, *otros] if al_principio else [*otros, cual])
    assert "kuska.E006" in dicho and f"Move it {lugar} in MIDDLEWARE." in dicho


def test_addresses_that_lack(revisar, direcciones):
    direcciones([uno for uno in del_sitio.urlpatterns if getattr(uno, "namespace", None) != "kuska_evaluaciones"])
    dicho = revisar()
    assert "kuska.E007" in dicho and 'Add path("", include("evaluaciones.urls")) to the root addresses' in dicho


@pytest.mark.parametrize(
    ("nombre", "suyo", "bueno"),
    [("LOGIN_URL", "/accounts/login/", "/entrar"), ("LOGIN_REDIRECT_URL", "/accounts/profile/", "/inicio")],
)
def test_an_address_that_leads_nowhere(revisar, direcciones, nombre, suyo, bueno):
    direcciones([uno for uno in del_sitio.urlpatterns if getattr(uno, "namespace", None)])  # no pages of Wagtail
    dicho = revisar(**{nombre: suyo})
    assert "kuska.E008" in dicho and f'Write {nombre} = "{bueno}"' in dicho


def test_a_user_model_that_cannot_hold_a_member(revisar, monkeypatch):
    from marco.checks import ajustes

    class Ajena(models.Model):  # noqa: DJ008
        USERNAME_FIELD = "correo"
        correo = models.CharField(max_length=80, unique=True)
        password = models.CharField(max_length=80)
        is_active = models.BooleanField(default=True)
        nacimiento = models.DateField()
        area = models.CharField(max_length=20)

        class Meta:
            app_label = "ajena"
            managed = False

    monkeypatch.setattr(ajustes, "get_user_model", lambda: Ajena)
    dicho = revisar()
    assert "kuska.E009" in dicho
    assert 'has no "is_superuser"' in dicho and 'has no "groups"' in dicho
    assert 'Give "nacimiento" a default, or let it be null.' in dicho
    assert '"area"' not in dicho and '"correo"' not in dicho and '"is_active"' not in dicho


def test_papers_with_no_private_place(revisar):
    dicho = revisar(STORAGES={clave: uno for clave, uno in de_hoy.STORAGES.items() if clave != "privado"})
    assert "kuska.E011" in dicho and 'STORAGES has no "privado" entry' in dicho


def test_a_site_without_an_address(revisar):
    assert "kuska.E012" in revisar(WAGTAILADMIN_BASE_URL="")


def test_a_setting_of_another_type(revisar):
    dicho = revisar(KUSKA_PROXIES="1")
    assert "kuska.E014" in dicho and "Write a value of type int." in dicho


def test_hours_without_a_zone(revisar):
    dicho = revisar(USE_TZ=False)
    assert "kuska.E015" in dicho and "Write USE_TZ = True." in dicho


def test_a_failure_that_nobody_explains(revisar, direcciones):
    direcciones(del_sitio.urlpatterns, handler500="django.views.defaults.server_error")
    dicho = revisar()
    assert "kuska.W002" in dicho and 'Set handler500 = "marco.fallas.pagina_de_fallo"' in dicho


def test_a_model_of_the_site_that_points_at_a_person_and_nobody_says_what_becomes_of_it(revisar, monkeypatch):
    monkeypatch.setattr("instancias.fusiones.sin_atender", lambda partes: ["sitio.Visita.persona"])
    dicho = revisar()
    assert "kuska.W010" in dicho and "«sitio.Visita.persona»" in dicho and "parte_de_un_registro" in dicho


def test_a_model_of_the_site_that_points_at_a_person_and_nobody_tells_them_of_it(revisar, monkeypatch):
    monkeypatch.setattr("instancias.apartados.sin_atender", lambda apartados: ["sitio.Visita.persona"])
    dicho = revisar()
    assert "kuska.W011" in dicho and "«sitio.Visita.persona»" in dicho and "apartado_de_una_persona" in dicho


TAREAS = [
    "certificados.emitir_pendientes",
    "cursos.inscribir_a_quienes_empiezan",
    "evaluaciones.cerrar_vencidos",
    "instancias.enviar_correos",
    "instancias.olvidar_frenos",
    "instancias.olvidar_listas",
    "instancias.olvidar_sesiones",
    "instancias.retener",
]


@pytest.mark.parametrize("tarea", TAREAS)
def test_a_task_that_nobody_runs(revisar, tarea):
    agenda = {nombre: una for nombre, una in de_hoy.CELERY_BEAT_SCHEDULE.items() if una["task"] != tarea}
    dicho = revisar(CELERY_BEAT_SCHEDULE=agenda)
    assert "kuska.W003" in dicho and f'Add {{"task": "{tarea}", "schedule":' in dicho
    assert dicho.count("kuska.W003") == 1


@pytest.mark.parametrize(
    ("nombre", "pista"),
    [
        ("CURSOS_CURSO_MODEL", "Remove it: pages are no longer swapped one by one."),
        ("EVALUACIONES_EVALUACION_MODEL", "Remove it: pages are no longer swapped one by one."),
        ("KUSKA_PROXYS", "There are: KUSKA_"),
    ],
)
def test_a_setting_that_nobody_reads(revisar, nombre, pista):
    dicho = revisar(**{nombre: "anfitrion.MiCurso"})
    assert "kuska.W004" in dicho and nombre in dicho and pista in dicho


def test_work_for_later_that_nobody_takes(revisar, monkeypatch):
    from celery import Celery

    from marco.checks import salas

    monkeypatch.setattr(salas, "current_app", Celery("default", set_as_current=False))
    dicho = revisar()
    assert "kuska.W005" in dicho and "«celery.py»" in dicho


@pytest.mark.parametrize("nombre", ["WAGTAILIMAGES_IMAGE_FORM_BASE", "WAGTAILDOCS_DOCUMENT_FORM_BASE"])
def test_a_form_that_lets_anything_in(revisar, nombre):
    dicho = revisar(**{nombre: ""})
    assert "kuska.W006" in dicho and f'Write {nombre} = "cursos.forms_' in dicho


def test_pictures_that_anybody_sees(revisar, direcciones):
    from django.conf.urls.static import serve
    from django.urls import path

    direcciones([path("media/<path:path>", serve), *del_sitio.urlpatterns])
    dicho = revisar()
    assert "kuska.W007" in dicho and 'Include "cursos.urls" at the root' in dicho


def test_keys_that_a_phone_cannot_type_with_ease(revisar):
    validador = "django.contrib.auth.password_validation.NumericPasswordValidator"
    dicho = revisar(AUTH_PASSWORD_VALIDATORS=[{"NAME": validador}])
    assert "kuska.W008" in dicho and "«NumericPasswordValidator»" in dicho
    assert "Remove it from AUTH_PASSWORD_VALIDATORS." in dicho


@pytest.mark.parametrize(
    ("ajustes", "pista"),
    [
        ({"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, "Set EMAIL_HOST"),
        ({"KUSKA_AVISOS_A": ["soporte arroba muni"]}, "which is no e-mail"),
    ],
)
def test_an_alarm_that_nobody_would_get(revisar, ajustes, pista):
    assert "kuska.W013" not in revisar(KUSKA_AVISOS_A=["soporte@muni.example"])
    dicho = revisar(**{"KUSKA_AVISOS_A": ["soporte@muni.example"], **ajustes})
    assert "kuska.W013" in dicho and pista in dicho


def test_a_short_key_for_who_sees_everybody(revisar):
    dicho = revisar(AUTH_PASSWORD_VALIDATORS=[])
    assert "kuska.W009" in dicho
    assert 'Write AUTH_PASSWORD_VALIDATORS = [{"NAME": "instancias.acceso.validadores.ReglaDeClaves"}].' in dicho
