"""What fails below is told as it is: what was saved, what was not, and when to come back. With a real database."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connection, connections
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import timezone

from cms.urls import handler500, urlpatterns  # noqa: F401 — the host's own answer to what fails
from instancias.models import ImportacionDePadron, Institucion, Persona
from marco.checks.ajustes import lo_que_falla
from marco.checks.salas import pasos
from marco.fallas import MAS_RATO, UN_RATO, SabeQueSeGuardo, espera_de
from marco.restricciones import Ocupada, choco_con
from marco.sala import W_SIN_RESPUESTA

JSON = {"accept": "application/json"}
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


def guardar(request, **_):
    """An act with a single write, as the services make theirs."""
    Institucion.objects.create(nombre=request.POST["nombre"], sector="salud")
    return HttpResponse("listo")


def guardar_mucho(request):
    ImportacionDePadron.objects.create(archivo="x", resumen={"x": "x" * 30_000_000}, subida_en=timezone.now())
    return HttpResponse("listo")


def guardar_y_caer(request):
    guardar(request)
    raise RuntimeError("later")


def caer(request):
    raise {"disco": OSError(errno.ENOSPC, "No space left"), "ocupada": Ocupada(), "otra": ValueError()}[
        request.GET["por"]
    ]


urlpatterns = [
    *urlpatterns,
    path("prueba/guardar", guardar),
    path("prueba/guardar-mucho", guardar_mucho),
    path("prueba/guardar-y-caer", guardar_y_caer),
    path("prueba/caer", caer),
]


@pytest.fixture
def cliente():
    return Client(raise_request_exception=False)


@pytest.fixture
def sin_escribir():
    """The database takes no writes: it is locked by another, or read only, as each engine says it."""
    if connection.vendor == "sqlite":
        otra = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        connection.ensure_connection()
        connection.connection.execute("PRAGMA busy_timeout = 50")
        otra.execute("BEGIN IMMEDIATE")
        yield
        otra.execute("ROLLBACK")
        otra.close()
        connection.connection.execute("PRAGMA busy_timeout = 20000")
    else:
        otra = connections.create_connection("default")
        otra.set_autocommit(False)
        otra.cursor().execute('LOCK TABLE "kuska_instancias_institucion" IN ACCESS EXCLUSIVE MODE')
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        yield
        otra.rollback()
        otra.close()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")


@pytest.fixture
def disco_lleno():
    """No page more fits in the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        else:
            cursor.execute(
                "CREATE FUNCTION sin_espacio() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE 'could not extend file' USING ERRCODE = '53100'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER lleno BEFORE INSERT ON kuska_instancias_importaciondepadron "
                "FOR EACH ROW EXECUTE FUNCTION sin_espacio()"
            )
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count = 1073741823")
        else:
            cursor.execute("DROP FUNCTION sin_espacio CASCADE")


def test_a_lock_is_told_as_not_saved_and_when_to_come_back(cliente, sin_escribir):
    respuesta = cliente.post("/prueba/guardar", {"nombre": "A"})
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, str(UN_RATO))
    assert "No se guardó." in respuesta.text and "envíelo otra vez" in respuesta.text
    assert "a salvo" not in respuesta.text and "está guardad" not in respuesta.text
    assert respuesta["Content-Security-Policy"] and "no-store" in respuesta["Cache-Control"]
    assert "tel:100" in respuesta.text and 'form="salida-rapida"' in respuesta.text


def test_a_script_gets_the_same_as_data(cliente, sin_escribir):
    respuesta = cliente.post("/prueba/guardar", {"nombre": "A"}, headers=JSON)
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, str(UN_RATO))
    assert respuesta.json()["codigo"] == "ocupada" and "No se guardó." in respuesta.json()["mensaje"]


def test_with_the_disk_full_nothing_is_said_to_be_safe(cliente, disco_lleno):
    respuesta = cliente.post("/prueba/guardar-mucho")
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, str(MAS_RATO))
    assert "No se guardó." in respuesta.text and "no tiene dónde guardar" in respuesta.text


@pytest.mark.parametrize(("por", "estado", "dice"), [("disco", 503, "ocupada"), ("ocupada", 503, "ocupada")])
def test_who_only_reads_is_told_to_come_back(cliente, por, estado, dice):
    respuesta = cliente.get(f"/prueba/caer?por={por}")
    assert respuesta.status_code == estado and "El aula está ocupada." in respuesta.text
    assert "Intente en unos minutos." in respuesta.text and "guard" not in respuesta.text.split("<main")[1]


