"""A picture or a sound that a lesson shows: replaced, everybody gets the new one; deleted, it is refused."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from cursos.models import Leccion
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from tests.cursos.factories import crear_leccion, paso
from tests.cursos.test_documentos import BUENOS
from tests.cursos.test_medios import foto, fotografia, paso_de_imagen

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves to the collector the temporary files of the sizes it makes.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.un_motor,
]
SE_USA = "No se elimina mientras se use"


@pytest.fixture
def quien_escribe(programa, capacitadora, entrar, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    asegurar_grupo_de_capacitadoras()
    return entrar(capacitadora)


def sonido(nombre="uno.mp3"):
    return get_document_model().objects.create(title="Audio", file=ContentFile(BUENOS["uno.mp3"], name=nombre))


def paso_de_audio(documento):
    valor = {"titulo": "Oiga", "audio": documento.pk, "segundos": 130, "transcripcion": "<p>Dice esto.</p>"}
    return {"type": "audio", "value": valor}


COSAS = {"imagen": (foto, paso_de_imagen), "audio": (sonido, paso_de_audio)}
PUERTAS = {
    "imagen": ("wagtailimages:delete", "wagtailimages:delete_multiple"),
    "audio": ("wagtaildocs:delete", "wagtaildocs:delete_multiple"),
}


def en_lote(cosa):
    opciones = cosa._meta
    return f"{reverse('wagtail_bulk_action', args=[opciones.app_label, opciones.model_name, 'delete'])}?id={cosa.pk}"


def sigue(cosa):
    return type(cosa).objects.filter(pk=cosa.pk).exists()


@pytest.mark.parametrize("que", COSAS)
def test_what_a_lesson_shows_is_not_deleted_and_it_is_said_where(quien_escribe, programa, que):
    hacer, en_un_paso = COSAS[que]
    cosa = hacer()
    leccion = crear_leccion(programa.modulos[0], "La que lo muestra", pasos=[en_un_paso(cosa), paso()])
    ReferenceIndex.create_or_update_for_object(leccion)  # as Wagtail does once the transaction ends
    for puerta in PUERTAS[que]:
        respuesta = quien_escribe.post(reverse(puerta, args=[cosa.pk]))
        assert respuesta.status_code == 409 and SE_USA in respuesta.text, puerta
        assert reverse("wagtailadmin_pages:edit", args=[leccion.pk]) in respuesta.text, puerta
    una = quien_escribe.get(reverse(PUERTAS[que][0], args=[cosa.pk])).text
    assert "La que lo muestra" in una and "Sí, eliminar" not in una
    sola, otra = quien_escribe.post(en_lote(cosa)), hacer()
    assert sola.status_code == 409 and SE_USA in sola.text
    juntas = quien_escribe.post(f"{en_lote(cosa)}&id={otra.pk}")
    assert juntas.status_code == 409 and "No se eliminó nada" in juntas.text
    assert sigue(cosa) and sigue(otra)

    # Taken out of the lesson, it goes by the usual screen.
    leccion = Leccion.objects.get(pk=leccion.pk)
    leccion.pasos = [("texto", leccion.pasos[1].value)]
    leccion.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(Leccion.objects.get(pk=leccion.pk))
    assert quien_escribe.post(reverse(PUERTAS[que][0], args=[cosa.pk])).status_code == 302
    quien_escribe.post(en_lote(otra))
    assert not sigue(cosa) and not sigue(otra)


@pytest.mark.parametrize("que", COSAS)
def test_what_only_a_draft_shows_is_used_too(quien_escribe, programa, que):
    hacer, en_un_paso = COSAS[que]
    cosa, leccion = hacer(), crear_leccion(programa.modulos[0], "A medio escribir", pasos=[paso()])
    leccion = Leccion.objects.get(pk=leccion.pk)
    leccion.pasos = [en_un_paso(cosa)]
    leccion.save_revision()
    respuesta = quien_escribe.post(reverse(PUERTAS[que][0], args=[cosa.pk]))
    assert (
        respuesta.status_code == 409 and "A medio escribir" in respuesta.text and "tiene un borrador" in respuesta.text
    )
    assert sigue(cosa)


def test_who_may_not_delete_it_learns_nothing_of_where_it_is(programa, entrar, coordinadora_a, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    imagen = foto()
    leccion = crear_leccion(programa.modulos[0], "La que lo muestra", pasos=[paso_de_imagen(imagen), paso()])
    ReferenceIndex.create_or_update_for_object(leccion)
    respuesta = entrar(coordinadora_a).post(reverse("wagtailimages:delete", args=[imagen.pk]), follow=True)
    assert "La que lo muestra" not in respuesta.text and sigue(imagen)


def reemplazar(cliente, cosa, nombre, contenido):
    puerta = "wagtailimages:edit" if isinstance(cosa, get_image_model()) else "wagtaildocs:edit"
    datos = {"title": cosa.title, "collection": cosa.collection_id, "tags": "", "description": "x"}
    return cliente.post(reverse(puerta, args=[cosa.pk]), {**datos, "file": SimpleUploadedFile(nombre, contenido)})


@pytest.mark.parametrize(
    ("que", "nuevo"),
    [("imagen", ("otra.jpg", lambda: fotografia(640, 480))), ("audio", ("otro.mp3", lambda: BUENOS["dos.mp3"]))],
)
def test_whoever_reads_gets_the_one_that_replaced_it(quien_escribe, entrar, programa, inscrita, que, nuevo):
    hacer, en_un_paso = COSAS[que]
    cosa = hacer()
    pagina = crear_leccion(programa.modulos[0], "Con medios", pasos=[en_un_paso(cosa), paso()])
    direccion = f"/c/{programa.curso.numero}/{programa.unidad(pagina).numero}/1"
    marca = (type(cosa).objects.get(pk=cosa.pk).file_hash or "")[:8]
    lector, revision = entrar(inscrita.persona), programa.curso.revision
    antes = lector.get(direccion).text
    assert reemplazar(quien_escribe, cosa, nuevo[0], nuevo[1]()).status_code == 302
    otra = type(cosa).objects.get(pk=cosa.pk).file_hash[:8]
    despues = lector.get(direccion).text
    assert otra and otra != marca and f"?v={otra}" in despues and f"?v={otra}" not in antes
    assert programa.curso.revision > revision, "what a phone keeps of the module is told that it is old"


def test_a_sound_is_not_replaced_by_a_document_nor_the_other_way(quien_escribe):
    uno, hoja = (
        sonido(),
        get_document_model().objects.create(title="Hoja", file=ContentFile(b"%PDF-1.7 ", name="a.pdf")),
    )
    for cosa, nombre, dice in ((uno, "uno.pdf", "por otro audio"), (hoja, "uno.mp3", "por otro documento")):
        respuesta = reemplazar(quien_escribe, cosa, nombre, BUENOS[nombre])
        assert respuesta.status_code == 200 and dice in respuesta.text
        assert get_document_model().objects.get(pk=cosa.pk).file_extension == cosa.file_extension
    assert reemplazar(quien_escribe, uno, "uno.m4a", BUENOS["uno.m4a"]).status_code == 302
