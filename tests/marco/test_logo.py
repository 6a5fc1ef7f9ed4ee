"""The logo of the site is a light picture by what it holds: nothing that runs is served under its name."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.urls import reverse
from PIL import Image

from marco.models import AjustesDelAula
from marco.validators import LOGO_MAXIMO

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def imagen(formato: str = "PNG", lado: int = 64, modo: str = "RGB") -> bytes:
    salida = BytesIO()
    Image.new(modo, (lado, lado), "teal").save(salida, formato)
    return salida.getvalue()


MALOS = {
    "x.html": b"<script>alert(1)</script>",
    "x.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "html.png": b"<script>alert(1)</script>",
    "cortada.png": b"\x89PNG\r\n\x1a\n",
    "imagen.html": imagen(),
    "png.jpg": imagen("PNG"),
    "dibujo.gif": imagen("GIF"),
    "enorme.png": imagen(lado=4001, modo="L"),
    "pesada.png": imagen() + bytes(LOGO_MAXIMO),
}


@pytest.fixture
def poner(administradora, entrar, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ajustes = AjustesDelAula.load()
    direccion = reverse("wagtailsettings:edit", args=["kuska_marco", "ajustesdelaula", ajustes.pk])
    cliente = entrar(administradora)

    def enviar(**cambios):
        datos = {campo: valor or "" for campo, valor in model_to_dict(ajustes).items() if campo not in {"id", "logo"}}
        return cliente.post(direccion, {**datos, "whatsapp_activo": "on", **cambios})

    return enviar


@pytest.mark.parametrize("nombre", MALOS)
def test_what_is_not_a_light_picture_is_refused_in_words(poner, nombre):
    respuesta = poner(logo=SimpleUploadedFile(nombre, MALOS[nombre], "image/png"))
    assert "El logo " in respuesta.content.decode()
    assert not AjustesDelAula.objects.get().logo


@pytest.mark.parametrize(
    ("nombre", "formato"), [("a.png", "PNG"), ("a.JPG", "JPEG"), ("a.jpeg", "JPEG"), ("a.webp", "WEBP")]
)
def test_a_picture_is_kept(poner, nombre, formato):
    assert poner(logo=SimpleUploadedFile(nombre, imagen(formato), "image/png")).status_code == 302
    assert AjustesDelAula.objects.get().logo.name.startswith("logos/a")


def test_a_logo_of_before_does_not_stop_other_changes(poner):
    AjustesDelAula.objects.update(logo="logos/antiguo.svg")
    assert poner(entidad="Otra entidad").status_code == 302
    ajustes = AjustesDelAula.objects.get()
    assert (ajustes.entidad, ajustes.logo.name) == ("Otra entidad", "logos/antiguo.svg")
