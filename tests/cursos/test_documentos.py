"""What is uploaded is what its name says, and light; a sound has no address of its own for who does not write."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.models import Collection

from cursos.archivos import AUDIO_MAXIMO, CONTENIDOS
from cursos.blocks import AudioBlock
from cursos.services.permisos import asegurar_grupo_de_capacitadoras

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]

BUENOS = {
    "uno.mp3": b"ID3\x04\x00\x00\x00\x00\x00\x21" + bytes(40),
    "dos.mp3": b"\xff\xfb\x90\x64" + bytes(40),
    "tres.MP3": b"\xff\xf3\x40\xc4" + bytes(40),
    "uno.opus": b"OggS\x00\x02" + bytes(22) + b"OpusHead" + bytes(20),
    "uno.ogg": b"OggS\x00\x02" + bytes(22) + b"\x01vorbis" + bytes(20),
    "dos.ogg": b"OggS\x00\x02" + bytes(22) + b"OpusHead" + bytes(20),
    "uno.m4a": b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00" + bytes(20),
    "dos.m4a": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00" + bytes(20),
    "uno.pdf": b"%PDF-1.7\n" + bytes(20),
}
PAGINA = b"<html><script>1</script></html>" + bytes(40)
MALOS = {
    **{f"pagina.{extension}": PAGINA for extension in CONTENIDOS},
    "pagina.html": PAGINA,
    "grabadora.amr": b"#!AMR\n" + bytes(40),
    "nota.oga": BUENOS["dos.ogg"],
    "video.mp4": BUENOS["dos.m4a"],
    "dibujo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "sin-extension": BUENOS["uno.mp3"],
    "vacio.mp3": b"\xff",
    "aac.mp3": b"\xff\xf1\x50\x80" + bytes(40),
    "video.ogg": b"OggS\x00\x02" + bytes(22) + b"\x80theora" + bytes(20),
    "vorbis.opus": BUENOS["uno.ogg"],
    "cambiado.pdf": BUENOS["uno.mp3"],
    "largo.mp3": BUENOS["dos.mp3"] + bytes(AUDIO_MAXIMO + 40_000),
    "enorme.mp3": BUENOS["dos.mp3"] + bytes(12 * 1024 * 1024),
    "largo.pdf": BUENOS["uno.pdf"] + bytes(10 * 1024 * 1024 + 40_000),
}


@pytest.fixture
def quien_escribe(programa, capacitadora, entrar, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    asegurar_grupo_de_capacitadoras()
    return entrar(capacitadora)


def subir(cliente: Client, puerta: str, nombre: str, contenido: bytes) -> None:
    """By the page of one document, by that of several, or from the step that plays it."""
    archivo = SimpleUploadedFile(nombre, contenido, "audio/mpeg")
    datos = {"title": "Audio", "collection": Collection.get_first_root_node().pk, "tags": ""}
    if puerta == "wagtaildocs:add_multiple":
        cliente.post(reverse(puerta), {**datos, "files[]": archivo}, headers={"x-requested-with": "XMLHttpRequest"})
    elif puerta == "wagtaildocs_chooser:create":
        datos = {f"document-chooser-upload-{campo}": valor for campo, valor in datos.items()}
        cliente.post(reverse(puerta), {**datos, "document-chooser-upload-file": archivo})
    else:
        cliente.post(reverse(puerta), {**datos, "file": archivo})


@pytest.mark.parametrize("nombre", BUENOS)
def test_a_sound_that_is_one_is_kept(quien_escribe, nombre):
    subir(quien_escribe, "wagtaildocs:add", nombre, BUENOS[nombre])
    assert get_document_model().objects.count() == 1


@pytest.mark.parametrize("nombre", MALOS)
def test_what_is_not_what_it_says_or_weighs_too_much_is_refused(quien_escribe, nombre):
    subir(quien_escribe, "wagtaildocs:add", nombre, MALOS[nombre])
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize("puerta", ["wagtaildocs:add", "wagtaildocs:add_multiple", "wagtaildocs_chooser:create"])
def test_every_door_asks_the_same(quien_escribe, puerta):
    subir(quien_escribe, puerta, "pagina.mp3", PAGINA)
    assert not get_document_model().objects.exists()
    subir(quien_escribe, puerta, "uno.mp3", BUENOS["uno.mp3"])
    assert get_document_model().objects.count() == 1


@pytest.mark.parametrize(
    ("nombre", "dice"),
    [
        ("pagina.mp3", "Este archivo no es lo que su nombre dice."),
        ("largo.mp3", "El audio pesa 1,04 MB y puede pesar hasta 1,00 MB."),
        ("enorme.mp3", "El audio pesa 12,0 MB y puede pesar hasta 1,0 MB."),
        ("largo.pdf", "El documento pesa 10,04 MB y puede pesar hasta 10,00 MB."),
        ("pagina.html", "Aquí se suben audios (.opus, .ogg, .mp3 o .m4a) y documentos .pdf."),
        ("grabadora.amr", "Aquí se suben audios (.opus, .ogg, .mp3 o .m4a) y documentos .pdf. Un .amr no se oye"),
        ("nota.oga", "Por dentro este archivo es un .ogg. Cambie el final de su nombre por .ogg"),
        ("vorbis.opus", "Por dentro este archivo es un .ogg."),
        ("video.mp4", "Aquí se suben audios (.opus, .ogg, .mp3 o .m4a) y documentos .pdf."),
    ],
)
def test_what_is_refused_says_one_reason_and_the_true_one(quien_escribe, nombre, dice):
    datos = {"title": "Audio", "collection": Collection.get_first_root_node().pk, "tags": ""}
    archivo = SimpleUploadedFile(nombre, MALOS[nombre], "audio/mpeg")
    cabeceras = {"x-requested-with": "XMLHttpRequest"}
    direccion = reverse("wagtaildocs:add_multiple")
    respuesta = quien_escribe.post(direccion, {**datos, "files[]": archivo}, headers=cabeceras).json()
    dicho = respuesta["error_message"].replace("\xa0", " ")
    assert dicho.startswith(dice) and "extensión de archivo" not in dicho and dicho.count("hasta") < 2


@pytest.mark.parametrize("puerta", ["wagtaildocs:add", "wagtaildocs:add_multiple", "wagtaildocs_chooser:choose"])
def test_the_screen_says_how_much_each_kind_may_weigh_in_one_sentence(quien_escribe, puerta):
    pantalla = quien_escribe.get(reverse(puerta)).content.decode().replace("\\u00a0", " ").replace("\xa0", " ")
    assert "pesa hasta 1,0 MB; un documento .pdf, hasta 10,0 MB." in pantalla
    assert "Tamaño" not in pantalla.partition("pesa hasta")[2][:200]


def test_a_document_is_not_replaced_by_what_is_not_one(quien_escribe):
    subir(quien_escribe, "wagtaildocs:add", "uno.mp3", BUENOS["uno.mp3"])
    documento = get_document_model().objects.get()
    datos = {"title": "Audio", "collection": documento.collection_id, "tags": ""}
    direccion = reverse("wagtaildocs:edit", args=[documento.pk])
    malo = SimpleUploadedFile("pagina.mp3", PAGINA, "audio/mpeg")
    respuesta = quien_escribe.post(direccion, {**datos, "file": malo})
    assert "no es lo que su nombre dice" in respuesta.content.decode()
    assert quien_escribe.post(direccion, {**datos, "title": "Otro título"}).status_code == 302
    documento = get_document_model().objects.get()
    assert documento.title == "Otro título"
    with documento.file.open("rb") as archivo:
        assert archivo.read() == BUENOS["uno.mp3"]


@pytest.mark.parametrize(
    ("nombre", "pesa", "dice"), [("hoja.pdf", 10, "Elija un audio"), ("largo.mp3", AUDIO_MAXIMO + 1, "puede pesar")]
)
@pytest.mark.parametrize("campo", ["audio", "audio_alterno"])
def test_a_step_plays_only_a_light_sound(settings, tmp_path, nombre, pesa, dice, campo):
    settings.MEDIA_ROOT = tmp_path
    Documento = get_document_model()
    bueno = Documento.objects.create(title="Audio", file=ContentFile(BUENOS["uno.mp3"], name="uno.mp3"))
    malo = Documento.objects.create(title="Audio", file=ContentFile(bytes(pesa), name=nombre))
    bloque = AudioBlock()
    valor = {"titulo": "Oiga", "audio": bueno.pk, "segundos": 60, "transcripcion": "<p>Dice esto.</p>"}
    assert bloque.clean(bloque.to_python(valor))["audio"] == bueno
    with pytest.raises(StructBlockValidationError) as error:
        bloque.clean(bloque.to_python({**valor, campo: malo.pk}))
    assert dice in error.value.block_errors[campo].messages[0]


def test_a_document_has_an_address_only_for_who_writes(
    quien_escribe, administradora, coordinadora_a, inscrita, entrar, visitante
):
    subir(quien_escribe, "wagtaildocs:add", "uno.mp3", BUENOS["uno.mp3"])
    direccion = get_document_model().objects.get().url
    for cliente in (visitante, entrar(inscrita.persona), entrar(coordinadora_a)):
        assert cliente.get(direccion).status_code == 404
    for cliente in (quien_escribe, entrar(administradora)):
        respuesta = cliente.get(direccion)
        assert respuesta.status_code == 200 and respuesta["X-Content-Type-Options"] == "nosniff"
        assert b"".join(respuesta) == BUENOS["uno.mp3"]
