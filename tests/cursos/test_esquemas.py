"""Drawings of the site: light, with their words, and nothing active inside."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured, ValidationError
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cursos.blocks import ImagenBlock
from cursos.esquemas import disponibles, leer
from cursos.validators import faltas_para_publicar
from tests.cursos.factories import crear_leccion, paso
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.un_motor

MAXIMO_DE_BYTES = 10_000
ACTIVO = ("<script", "<style", " style=", "href", "<foreignobject", " on", "<image", "url(")


def paso_con(**valor):
    datos = {"titulo": "Mire", "imagen": None, "esquema": "", "explicacion": "<p>Siga la línea.</p>", **valor}
    return {"type": "imagen", "value": datos}


@pytest.fixture
@hecho_una_vez
def direccion(programa, inscrita):
    pagina = crear_leccion(programa.modulos[0], "Con dibujo", pasos=[paso_con(esquema="plazos"), paso()])
    return f"/c/{programa.curso.numero}/{programa.unidad(pagina).numero}/1"


@pytest.mark.django_db
def test_a_step_shows_the_drawing_and_says_it_in_words(entrar, integrante, direccion):
    dibujo = disponibles()["plazos"]
    pagina = entrar(integrante).get(direccion).content.decode()
    assert f'alt="{dibujo.titulo}" width="{dibujo.ancho}" height="{dibujo.alto}"' in pagina
    assert "/static/esquemas/plazos.svg" in pagina
    assert dibujo.descripcion in pagina and "Siga la línea." in pagina


@pytest.mark.django_db
def test_saving_data_reads_the_words_first(entrar, integrante, direccion):
    pagina = entrar(integrante).get(direccion, headers={"Save-Data": "on"}).content.decode()
    assert "plazos.svg" not in pagina
    assert disponibles()["plazos"].descripcion in pagina and "Ver dibujo (" in pagina
    assert "plazos.svg" in entrar(integrante).get(f"{direccion}?imagenes=1").content.decode()


@pytest.mark.parametrize("clave", list(disponibles()))
def test_every_drawing_is_light_inert_and_found(clave):
    archivo = Path(finders.find(disponibles()[clave].ruta))
    crudo = archivo.read_text(encoding="utf-8")
    assert archivo.stat().st_size <= MAXIMO_DE_BYTES
    assert [parte for parte in ACTIVO if parte in crudo.lower()] == []
    assert len(disponibles()[clave].titulo) <= 80


@pytest.mark.parametrize("falta", ["<title>Ruta</title>", "<desc>Todo.</desc>", ' viewBox="0 0 340 100"'])
def test_a_drawing_without_its_words_or_size_is_a_mistake_of_the_site(tmp_path, falta):
    entero = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 100"><title>Ruta</title><desc>Todo.</desc></svg>'
    archivo = tmp_path / "ruta.svg"
    archivo.write_text(entero)
    assert (leer(archivo).ancho, leer(archivo).alto) == (340, 100)
    archivo.write_text(entero.replace(falta, ""))
    with pytest.raises(ImproperlyConfigured, match="ruta.svg"):
        leer(archivo)


def test_a_step_is_published_with_a_picture_or_a_drawing():
    assert "elija una imagen o un dibujo" in faltas_para_publicar([paso_con()])[0]
    assert faltas_para_publicar([paso_con(esquema="plazos")]) == []
    assert faltas_para_publicar([paso_con(imagen={"image": 1, "decorative": True})]) == []


@pytest.mark.django_db
def test_a_step_shows_one_thing_only(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    foto = get_image_model().objects.create(title="Foto", file=get_test_image_file())
    imagen = {"image": foto.pk, "alt_text": "Una flecha.", "decorative": False}
    bloque = ImagenBlock()
    for cual in ({"esquema": "plazos"}, {"imagen": imagen}):
        bloque.clean(bloque.to_python(paso_con(**cual)["value"]))
    with pytest.raises(ValidationError) as error:
        bloque.clean(bloque.to_python(paso_con(imagen=imagen, esquema="plazos")["value"]))
    assert "Elija uno solo" in str(error.value.block_errors["esquema"])
