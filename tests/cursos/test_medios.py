"""Pictures and audios: light, clean, with text, and only for who takes the course."""

import json
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cursos.models import Leccion
from tests.cursos.factories import crear_leccion, paso, publicar

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves to the collector the temporary files of the sizes it makes.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.un_motor,
]

LUGAR = 0x8825  # EXIF pointer to the GPS block


DEL_CELULAR = {"ancho": 2400, "alto": 1800}


def fotografia(ancho=400, alto=300, formato="JPEG"):
    """What a phone writes, with the place where it was taken; smaller where the size plays no part."""
    imagen = Image.effect_noise((ancho // 8, alto // 8), 30).convert("RGB").resize((ancho, alto))
    exif = Image.Exif()
    exif[0x010F] = "Celular"
    exif.get_ifd(LUGAR)[1] = "S"
    salida = BytesIO()
    # Many phones keep a second picture in the same .jpg.
    otras = {"save_all": True, "append_images": [imagen.resize((8, 6))]} if formato == "MPO" else {}
    imagen.save(salida, format=formato, exif=exif, **otras)
    return salida.getvalue()


def foto(nombre="denuncia-de-rosa.jpg", **como):
    return get_image_model().objects.create(title="Foto", file=ContentFile(fotografia(**como), name=nombre))


def paso_de_imagen(imagen, **otros):
    valor = {"image": imagen.pk, "alt_text": "Un esquema con tres flechas.", "decorative": False, **otros}
    return {"type": "imagen", "value": {"titulo": "Mire", "imagen": valor, "explicacion": "<p>Siga las flechas.</p>"}}


@pytest.fixture
def leccion(programa, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def crear(*pasos):
        pagina = crear_leccion(programa.modulos[0], "Con medios", pasos=[*pasos, paso()])
        return f"/c/{programa.curso.numero}/{programa.unidad(pagina).numero}"

    return crear


def sin_rastros(imagen):
    with Image.open(imagen.file.path) as guardada:
        assert guardada.format == "JPEG" and max(guardada.size) == 1600 and not guardada.getexif()
    with imagen.file.open("rb") as archivo:
        assert b"Celular" not in archivo.read()
    assert "denuncia" not in imagen.file.name and (imagen.width, imagen.height) == (1600, 1200)


@pytest.mark.parametrize("formato", ["JPEG", "MPO"])
def test_an_upload_loses_its_size_its_place_and_its_name(settings, tmp_path, formato):
    settings.MEDIA_ROOT = tmp_path
    sin_rastros(foto(formato=formato, **DEL_CELULAR))


def test_a_picture_that_replaces_another_loses_them_too(settings, tmp_path, entrar, administradora):
    settings.MEDIA_ROOT = tmp_path
    imagen = foto(nombre="primera.jpg")
    primera = imagen.file.name
    otra = SimpleUploadedFile("denuncia-de-rosa.jpg", fotografia(**DEL_CELULAR), "image/jpeg")
    datos = {"title": "Foto", "collection": imagen.collection_id, "file": otra}
    respuesta = entrar(administradora).post(reverse("wagtailimages:edit", args=[imagen.pk]), datos)
    assert respuesta.status_code == 302
    imagen = get_image_model().objects.get()
    assert imagen.file.name != primera
    sin_rastros(imagen)
    assert imagen.file_size == imagen.file.size


def test_saving_a_picture_again_keeps_its_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    imagen = get_image_model().objects.get(pk=foto().pk)
    antes = imagen.file.name
    imagen.title = "Otro título"
    imagen.save()
    assert imagen.file.name == antes


def test_a_picture_is_light_and_has_its_words(entrar, inscrita, leccion, presupuesto):
    imagen = foto(**DEL_CELULAR)
    direccion = leccion(paso_de_imagen(imagen))
    versiones = {version.filter_spec: version.file.size for version in imagen.renditions.all()}
    assert len(versiones) == 6
    assert versiones["format-avif|width-360"] <= 28 * 1024
    cliente = entrar(inscrita.persona)
    cliente.get("/entrar")
    with presupuesto(6):
        html = cliente.get(f"{direccion}/1").content.decode()
    assert html.count("<source") == 2 and 'alt="Un esquema con tres flechas."' in html
    assert 'loading="lazy"' in html and 'width="' in html and 'height="' in html
    assert imagen.renditions.count() == 6


@pytest.mark.parametrize("modo", ["cabecera", "preferencia"])
def test_saving_data_waits_to_be_asked_for_pictures(entrar, inscrita, leccion, modo):
    direccion = leccion(paso_de_imagen(foto()))
    cabeceras = {"HTTP_SAVE_DATA": "on"} if modo == "cabecera" else {}
    if modo == "preferencia":
        inscrita.persona.ahorra_datos = True
        inscrita.persona.save()
    cliente = entrar(inscrita.persona)
    respuesta = cliente.get(f"{direccion}/1", **cabeceras)
    html = respuesta.content.decode()
    assert "<picture" not in html and "Un esquema con tres flechas." in html and "Ver imagen (" in html
    assert "Save-Data" in respuesta["Vary"]
    assert "<picture" in cliente.get(f"{direccion}/1?imagenes=1", **cabeceras).content.decode()


@pytest.fixture
def audio(leccion):
    documento = get_document_model().objects.create(
        title="Audio", file=ContentFile(bytes(range(256)) * 8, name="maltrato.ogg")
    )
    valor = {"titulo": "Oiga", "audio": documento.pk, "segundos": 130, "transcripcion": "<p>Dice esto.</p>"}
    return leccion({"type": "audio", "value": valor})


def test_an_audio_says_its_length_and_size_and_has_its_text(entrar, inscrita, audio):
    html = entrar(inscrita.persona).get(f"{audio}/1").content.decode()
    assert "Escuchar (2 min · 2" in html and 'preload="none"' in html and "Dice esto." in html
    assert f'src="{audio}/1/audio/1?v=' in html and 'type="audio/ogg"' in html
    assert "maltrato" not in html


def test_an_audio_is_served_whole_or_in_parts(entrar, inscrita, audio):
    cliente = entrar(inscrita.persona)
    entero = cliente.get(f"{audio}/1/audio/1")
    assert entero.status_code == 200 and b"".join(entero) == bytes(range(256)) * 8
    assert entero["Accept-Ranges"] == "bytes" and entero["Cache-Control"].startswith("private")
    for rango, esperado in (
        ("bytes=0-9", bytes(range(10))),
        ("bytes=2040-", bytes(range(248, 256))),
        ("bytes=-3", bytes([253, 254, 255])),
        ("bytes=2040-9999", bytes(range(248, 256))),
    ):
        parte = cliente.get(f"{audio}/1/audio/1", HTTP_RANGE=rango)
        assert parte.status_code == 206 and b"".join(parte) == esperado
        assert parte["Content-Length"] == str(len(esperado))
    assert cliente.get(f"{audio}/1/audio/1", HTTP_RANGE="bytes=5000-").status_code == 416
    assert cliente.get(f"{audio}/1/audio/1", HTTP_IF_NONE_MATCH=entero["ETag"]).status_code == 304


def test_the_server_in_front_gives_the_bytes_once_the_view_let_it(settings, entrar, visitante, inscrita, audio):
    """Whoever does not take the course gets no internal address either."""
    ruta = f"{audio}/1/audio/1"
    sin = entrar(inscrita.persona).get(ruta)
    assert b"".join(sin)
    settings.KUSKA_X_ACCEL = "/interno/"
    con = entrar(inscrita.persona).get(ruta, headers={"range": "bytes=0-3"})
    assert con.status_code == 200 and con.content == b""
    assert con["X-Accel-Redirect"].startswith("/interno/documents/")
    for cabecera in ("Content-Type", "ETag", "Cache-Control", "Content-Security-Policy"):
        assert con[cabecera] == sin[cabecera]
    assert "X-Accel-Redirect" not in visitante.get(ruta)


def test_an_audio_is_only_for_who_takes_the_course(entrar, visitante, integrante_de_b, inscrita, audio):
    assert visitante.get(f"{audio}/1/audio/1").status_code == 302
    assert entrar(integrante_de_b).get(f"{audio}/1/audio/1").status_code == 404
    cliente = entrar(inscrita.persona)
    for ausente in ("1/audio/2", "1/audio/3", "2/audio/1", "9/audio/1"):
        assert cliente.get(f"{audio}/{ausente}").status_code == 404


def test_nothing_of_a_lesson_is_given_to_who_left_nor_around_its_step(entrar, visitante, inscrita, leccion, audio):
    """Every door of a file: its step, after leaving; its own address, of the editor; the folder where it is."""
    documento, imagen = get_document_model().objects.first(), foto()
    rendicion = imagen.get_rendition("width-360|format-webp")
    suyas = [f"{audio}/1/audio/1", f"{leccion(paso_de_imagen(imagen))}/1/imagen/360.webp"]
    cliente = entrar(inscrita.persona)
    assert all(b"".join(cliente.get(una)) for una in suyas)
    directas = [f"/media/{documento.file.name}", f"/media/{rendicion.file.name}", documento.url]
    for quien in (visitante, cliente):
        assert {quien.get(una).status_code for una in directas} <= {404}
    type(inscrita).objects.filter(pk=inscrita.pk).update(retirada_en=timezone.now())
    assert {cliente.get(una).status_code for una in suyas} <= {302, 403, 404}


def test_a_page_left_open_finds_its_own_audio(entrar, inscrita, audio):
    """A step put before it gives the number of the address to another step; the sound is asked for by what it is."""
    leccion = Leccion.objects.get(title="Con medios")
    get_document_model().objects.update(file_hash="0123456789abcdef")
    leccion.pasos = json.dumps([paso("Antes"), *map(dict, leccion.pasos.raw_data)])
    publicar(leccion)
    cliente = entrar(inscrita.persona)
    assert cliente.get(f"{audio}/1/audio/1").status_code == 404
    assert b"".join(cliente.get(f"{audio}/1/audio/1?v=01234567")) == bytes(range(256)) * 8


def test_help_speaks_of_audio_only_to_who_has_some(entrar, visitante, inscrita, leccion):
    cliente, frase = entrar(inscrita.persona), "El audio dice su tamaño antes de cargar."
    assert frase not in cliente.get("/ayuda").content.decode()
    documento = get_document_model().objects.create(title="Audio", file=ContentFile(b"OggS", name="a.ogg"))
    leccion(
        {
            "type": "audio",
            "value": {"titulo": "Oiga", "audio": documento.pk, "segundos": 60, "transcripcion": "<p>Dice.</p>"},
        }
    )
    assert frase in cliente.get("/ayuda").content.decode()
    assert frase not in visitante.get("/ayuda").content.decode()


# --- A file that was deleted under a published lesson


def test_a_picture_that_was_deleted_leaves_its_words_and_no_hole(entrar, inscrita, leccion):
    imagen = foto()
    direccion, cliente = leccion(paso_de_imagen(imagen)), entrar(inscrita.persona)
    assert "<picture" in cliente.get(f"{direccion}/1").content.decode()
    imagen.delete()
    html = cliente.get(f"{direccion}/1").content.decode()
    assert "Siga las flechas." in html and "<picture" not in html and "Aquí va la imagen." not in html


def test_a_sound_that_was_deleted_leaves_its_text_and_no_player(entrar, inscrita, audio):
    cliente = entrar(inscrita.persona)
    assert "<audio" in cliente.get(f"{audio}/1").content.decode()
    get_document_model().objects.all().delete()
    html = cliente.get(f"{audio}/1").content.decode()
    assert "Dice esto." in html and "<audio" not in html and "Escuchar (" not in html
