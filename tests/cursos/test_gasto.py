"""What a lesson spends of somebody's data is said before, and it is what its pages really weigh."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from cursos.clases.base import CADA_TANTO, Gasto
from cursos.clases.leccion.gasto import gasto_de
from cursos.clases.leccion.unidad import LeccionComoUnidad
from cursos.esquemas import disponibles
from cursos.templatetags.kuska_cursos import kilos
from tests.cursos.factories import crear_leccion, paso
from tests.cursos.test_medios import foto, paso_de_imagen

# Wagtail leaves to the collector the temporary files of the sizes it makes.
SIN_CERRAR = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

PARRAFOS = [
    "La persona llega a la posta y pide hablar con alguien de confianza, sin que nadie más la escuche. " * 4,
    "El juzgado recibe la ficha y dicta medidas; la comisaría las anota y visita la casa esa semana. " * 5,
]


@pytest.mark.django_db
@pytest.mark.un_motor
def test_it_is_what_its_steps_weigh_on_a_phone_that_has_the_style_already(programa, inscrita, entrar, integrante):
    dibujo = next(iter(disponibles()))
    pasos = [paso(f"Paso {n}", f"<p>{PARRAFOS[n % 2]}</p>", en_nuestra_zona=PARRAFOS[(n + 1) % 2]) for n in range(6)]
    pasos.append(
        {"type": "imagen", "value": {"titulo": "Uno", "imagen": None, "esquema": dibujo, "explicacion": "<p>Mire.</p>"}}
    )
    leccion = crear_leccion(programa.modulos[0], "Con dibujo", pasos=pasos)
    unidad = programa.unidad(leccion)
    cliente = entrar(integrante)
    cliente.get(f"/c/{programa.curso.numero}/{unidad.numero}/1")
    paginas = [cliente.get(f"/c/{programa.curso.numero}/{unidad.numero}/{n}") for n in range(1, 8)]
    assert all(pagina.status_code == 200 for pagina in paginas)
    pesa = sum(len(gzip.compress(pagina.content, 6)) for pagina in paginas)
    dibujos = set(re.findall(r'src="([^"]+\.svg)"', paginas[-1].text))
    assert dibujos, "the last step shows its drawing"

    programa.curso.refresh_from_db()
    gasto = gasto_de(unidad=unidad.pk, curso=programa.curso)
    dicho, aparte = gasto.dicho(ahorra=False)
    assert (dicho % CADA_TANTO, aparte) == (0, 0)
    assert 0 < gasto.imagenes <= disponibles()[dibujo].bytes
    assert 0.8 * pesa <= gasto.texto <= 1.3 * pesa + CADA_TANTO


@pytest.mark.django_db
@pytest.mark.un_motor
def test_the_page_of_the_course_says_it_beside_where_to_go_on(programa, inscrita, entrar, integrante):
    pagina = entrar(integrante).get(f"/c/{programa.curso.numero}").text
    dicho = re.search(r"Esta lección gasta unos (\d+) KB de sus datos\.", pagina)
    assert dicho and int(dicho[1]) in (5, 10)


def dicho_en(cliente, direccion, **cabeceras) -> list[int]:
    pagina = cliente.get(direccion, headers=cabeceras)
    assert pagina.status_code == 200 and "Save-Data" in pagina["Vary"]
    return [1_000 * int(uno) for uno in re.findall(r"(?:gasta unos|las imágenes,) (\d+) KB", pagina.text)]


@pytest.fixture
def con_foto(programa, inscrita, settings, tmp_path):
    """A lesson with a picture, where its person stands."""
    settings.MEDIA_ROOT = tmp_path
    imagen = foto(ancho=480, alto=360)
    pagina = crear_leccion(programa.modulos[0], "Con foto", pasos=[paso_de_imagen(imagen), paso()])
    inscrita.unidad_actual = programa.unidad(pagina)
    inscrita.save()
    return imagen, f"/c/{programa.curso.numero}/{inscrita.unidad_actual.numero}"


@pytest.mark.django_db
@pytest.mark.un_motor
@SIN_CERRAR
def test_pictures_are_told_apart_to_who_saves_data_and_by_their_heaviest_format(programa, inscrita, entrar, con_foto):
    imagen, direccion = con_foto
    cliente, curso = entrar(inscrita.persona), f"/c/{programa.curso.numero}"
    pesan = [version.file.size for version in imagen.renditions.all()]
    texto, aparte = dicho_en(cliente, curso, **{"save-data": "on"})
    leido = sum(len(gzip.compress(cliente.get(f"{direccion}/{n}").content, 6)) for n in (1, 2))
    assert 0 < texto <= leido + 2 * CADA_TANTO
    assert max(pesan) <= aparte < max(pesan) + CADA_TANTO
    (juntos,) = dicho_en(cliente, curso)
    assert max(pesan) < juntos <= texto + aparte
    inscrita.persona.ahorra_datos = True
    inscrita.persona.save()
    assert dicho_en(entrar(inscrita.persona), curso) == [texto, aparte]


@pytest.mark.django_db
@pytest.mark.un_motor
@SIN_CERRAR
def test_what_cannot_be_measured_now_is_not_said_nor_kept_and_no_page_fails(programa, inscrita, entrar, con_foto):
    imagen, direccion = con_foto
    cliente, curso = entrar(inscrita.persona), f"/c/{programa.curso.numero}"
    archivos = {Path(version.file.path): Path(version.file.path).read_bytes() for version in imagen.renditions.all()}
    for archivo in archivos:
        archivo.unlink()
    assert dicho_en(cliente, curso) == []
    assert "Ver imagen" in cliente.get(f"{direccion}/1", headers={"save-data": "on"}).text
    assert cliente.get(f"{curso}/seguir").status_code == 302
    for archivo, contenido in archivos.items():
        archivo.write_bytes(contenido)
    assert len(dicho_en(cliente, curso)) == 1


@pytest.mark.django_db
@pytest.mark.un_motor
@SIN_CERRAR
def test_no_picture_is_made_to_say_it_nor_anything_measured_to_go_on(programa, inscrita, entrar, con_foto, monkeypatch):
    imagen, _direccion = con_foto
    cliente, curso = entrar(inscrita.persona), f"/c/{programa.curso.numero}"
    imagen.renditions.all().delete()
    assert dicho_en(cliente, curso) == [] and not imagen.renditions.exists()
    monkeypatch.setattr(LeccionComoUnidad, "gasto", lambda *_a, **_k: pytest.fail("nobody asked"))
    assert cliente.get(f"{curso}/seguir").status_code == 302


@pytest.mark.un_motor
def test_it_goes_by_fives_upwards() -> None:
    assert Gasto(4_000, 21_000).dicho(ahorra=False) == (25_000, 0)
    assert Gasto(4_000, 21_000).dicho(ahorra=True) == (5_000, 25_000)
    assert Gasto().dicho(ahorra=True) == (0, 0)


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("bytes_", "dice"), [(5_000, "5 KB"), (25_000, "25 KB"), (1_250_000, "1,3 MB"), (1_990_000, "2,0 MB")]
)
def test_it_is_told_as_data_are_sold(bytes_, dice):
    assert kilos(bytes_) == dice