def test_a_fault_of_ours_promises_nothing(cliente):
    leido, escrito = cliente.get("/prueba/caer?por=otra"), cliente.post("/prueba/caer?por=otra")
    assert leido.status_code == escrito.status_code == 500
    assert "Algo falló de nuestro lado." in leido.text and "Retry-After" not in leido
    assert "No se guardó lo que envió." in escrito.text


def test_what_was_saved_before_failing_is_not_called_lost(cliente):
    respuesta = cliente.post("/prueba/guardar-y-caer", {"nombre": "B"})
    assert respuesta.status_code == 500 and Institucion.objects.filter(nombre="B").exists()
    assert "No sabemos si se guardó" in respuesta.text and "No se guardó" not in respuesta.text


def test_the_same_thing_saved_twice_is_not_a_fault_of_ours(cliente):
    cliente.post("/prueba/guardar", {"nombre": "C"})
    respuesta = cliente.post("/prueba/guardar", {"nombre": "C"})
    assert respuesta.status_code == 409 and "desde otra ventana" in respuesta.text


def test_the_page_of_a_fault_asks_nothing_of_the_database(django_assert_num_queries):
    cache.clear()  # the settings of the site are not at hand either
    with django_assert_num_queries(0):
        respuesta = Client(raise_request_exception=False).get("/prueba/caer?por=ocupada")
    assert respuesta.status_code == 503


def test_reading_costs_nothing_more_and_writing_is_noted_after_its_commit(integrante):
    peticion = RequestFactory().post("/")
    SabeQueSeGuardo(lambda r: Persona.objects.filter(pk=integrante.pk).exists())(peticion)
    assert not hasattr(peticion, "algo_guardado")
    SabeQueSeGuardo(lambda r: Persona.objects.filter(pk=integrante.pk).update(nombres="Ana"))(peticion)
    assert peticion.algo_guardado


def test_a_table_that_is_not_there_is_a_fault_and_not_a_queue():
    with pytest.raises(Exception) as dicho, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_esta")
    assert espera_de(dicho.value) == 0


def test_the_constraint_that_refused_a_row_is_known_by_its_name(integrante):
    with pytest.raises(IntegrityError) as dicho:
        Persona.objects.create(documento=integrante.documento, nombres="A", apellidos="B")
    assert choco_con(dicho.value, (Persona, "persona_documento_unico"))
    assert not choco_con(dicho.value, (Institucion, "nombre"), (Persona, "cuenta"))
    Institucion.objects.create(nombre="X", sector="salud")
    with pytest.raises(IntegrityError) as dicho:
        Institucion.objects.create(nombre="X", sector="salud")
    assert choco_con(dicho.value, (Institucion, "nombre"))


@pytest.mark.parametrize(
    ("estado", "espera"),
    [("40P01", UN_RATO), ("40001", UN_RATO), ("53300", UN_RATO), ("53100", MAS_RATO), ("57014", UN_RATO), ("42P01", 0)],
)
def test_what_postgresql_says_by_number_is_understood(estado, espera):
    if connection.vendor != "postgresql":
        pytest.skip("the other engine has its own numbers")
    with pytest.raises(Exception) as dicho, connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE 'x' USING ERRCODE = '{estado}'; END $$")
    assert espera_de(dicho.value) == espera


def test_a_database_that_cannot_be_reached_is_a_queue_too():
    if connection.vendor != "postgresql":
        pytest.skip("a file is always reached")
    otra = connections.create_connection("default")
    otra.settings_dict = {**otra.settings_dict, "HOST": "/no/hay"}
    with pytest.raises(OperationalError) as dicho:
        otra.ensure_connection()
    assert espera_de(dicho.value) == UN_RATO


def test_a_host_that_forgot_a_line_is_told(settings):
    assert [*pasos(), *lo_que_falla()] == []
    settings.MIDDLEWARE = [uno for uno in settings.MIDDLEWARE if "SabeQueSeGuardo" not in uno]
    (aviso,) = [*pasos(), *lo_que_falla()]
    assert aviso.id == W_SIN_RESPUESTA and "marco.fallas.SabeQueSeGuardo" in aviso.hint
