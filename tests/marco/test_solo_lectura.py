"""While nothing can be kept, every page says so, what is sent is refused before any work, and reading goes on."""

from __future__ import annotations

import errno
import tempfile

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from cms.urls import handler500, urlpatterns  # noqa: F401 — the host's own answer to what fails
from marco.fallas import MAS_RATO
from marco.models import AjustesDelAula
from marco.solo_lectura import disco

BANDA, MANTENIMIENTO = "no tiene espacio para guardar", "está en mantenimiento"
hechos: list[str] = []
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__), pytest.mark.un_motor]


def guardar(request):
    hechos.append(request.POST["que"])
    if request.POST["que"] == "no cabe":
        raise OSError(errno.ENOSPC, "No space left")
    return HttpResponse("listo")


urlpatterns = [path("prueba/guardar", guardar), *urlpatterns]


@pytest.fixture(autouse=True)
def _sin_hechos():
    hechos.clear()


@pytest.fixture
def sin_espacio(settings):
    settings.KUSKA_DISCO_MINIMO = 10**9


@pytest.fixture
def a_mano():
    ajustes = AjustesDelAula.load()
    ajustes.solo_lectura_desde = timezone.now()
    ajustes.save()


def test_with_room_nothing_changes(visitante):
    assert visitante.post("/prueba/guardar", {"que": "a"}).text == "listo"
    assert BANDA not in visitante.get("/entrar").text


@pytest.mark.parametrize(("modo", "dice"), [("sin_espacio", BANDA), ("a_mano", MANTENIMIENTO)])
def test_what_is_sent_is_refused_before_any_work(modo, dice, request, integrante, entrar):
    request.getfixturevalue(modo)
    cliente = entrar(integrante)
    respuesta = cliente.post("/prueba/guardar", {"que": "a"})
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, str(MAS_RATO)) and not hechos
    assert "No se guardó." in respuesta.text and "Puede seguir leyendo." in respuesta.text
    dicho = cliente.post("/prueba/guardar", {"que": "a"}, headers={"accept": "application/json"}).json()
    assert dicho["codigo"] == "solo_lectura" and dicho["mensaje"].startswith("No se guardó.")
    for pagina in ("/inicio", "/ayuda", "/entrar"):
        leida = cliente.get(pagina, follow=True)
        assert leida.status_code == 200 and dice in leida.text, pagina


def test_the_editor_says_it_and_saves_nothing(a_mano, administradora, entrar):
    editor = entrar(administradora)
    assert MANTENIMIENTO in editor.get("/admin/").text
    respuesta = editor.post("/admin/pages/1/add/cms/portada/", {"title": "Otra"})
    assert respuesta.status_code == 503 and "No se guardó." in respuesta.text


def test_the_door_and_the_way_out_stay_open(a_mano, integrante, entrar, visitante):
    assert visitante.post("/entrar", {"documento": "1", "clave": "x"}).status_code == 200
    assert entrar(integrante).post("/salir").status_code == 200


@pytest.fixture
def sin_sitio(monkeypatch):
    """The folders of the site take nothing, whatever the system says that is left."""

    def lleno(**_como):
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    monkeypatch.setattr(tempfile, "TemporaryFile", lleno)


def test_a_write_that_found_no_room_closes_the_next_ones_until_it_is_forgotten(sin_sitio):
    cliente = Client(raise_request_exception=False)
    assert cliente.post("/prueba/guardar", {"que": "no cabe"}).status_code == 503
    assert hechos == ["no cabe"]
    assert cliente.post("/prueba/guardar", {"que": "a"}).status_code == 503 and hechos == ["no cabe"]
    assert BANDA in cliente.get("/entrar").text
    disco.olvidar()
    assert cliente.post("/prueba/guardar", {"que": "a"}).text == "listo"


def test_no_room_in_a_folder_that_keeps_nothing_is_of_that_request_alone():
    """«/tmp» full, where what is being sent is on its way: it was not saved, and the next ones are."""
    cliente = Client(raise_request_exception=False)
    respuesta = cliente.post("/prueba/guardar", {"que": "no cabe"})
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, str(MAS_RATO))
    assert "No se guardó." in respuesta.text
    assert cliente.post("/prueba/guardar", {"que": "a"}).text == "listo"
    assert BANDA not in cliente.get("/entrar").text


def test_saving_goes_on_in_a_moment_once_there_is_room(sin_espacio, settings, visitante, monkeypatch):
    assert visitante.post("/prueba/guardar", {"que": "a"}).status_code == 503
    settings.KUSKA_DISCO_MINIMO = 0
    assert visitante.post("/prueba/guardar", {"que": "a"}).status_code == 503, "it looks every few seconds"
    monkeypatch.setattr(disco, "mirar_desde", 0.0)
    assert visitante.post("/prueba/guardar", {"que": "a"}).text == "listo"
