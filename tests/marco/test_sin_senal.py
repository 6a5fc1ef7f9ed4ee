"""The service worker as it is served, and whose each answer is."""

import json
import re

import pytest
from django.contrib.staticfiles import finders

from instancias.acceso.sesion import COMPARTIDA
from marco import sin_senal
from tests.cursos.factories import Programa

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def ajustes(client):
    return json.loads(re.search(r"^var K = (.*);$", client.get("/sw.js").content.decode(), re.MULTILINE)[1])


def test_the_worker_comes_from_the_root_small_and_asked_for_each_time(client):
    respuesta = client.get("/sw.js")
    assert respuesta["Content-Type"].startswith("text/javascript")
    assert respuesta["Cache-Control"] == "no-cache"
    assert len(respuesta.content) < 16_000
    dice = ajustes(client)
    assert {"/salir", "/cerrar-sesion", "/cambiar-de-persona"} <= set(dice["salidas"])
    assert client.get(dice["sinSenal"]).status_code == 200


def test_its_version_changes_with_what_it_holds(client, monkeypatch, tmp_path):
    antes = ajustes(client)["version"]
    assert ajustes(client)["version"] == antes
    (tmp_path / "una.js").write_text("K.mensajes.una = function () {};")
    buscar = finders.find
    monkeypatch.setattr(finders, "find", lambda ruta: str(tmp_path / "una.js") if ruta == "una.js" else buscar(ruta))
    monkeypatch.setattr(sin_senal, "_piezas", [*sin_senal._piezas, "una.js"])
    assert ajustes(client)["version"] != antes
    assert "K.mensajes.una" in client.get("/sw.js").content.decode()


def test_an_answer_says_whose_it_is_and_whether_it_may_stay(entrar, integrante):
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    cliente = entrar(integrante)
    marca = sin_senal.marcas_de(integrante.pk)[0]
    direccion = f"/c/{programa.curso.numero}"
    assert cliente.get(direccion)[sin_senal.CABECERA] == f"{marca} guardar"
    assert cliente.get("/inicio")[sin_senal.CABECERA] == marca, "lleva el nombre"
    sesion = cliente.session
    sesion[COMPARTIDA] = 1e12
    sesion.save()
    respuesta = cliente.get(direccion)
    assert respuesta[sin_senal.CABECERA] == marca, "en un celular prestado no queda nada"
    assert "data-trabajador" not in respuesta.content.decode()


def test_what_was_kept_under_a_key_of_before_is_still_of_its_person(settings):
    antes = sin_senal.marcas_de(7)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "otra"
    assert sin_senal.marcas_de(7)[1:] == antes != sin_senal.marcas_de(8)[1:]
    assert antes[0] != "7" and len(antes[0]) == sin_senal.LETRAS
