"""The log: who, what and when, in UTC; nobody's data, no address with a secret, and no page that waits for it."""

from __future__ import annotations

import io
import json
import logging
import threading
import time

import pytest
from celery import Celery
from celery.utils.log import LoggingProxy
from django.db import IntegrityError
from django.test import RequestFactory

from marco import peticion
from marco.diario import EnJson, EnTexto, SinEspera, sin_datos

pytestmark = pytest.mark.un_motor


def registro(texto: str, *args, **otros) -> logging.LogRecord:
    una = logging.LogRecord("kuska.prueba", logging.WARNING, "x.py", 1, texto, args, otros.pop("exc_info", None))
    una.__dict__.update(otros)
    return una


def en_json(*args, **otros) -> dict:
    return json.loads(EnJson().format(registro(*args, **otros)))


def test_a_line_says_when_in_utc_and_which_request_and_account():
    request = RequestFactory().get("/panel/personas")
    request.referencia = "abc12345"
    request._cached_user = type("Cuenta", (), {"pk": 7})()
    dicho = en_json("algo", request=request)
    assert dicho["hora"].endswith("+00:00")
    assert (dicho["referencia"], dicho["cuenta"], dicho["nivel"], dicho["texto"]) == ("abc12345", 7, "WARNING", "algo")


@pytest.mark.parametrize("forma", [EnJson, EnTexto])
def test_nothing_that_was_typed_begins_a_line(forma):
    dicho = forma().format(registro("no: %s", "x\n2026-01-01 ERROR inventado\r\u2028\x1b[31m"))
    assert len(dicho.splitlines()) == 1
    assert "\x1b" not in dicho


def test_a_line_says_the_rows_that_it_is_about_and_nothing_that_somebody_typed():
    dicho = en_json("algo", intento=12, codigo="ya_enviado", tarea="x 40000001", nombres="Rosa Quispe")
    assert (dicho["intento"], dicho["codigo"], dicho["tarea"]) == (12, "ya_enviado", "x ••••••")
    assert "Rosa" not in json.dumps(dicho)


def test_the_lines_of_a_task_share_its_number():
    app = Celery("prueba", set_as_current=False)
    dichas = []

    @app.task(name="prueba.decir", shared=False)
    def decir() -> None:
        dichas.extend(en_json("algo") for _vez in range(2))

    assert "tarea" not in en_json("fuera")
    decir.apply(task_id="n-7")
    assert [(una["tarea"], una["referencia"]) for una in dichas] == [("prueba.decir", "n-7")] * 2


def test_documents_phones_and_emails_are_covered():
    dicho = sin_datos("DNI 40000001, celular 987654321, rosa@ejemplo.pe, unidad 12")
    assert not any(dato in dicho for dato in ("40000001", "987654321", "rosa@"))
    assert "unidad 12" in dicho


def test_the_address_is_not_kept_and_neither_is_the_row_of_the_database():
    request = RequestFactory().get("/a/NCD348EXM6ZE0YQ1MRNM0K9PZA")
    dicho = json.dumps(en_json("Not Found: %s", request.path, request=request, status_code=404))
    assert "NCD348" not in dicho and '"404"' in dicho
    try:
        raise IntegrityError("duplicate key value\nDETAIL: Key (nombres)=(Rosa Quispe) already exists.")
    except IntegrityError as error:
        dicho = en_json("fallo", exc_info=(type(error), error, error.__traceback__))
    assert (dicho["error"], dicho["dice"]) == ("IntegrityError", "duplicate key value")
    assert "Rosa" not in json.dumps(dicho)
    assert "test_diario.py" in dicho["donde"][-1]


class Lenta(io.StringIO):
    """A terminal that does not keep up."""

    def __init__(self) -> None:
        super().__init__()
        self.puede = threading.Event()

    def write(self, texto: str) -> int:
        self.puede.wait(5)
        return super().write(texto)


def test_ten_thousand_lines_hold_nobody_and_what_does_not_fit_is_told():
    salida = Lenta()
    manejador = SinEspera(salida, caben=5000)
    manejador.setFormatter(EnJson())
    antes = time.perf_counter()
    for n in range(10_000):
        manejador.handle(registro("linea %s", n))
    tardo = time.perf_counter() - antes
    assert manejador.perdidas >= 4999
    assert tardo < 3  # on a machine under load; it takes a third of a second
    salida.puede.set()
    manejador.close()
    assert "did not fit" in salida.getvalue()


def test_where_celery_takes_what_is_told_as_errors_a_line_is_written_once(monkeypatch):
    """In a worker and in the clock what goes to «stderr» is a line of the log: it came back here without end."""
    suelta, de_veras = logging.getLogger("kuska.prueba.celery"), io.StringIO()
    manejador = SinEspera()
    suelta.propagate = False
    suelta.addHandler(manejador)
    monkeypatch.setattr("sys.__stderr__", de_veras)
    monkeypatch.setattr("sys.stderr", LoggingProxy(suelta, logging.WARNING))
    suelta.warning("una línea")
    manejador.close()
    suelta.removeHandler(manejador)
    assert de_veras.getvalue() == "una línea\n"


def test_the_reference_comes_from_the_proxy_only_when_there_is_one(settings):
    pedido = RequestFactory().get("/", headers={"X-Request-ID": "del-proxy-1234"})
    settings.KUSKA_PROXIES = 0
    assert peticion.referencia_de(pedido) != "del-proxy-1234"
    settings.KUSKA_PROXIES = 1
    pedido = RequestFactory().get("/", headers={"X-Request-ID": "del-proxy-1234"})
    assert peticion.referencia_de(pedido) == "del-proxy-1234"
    malo = RequestFactory().get("/", headers={"X-Request-ID": "<script>alert(1)</script>"})
    assert len(peticion.referencia_de(malo)) == 16


@pytest.mark.django_db
def test_a_page_that_fails_shows_the_reference_that_the_log_has(client, caplog):
    client.raise_request_exception = False
    respuesta = client.get("/no-hay-tal-pagina/")
    assert respuesta.status_code == 404
    assert respuesta.headers["X-Request-ID"] in respuesta.content.decode()
    registro_404 = next(uno for uno in caplog.records if getattr(uno, "status_code", 0) == 404)
    assert json.loads(EnJson().format(registro_404))["referencia"] == respuesta.headers["X-Request-ID"]


def test_a_fault_says_its_reference_also_to_a_script():
    from marco.fallas import pagina_de_fallo

    request = RequestFactory().get("/", headers={"Accept": "application/json"})
    request.referencia = "abc12345"
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        assert json.loads(pagina_de_fallo(request).content)["referencia"] == "abc12345"
