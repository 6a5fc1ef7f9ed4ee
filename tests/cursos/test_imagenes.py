"""A picture of a lesson is seen by who takes the course and by who writes it, and by nobody else."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cursos.clases.leccion.contenido import pasos_mostrados
from tests.cursos.factories import crear_leccion, paso
from tests.cursos.test_medios import foto, fotografia, paso_de_imagen

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.un_motor,
]


@pytest.fixture(autouse=True)
def _carpeta(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def leccion(programa):
    pagina = crear_leccion(programa.modulos[0], "Con foto", pasos=[paso_de_imagen(foto()), paso()])
    return f"/c/{programa.curso.numero}/{programa.unidad(pagina).numero}"


def leer(respuesta):
    """The bytes of an answer. Read to the end, it closes its file."""
    return b"".join(respuesta.streaming_content)


def direcciones(html):
    return sorted(set(re.findall(r"/c/\d+/\d+/\d+/imagen/[^\s\"]+", html.replace("&amp;", "&"))))


def test_who_takes_the_course_gets_every_size_the_step_offers(entrar, inscrita, leccion):
    cliente = entrar(inscrita.persona)
    html = cliente.get(f"{leccion}/1").content.decode()
    ofrecidas = direcciones(html)
    assert len(ofrecidas) == 6 and "/media/" not in html
    for direccion in ofrecidas:
        respuesta = cliente.get(direccion)
        assert respuesta.status_code == 200, direccion
        assert respuesta["Content-Type"].startswith("image/") and leer(respuesta)
        assert respuesta["Cache-Control"] == "private, max-age=604800"
        assert respuesta["X-Content-Type-Options"] == "nosniff"
        assert cliente.get(direccion, headers={"if-none-match": respuesta["ETag"]}).status_code == 304


def test_a_picture_costs_little_and_writes_nothing(entrar, inscrita, leccion, presupuesto):
    cliente = entrar(inscrita.persona)
    direccion = direcciones(cliente.get(f"{leccion}/1").content.decode())[0]
    leer(cliente.get(direccion))
    with presupuesto(4) as captura:
        respuesta = cliente.get(direccion)
        leer(respuesta)
    assert not [fila for fila in captura.captured_queries if not fila["sql"].startswith("SELECT")]


def test_nobody_else_gets_it(entrar, visitante, integrante_de_b, capacitadora, coordinadora_a, inscrita, leccion):
    direccion = direcciones(entrar(inscrita.persona).get(f"{leccion}/1").content.decode())[0]
    assert visitante.get(direccion).status_code == 302
    for otra in (integrante_de_b, capacitadora, coordinadora_a):
        assert entrar(otra).get(direccion).status_code == 404
    inscrita.retirada_en = inscrita.creada_en
    inscrita.save()
    assert entrar(inscrita.persona).get(direccion).status_code == 404


def test_what_the_step_does_not_offer_is_not_there(entrar, inscrita, leccion):
    cliente = entrar(inscrita.persona)
    for ausente in ("2/imagen/360.avif", "9/imagen/360.avif", "1/imagen/1600.avif", "1/imagen/360.png"):
        assert cliente.get(f"{leccion}/{ausente}").status_code == 404
    version = get_image_model().objects.get().renditions.get(filter_spec="format-avif|width-360")
    default_storage.delete(version.file.name)
    cache.clear()
    assert cliente.get(f"{leccion}/1/imagen/360.avif").status_code == 404


def test_the_files_themselves_are_for_who_writes(entrar, visitante, inscrita, capacitadora, administradora, leccion):
    imagen = get_image_model().objects.get()
    for archivo in (imagen.file.url, imagen.renditions.first().file.url):
        assert archivo.startswith("/media/")
        for quien in (visitante, entrar(inscrita.persona)):
            assert quien.get(archivo).status_code == 404
        for quien in (capacitadora, administradora):
            respuesta = entrar(quien).get(archivo)
            assert respuesta.status_code == 200 and respuesta["Cache-Control"].startswith("private")
            leer(respuesta)


def test_the_logo_is_for_everybody(visitante):
    default_storage.save("logos/muni.png", ContentFile(fotografia(40, 30, formato="PNG")))
    respuesta = visitante.get("/media/logos/muni.png")
    assert respuesta.status_code == 200 and respuesta["Cache-Control"].startswith("public")
    leer(respuesta)


@pytest.mark.parametrize(
    "ruta",
    ["logos/../documents/acta.pdf", "documents/acta.pdf", "logos//muni.png", "logos", "logos/", "../x.png", "/x.png"],
)
def test_nothing_else_of_the_folder_is_given(entrar, administradora, ruta):
    documento = get_document_model().objects.create(title="Acta", file=ContentFile(b"%PDF-", name="acta.pdf"))
    assert documento.file.name == "documents/acta.pdf"
    assert entrar(administradora).get(f"/media/{ruta}").status_code == 404


def test_a_preview_shows_the_files_to_who_writes(entrar, capacitadora, programa):
    pagina = crear_leccion(programa.modulos[0], "Borrador", pasos=[paso_de_imagen(foto()), paso()])
    html = pasos_mostrados(pagina, hoy=timezone.localdate())[0].html
    (direccion,) = re.findall(r'src="(/media/[^"]+)"', html)
    respuesta = entrar(capacitadora).get(direccion)
    assert respuesta.status_code == 200
    leer(respuesta)
