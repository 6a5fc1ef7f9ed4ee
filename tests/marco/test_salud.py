"""What machines ask: whether it lives, whether it can save, and how it goes, with its key."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from cms.urls import handler500, urlpatterns  # noqa: F401 — the host's own answer to what fails
from marco import lectura, metricas, salud, sentencias
from marco.espacio import Espacio, medir
from marco.models import AjustesDelAula, BloqueoDelNavegador
from marco.peticion import ConReferencia

pytestmark = pytest.mark.django_db


@pytest.mark.un_motor
def test_being_alive_asks_nothing_of_anything(visitante, django_assert_num_queries):
    with django_assert_num_queries(0):
        respuesta = visitante.get("/salud")
    assert (respuesta.status_code, respuesta.text) == (200, "vivo\n") and "no-store" in respuesta["Cache-Control"]


def test_being_able_to_save_is_tried_and_leaves_nothing(visitante):
    respuesta = visitante.get("/salud/lista")
    assert (respuesta.status_code, respuesta.json()) == (200, {"lista": True, "por_que_no": []})
    assert not BloqueoDelNavegador.objects.exists()


@pytest.mark.un_motor
def test_who_asks_without_end_writes_nothing_more(visitante, presupuesto):
    visitante.get("/salud/lista")
    with presupuesto(0):
        assert visitante.get("/salud/lista").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_no_writes_is_told_in_a_moment(visitante, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("a row of another does not hold this one")
    monkeypatch.setattr(salud, "ESPERA_DE_SQLITE", 20)
    otra = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    otra.execute("BEGIN IMMEDIATE")
    try:
        respuesta = visitante.get("/salud/lista")
    finally:
        otra.execute("ROLLBACK")
        otra.close()
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "30")
    assert respuesta.json()["por_que_no"] == ["base"]
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000


@pytest.mark.un_motor
def test_changes_of_the_database_that_are_missing_are_told(visitante, monkeypatch):
    monkeypatch.setattr(salud.prueba, "al_dia", False)
    monkeypatch.setattr(salud, "migraciones_pendientes", lambda: 2)
    assert visitante.get("/salud/lista").json()["por_que_no"] == ["migraciones"]


@pytest.mark.un_motor
def test_a_disk_without_room_is_not_ready(visitante, settings):
    assert medir().libre > 0 and medir().alcanza
    settings.KUSKA_DISCO_MINIMO = 10**9
    assert not Espacio(10**14, 10**15).alcanza
    assert visitante.get("/salud/lista").json()["por_que_no"] == ["sin_espacio"]
    assert visitante.get("/salud").status_code == 200


@pytest.mark.un_motor
def test_figures_are_only_for_who_brings_the_key(settings, integrante, entrar):
    assert Client().get("/metricas").status_code == 404
    settings.KUSKA_LLAVE_DE_METRICAS = "una-llave-larga"
    assert Client().get("/metricas", headers={"authorization": "Bearer otra"}).status_code == 404
    entrar(integrante).get("/inicio")
    AjustesDelAula.objects.update_or_create(defaults={"solo_lectura_desde": "2026-01-01T00:00Z"})
    entrar(integrante).post("/mis-datos", {})
    dichas = Client().get("/metricas", headers={"authorization": "Bearer una-llave-larga"}).text
    assert 'kuska_respuesta_segundos_count{acto="lee",clase="2xx",sala="kuska_cursos"}' in dichas
    assert 'kuska_no_se_guardo_total{estado="503"}' in dichas
    assert integrante.documento not in dichas and "/inicio" not in dichas and "python_info" not in dichas


@pytest.mark.un_motor
def test_what_processes_that_are_gone_counted_does_not_pile_up(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    muerto = subprocess.Popen([sys.executable, "-c", ""])
    muerto.wait()
    for numero in (muerto.pid, os.getpid()):
        (tmp_path / f"histogram_{numero}.db").touch()
    assert metricas.olvidar_a_los_que_murieron() == 0, "a few are the sum of before and now"
    monkeypatch.setattr(metricas, "CABEN", 1)
    assert metricas.olvidar_a_los_que_murieron() == 1
    assert [uno.name for uno in tmp_path.iterdir()] == [f"histogram_{os.getpid()}.db"]


@pytest.mark.un_motor
def test_a_slow_statement_is_told_without_its_values(settings, caplog, integrante):
    settings.KUSKA_SENTENCIA_LENTA = 1
    sentencias.vigilar(connection)
    sentencias.vigilar(connection)
    assert connection.execute_wrappers.count(sentencias.medir) == 1
    with caplog.at_level(logging.WARNING), connection.cursor() as cursor:
        cursor.execute("SELECT %s, 1", ["secreto-de-alguien"])
        assert not caplog.records, "what is quick is told to nobody"
        lenta = (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90000) SELECT max(i), %s FROM n"
        )
        cursor.execute(lenta, ["secreto-de-alguien"])
    (dicha,) = [uno.getMessage() for uno in caplog.records]
    assert "slow statement" in dicha and "WITH RECURSIVE" in dicha and "secreto" not in dicha


class CaeUnaVez:
    """A page under which the connection breaks the first time."""

    def __init__(self, veces: int = 1) -> None:
        self.veces, self.vistas = veces, []

    def __call__(self, request):
        self.vistas.append(request)
        if len(self.vistas) <= self.veces:
            request.se_perdio_la_conexion = True
            return HttpResponse(status=503)
        return HttpResponse("leído")


@pytest.mark.un_motor
def test_who_reads_does_not_see_that_the_database_started_again():
    pagina = CaeUnaVez()
    respuesta = lectura.LeeOtraVez(ConReferencia(pagina))(RequestFactory().get("/x?a=1"))
    assert respuesta.content == "leído".encode()
    primera, segunda = pagina.vistas
    assert primera is not segunda and primera.referencia == segunda.referencia and segunda.GET["a"] == "1"


@pytest.mark.un_motor
@pytest.mark.parametrize(("pedir", "veces", "pronto"), [("post", 1, 2), ("get", 2, 2), ("get", 1, -1)])
def test_what_was_sent_or_waited_for_is_not_asked_again(monkeypatch, pedir, veces, pronto):
    monkeypatch.setattr(lectura, "PRONTO", pronto)
    pagina = CaeUnaVez(veces)
    respuesta = lectura.LeeOtraVez(ConReferencia(pagina))(getattr(RequestFactory(), pedir)("/x"))
    assert respuesta.status_code == 503 and len(pagina.vistas) == veces


def test_a_broken_connection_is_told_from_other_faults(visitante, monkeypatch):
    visitante.raise_request_exception = False
    notadas = []
    monkeypatch.setattr(lectura.LeeOtraVez, "__call__", espia(lectura.LeeOtraVez.__call__, notadas))

    def caer(*_partes, **_otros):
        error = OperationalError("gone")
        error.__cause__ = type("Perdida", (Exception,), {"sqlstate": "57P01"})()
        raise error

    monkeypatch.setattr("marco.views.render", caer)
    assert visitante.get("/tiempo").status_code == 503
    assert [una.se_perdio_la_conexion for una in notadas] == [True]


def espia(paso, notadas):
    def con_nota(yo, request):
        notadas.append(request)
        return paso(yo, request)

    return con_nota


cortes: list[str] = []


def cortar_una_vez(request):
    """The server closes this connection while the page is made."""
    if not cortes:
        cortes.append(request.method)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            cursor.execute("SELECT 1")
    return HttpResponse(str(BloqueoDelNavegador.objects.count()))


urlpatterns = [*urlpatterns, path("prueba/cortar", cortar_una_vez)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls(__name__)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a file closes no connection")
def test_a_connection_that_the_server_closes_under_a_page_is_seen_by_who_sends_and_not_by_who_reads():
    cliente = Client(raise_request_exception=False)
    cortes.clear()
    assert (cliente.get("/prueba/cortar").text, cortes) == ("0", ["GET"])
    cortes.clear()
    respuesta = cliente.post("/prueba/cortar")
    connection.close_if_unusable_or_obsolete()  # as a server does after each request; the client of the tests does not
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "30") and "No se guardó." in respuesta.text
    assert cliente.post("/prueba/cortar").text == "0", "the next one finds a new connection"
