"""A picture enters whole and leaves without traces, by whatever door; what is cut, huge or of another kind does not."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, PngImagePlugin
from wagtail.images import get_image_model

from marco.fotos import FORMATOS, reescribir
from marco.models import AjustesDelAula
from tests.cursos.test_medios import LUGAR, fotografia

RASTROS = (b"RASTRO", b"-9.29,-76.00", b"CELULAR")
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.un_motor,
]


def con_rastros(formato, *, cuadros=1):
    """A picture that tells its place in every way that its format has."""
    exif = Image.Exif()
    exif[0x010F] = "CELULAR"
    exif.get_ifd(LUGAR)[18] = "-9.29,-76.00"
    datos = {"exif": exif} if formato != "GIF" else {"comment": b"RASTRO -9.29,-76.00"}
    if formato in {"WEBP", "AVIF", "JPEG"}:
        datos["xmp"] = b"<x:xmpmeta>RASTRO</x:xmpmeta>"
    if formato == "JPEG":
        datos["comment"] = b"RASTRO"
    if formato == "PNG":
        textos = PngImagePlugin.PngInfo()
        textos.add_text("Comment", "RASTRO")
        textos.add_itxt("XML:com.adobe.xmp", "RASTRO", zip=False)
        datos["pnginfo"] = textos
    if cuadros > 1:
        otros = [Image.new("RGB", (60, 40), (20 * n, 0, 90)) for n in range(1, cuadros)]
        datos |= {"save_all": True, "append_images": otros, "duration": 100}
    salida = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(salida, formato, **datos)
    return salida.getvalue()


def cortada():
    entera = fotografia(ancho=1200, alto=900)
    return entera[: len(entera) // 2]


@pytest.mark.parametrize("cuadros", [1, 3])
@pytest.mark.parametrize("formato", FORMATOS)
def test_nothing_of_where_it_was_taken_is_kept(formato, cuadros):
    if (formato, cuadros) == ("JPEG", 3):
        pytest.skip("a JPEG does not move")
    sucia = con_rastros(formato, cuadros=cuadros) + b"RASTRO detras"
    assert any(rastro in sucia for rastro in RASTROS)
    limpia = reescribir(BytesIO(sucia))
    assert not any(rastro in limpia for rastro in RASTROS)
    with Image.open(BytesIO(limpia)) as imagen:
        assert imagen.format == formato and imagen.size == (60, 40)
        assert not imagen.getexif() and not getattr(imagen, "is_animated", False)


@pytest.mark.parametrize(
    ("contenido", "codigo"),
    [
        (cortada(), "imagen_danada"),
        (con_rastros("PNG")[:-40], "imagen_danada"),
        (con_rastros("WEBP")[:60], "imagen_danada"),
        (b"\xff\xd8\xff", "imagen_ajena"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "imagen_ajena"),
        (b"", "imagen_ajena"),
    ],
)
def test_what_is_cut_or_of_another_kind_is_told_in_words(contenido, codigo):
    with pytest.raises(ValidationError) as dicho:
        reescribir(BytesIO(contenido))
    assert dicho.value.code in {codigo, "imagen_danada"} and " súbala." in f"{dicho.value.message} súbala."


def test_a_picture_of_more_points_than_can_be_shown_is_not_opened():
    salida = BytesIO()
    Image.new("1", (6000, 5000)).save(salida, "PNG")
    assert len(salida.getvalue()) < 64 * 1024
    with pytest.raises(ValidationError, match="6000 × 5000"):
        reescribir(salida)


def heic(marca=b"heic", otras=b"mif1heic"):
    """What an iPhone writes in place of a JPEG."""
    return (16 + len(otras)).to_bytes(4, "big") + b"ftyp" + marca + bytes(4) + otras + bytes(400)


@pytest.mark.parametrize("contenido", [heic(), heic(b"mif1"), heic(b"mif1", b"miaf"), heic(b"heix", b"")])
def test_a_photo_of_a_phone_that_cannot_be_shown_says_how_to_bring_it(contenido):
    with pytest.raises(ValidationError) as dicho:
        reescribir(BytesIO(contenido))
    assert dicho.value.code == "imagen_heic"
    assert "WhatsApp" in dicho.value.message and "«Más compatible»" in dicho.value.message


def test_an_avif_of_the_same_family_is_not_taken_for_one():
    with pytest.raises(ValidationError) as dicho:
        reescribir(BytesIO(heic(b"mif1", b"avifmiaf")))
    assert dicho.value.code != "imagen_heic"


def a_la_pagina(cliente, archivo, imagen):
    return cliente.post(reverse("wagtailimages:add"), {"title": "x", "file": archivo, "collection": 1})


def a_varias_a_la_vez(cliente, archivo, imagen):
    datos = {"files[]": archivo, "title": "x", "collection": 1}
    return cliente.post(reverse("wagtailimages:add_multiple"), datos, headers={"x-requested-with": "XMLHttpRequest"})


def al_elegirla(cliente, archivo, imagen):
    prefijo = "image-chooser-upload"
    datos = {f"{prefijo}-title": "x", f"{prefijo}-file": archivo, f"{prefijo}-collection": 1}
    return cliente.post(reverse("wagtailimages_chooser:create"), datos)


def en_lugar_de_otra(cliente, archivo, imagen):
    datos = {"title": "x", "file": archivo, "collection": imagen.collection_id}
    return cliente.post(reverse("wagtailimages:edit", args=[imagen.pk]), datos)


PUERTAS = [a_la_pagina, a_varias_a_la_vez, al_elegirla, en_lugar_de_otra]


def dicho_en(respuesta):
    texto = respuesta.content.decode()
    return json.dumps(json.loads(texto), ensure_ascii=False) if texto.startswith("{") else texto


@pytest.mark.django_db
@pytest.mark.parametrize("puerta", PUERTAS)
def test_every_door_of_the_editor_refuses_what_is_cut(entrar, administradora, settings, tmp_path, puerta):
    settings.MEDIA_ROOT = tmp_path
    imagen = get_image_model().objects.create(title="Antes", file=ContentFile(con_rastros("PNG"), name="a.png"))
    antes = imagen.file.name
    respuesta = puerta(entrar(administradora), SimpleUploadedFile("foto.jpg", cortada(), "image/jpeg"), imagen)
    assert respuesta.status_code == 200
    assert "dañada o incompleta" in dicho_en(respuesta)
    assert get_image_model().objects.get().file.name == antes


@pytest.mark.django_db
@pytest.mark.parametrize("largo", [0, 11 * 1024 * 1024], ids=["leve", "pesada"])
@pytest.mark.parametrize("puerta", PUERTAS)
def test_every_door_of_the_editor_says_what_to_do_with_a_photo_of_a_phone(
    entrar, administradora, settings, tmp_path, puerta, largo
):
    settings.MEDIA_ROOT = tmp_path
    imagen = get_image_model().objects.create(title="Antes", file=ContentFile(con_rastros("PNG"), name="a.png"))
    archivo = SimpleUploadedFile("IMG_2034.HEIC", heic() + bytes(largo), "image/heic")
    dicho = dicho_en(puerta(entrar(administradora), archivo, imagen))
    assert "un formato de celular que no se puede mostrar" in dicho and "«Más compatible»" in dicho
    assert get_image_model().objects.count() == 1


@pytest.mark.django_db
def test_the_screen_of_several_says_it_too_without_sending_the_photo(entrar, administradora):
    pantalla = entrar(administradora).get(reverse("wagtailimages:add_multiple")).content.decode()
    assert "Las .heic de un celular no se pueden mostrar" in pantalla
    assert "La imagen pesa más de 10,0" in pantalla and "Envíesela por WhatsApp, que la hace más liviana" in pantalla


@pytest.mark.django_db
def test_a_picture_slightly_too_heavy_says_both_weights(entrar, administradora, settings, tmp_path):
    settings.MEDIA_ROOT, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = tmp_path, 512 * 1024
    archivo = SimpleUploadedFile("a.png", con_rastros("PNG") + bytes(512 * 1024), "image/png")
    dicho = dicho_en(a_la_pagina(entrar(administradora), archivo, None)).replace("\xa0", " ")
    assert re.search(r"La imagen pesa 512,\d+ KB y puede pesar hasta 512,0+ KB", dicho)


@pytest.mark.django_db
@pytest.mark.parametrize("puerta", PUERTAS)
def test_every_door_of_the_editor_cleans_what_moves(entrar, administradora, settings, tmp_path, puerta):
    settings.MEDIA_ROOT = tmp_path
    imagen = get_image_model().objects.create(title="Antes", file=ContentFile(con_rastros("PNG"), name="a.png"))
    archivo = SimpleUploadedFile("foto.webp", con_rastros("WEBP", cuadros=3), "image/webp")
    puerta(entrar(administradora), archivo, imagen)
    subida = get_image_model().objects.latest("pk")
    with subida.file.open("rb") as guardado:
        contenido = guardado.read()
    assert subida.file.name.endswith(".webp") and not any(rastro in contenido for rastro in RASTROS)


@pytest.mark.django_db
def test_a_script_that_saves_a_picture_meets_the_same_rule(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(ValidationError):
        get_image_model().objects.create(title="x", width=1, height=1, file=ContentFile(cortada(), name="a.jpg"))
    assert not get_image_model().objects.exists()


@pytest.mark.django_db
def test_the_logo_that_everybody_sees_is_cleaned_too(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ajustes = AjustesDelAula.load()
    ajustes.logo = ContentFile(con_rastros("JPEG"), name="muni.jpg")
    ajustes.full_clean()
    ajustes.save()
    with ajustes.logo.open("rb") as guardado:
        assert not any(rastro in guardado.read() for rastro in RASTROS)
    ajustes.logo = ContentFile(heic(), name="muni.heic")
    with pytest.raises(ValidationError, match="«Más compatible»"):
        ajustes.full_clean()
    ajustes.logo = ContentFile(cortada(), name="muni.jpg")
    with pytest.raises(ValidationError):
        ajustes.full_clean()
