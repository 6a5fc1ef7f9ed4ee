"""What the template brought is for the author: it stays in drafts and goes live by no door."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cursos.ejemplos import EJEMPLO, pasos_de_ejemplo
from cursos.models import Leccion, Unidad
from cursos.sin_terminar import es_nombre_de_archivo, faltas_de_los_pasos
from tests.autoria import formularios
from tests.cursos.factories import crear_articulo, crear_leccion, crear_termino, paso
from tests.evaluaciones.factories import crear_evaluacion, hacer_pregunta

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def borrador(modulo, pasos) -> Leccion:
    pagina = modulo.add_child(instance=Leccion(title="Sin terminar", live=False, pasos=pasos))
    pagina.save_revision()
    return pagina


def publicar_por(puerta: str, mesa, pagina) -> None:
    if puerta == "lista":
        direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        mesa.cliente.post(f"{direccion}?id={pagina.pk}", {"include_descendants": ""})
    elif puerta == "lista de arriba":
        direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        mesa.cliente.post(f"{direccion}?id={pagina.get_parent().pk}", {"include_descendants": "on"})
    elif puerta == "api":
        mesa.cliente.post(reverse("wagtailadmin_api:pages:action", args=[pagina.pk, "publish"]))
    else:
        with pytest.raises(ValidationError, match="Paso 3: «Palabras de la norma» sigue con el texto de ejemplo"):
            pagina.get_latest_revision().publish()


@pytest.mark.parametrize("puerta", ["lista", "lista de arriba", "api", "codigo"])
def test_the_untouched_template_goes_live_by_no_door(mesa, puerta):
    pagina = borrador(mesa.programa.modulos[0], pasos_de_ejemplo())
    publicar_por(puerta, mesa, pagina)
    pagina.refresh_from_db()
    assert not pagina.live and not Unidad.objects.filter(pagina=pagina.pk).exists()


def test_each_step_says_what_to_write_in_it():
    faltas = faltas_de_los_pasos(pasos_de_ejemplo())
    assert "Paso 3: «Palabras de la norma» sigue con el texto de ejemplo. Escriba lo suyo. Copiadas tal cual." in (
        " ".join(faltas)
    )
    assert {falta[:6] for falta in faltas} == {f"Paso {n}" for n in range(1, 7)}


def test_the_form_says_it_and_the_draft_keeps_it(mesa):
    datos = formularios.leccion(pasos=[formularios.paso_de_texto(texto=f"{EJEMPLO} Una sola idea")])
    respuesta = mesa.publicar("kuska_cursos.leccion", mesa.programa.modulos[0], datos)
    dicho = respuesta.context["form"].errors.as_data()["pasos"][0].non_block_errors
    assert "Paso 1: «Texto» sigue con el texto de ejemplo." in str(dicho)
    mesa.cliente.post(formularios.agregar("kuska_cursos.leccion", mesa.programa.modulos[0]), datos)
    assert not Leccion.objects.get(title="Lección nueva").live


@pytest.mark.parametrize(
    "texto",
    [
        "<p>Copie aquí las palabras&nbsp;exactas y elija el artículo.</p>",
        "<p>Explíquelo como a su vecina.</p>",
        "<p>[CAMBIE ESTE TEXTO]</p>",
        "<p>Bien. <b>Una explicación que no regañe.</b></p>",
    ],
)
def test_an_instruction_without_its_mark_is_known_all_the_same(programa, texto):
    with pytest.raises(ValidationError, match="sigue con el texto de ejemplo"):
        crear_leccion(programa.modulos[0], pasos=[{"type": "texto", "value": {"titulo": "T", "texto": texto}}])


def test_the_samples_of_the_list_of_steps_are_not_a_lesson(programa):
    dicho = "<p>«Yo llamo, acompaño y anoto la hora. Eso es lo que nos toca».</p>"
    audio = {"type": "audio", "value": {"titulo": "Oiga", "audio": None, "segundos": 9, "transcripcion": dicho}}
    with pytest.raises(ValidationError, match="Paso 1: «Lo que dice el audio» sigue con el texto de ejemplo"):
        crear_leccion(programa.modulos[0], pasos=[audio])


def test_ones_own_words_are_left_alone(programa):
    pasos = [paso("Lo que hay que recordar", "La segunda. Piénselo un momento. ¿Qué haría usted primero?")]
    assert crear_leccion(programa.modulos[0], pasos=pasos).live


def test_the_fields_around_the_steps_are_read_too(programa):
    with pytest.raises(ValidationError, match="«Lo que ahora sabe» sigue con el texto de ejemplo"):
        crear_leccion(programa.modulos[0], sabe_ahora=f"{EJEMPLO} Una cosa")
    programa.modulos[0].objetivos = EJEMPLO
    with pytest.raises(ValidationError, match="«Objetivos» sigue con el texto de ejemplo"):
        programa.modulos[0].save_revision().publish()


def test_a_question_of_example_is_not_asked(programa):
    mala = hacer_pregunta(1)
    mala.texto = f"{EJEMPLO} ¿Qué haría usted?"
    with pytest.raises(ValidationError, match="Complete estas preguntas: 1."):
        crear_evaluacion(programa.modulos[0], preguntas=[mala, hacer_pregunta(2)])


def test_neither_the_glossary_nor_the_law_keep_them(programa):
    with pytest.raises(ValidationError, match="«Qué significa» sigue con el texto de ejemplo"):
        crear_termino("medida", definicion=f"{EJEMPLO} Lo que significa.")
    redaccion = crear_articulo().redacciones.first()
    redaccion.resumen = "Copie aquí las palabras exactas y elija el artículo."
    for acto in (redaccion.full_clean, redaccion.save):
        with pytest.raises(ValidationError, match="sigue con el texto de ejemplo"):
            acto()


# --- Alternative texts


@pytest.mark.parametrize(
    "texto",
    [
        "IMG_2034.jpg",
        "IMG_2034",
        "foto1",
        "Foto (2)",
        "imagen",
        "Captura de pantalla 2026-11-28 a las 10.33.21 p. m.",
        "WhatsApp Image 2026-11-28 at 10.00.00 AM",
        "mapa de la ruta.png",
        "ruta-de-atencion",
        "20261128_101010",
    ],
)
def test_the_name_of_a_file_describes_nothing(texto):
    assert es_nombre_de_archivo(texto)


@pytest.mark.parametrize(
    "texto",
    [
        "Flechas de la comisaría al juzgado.",
        "Mapa",
        "La ruta en 5 pasos",
        "Foto de la comisaría de Luyando",
        "Línea 100: el número al que se llama",
        "Captura de un celular con el número 100",
    ],
)
def test_a_description_is_a_description(texto):
    assert not es_nombre_de_archivo(texto)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("solo_adorno", [False, True])
def test_a_picture_with_the_name_of_its_file_as_its_words_is_not_published(programa, solo_adorno):
    imagen = get_image_model().objects.create(title="IMG_2034.jpg", file=get_test_image_file())
    valor = {"image": imagen.pk, "alt_text": imagen.title, "decorative": solo_adorno}
    pasos = [{"type": "imagen", "value": {"titulo": "Mire", "imagen": valor, "explicacion": "<p>Las flechas.</p>"}}]
    if solo_adorno:
        assert crear_leccion(programa.modulos[0], pasos=pasos).live
        return
    with pytest.raises(ValidationError, match="Paso 1: «IMG_2034.jpg» es el nombre de un archivo. Diga qué muestra"):
        crear_leccion(programa.modulos[0], pasos=pasos)
