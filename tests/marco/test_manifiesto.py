"""What a phone puts on its home screen says nothing of what the space is about."""

import json

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from marco.models import AjustesDelAula
from tests.neutralidad import palabras_en

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def test_the_name_and_the_icons_are_neutral_whatever_the_site_is_called(client):
    AjustesDelAula.objects.update_or_create(pk=1, defaults={"nombre_del_espacio": "Aula contra la violencia"})
    respuesta = client.get("/aula.webmanifest")
    assert respuesta["Content-Type"] == "application/manifest+json" and "public" in respuesta["Cache-Control"]
    dicho = respuesta.content.decode()
    assert not palabras_en(dicho)
    datos = json.loads(dicho)
    assert (datos["name"], datos["short_name"], datos["start_url"], datos["scope"]) == ("Aula", "Aula", "/inicio", "/")


def test_it_can_be_installed(client):
    """What a phone asks for: a start, a way of showing it, and pictures of the sizes that they say."""
    datos = json.loads(client.get("/aula.webmanifest").content)
    assert datos["display"] == "standalone" and datos["theme_color"] and datos["background_color"]
    assert {icono["purpose"] for icono in datos["icons"]} == {"any", "maskable"}
    for icono in datos["icons"]:
        archivo = finders.find(icono["src"].removeprefix("/static/"))
        with Image.open(archivo) as imagen:
            assert "x".join(map(str, imagen.size)) == icono["sizes"]
    assert '<link rel="manifest" href="/aula.webmanifest">' in client.get("/entrar").content.decode()
