"""A kind of unit that is written field by field: to files, and back."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from cursos import clases
from cursos.models import Curso, Unidad
from programas import fichas
from programas.carga import cargar
from programas.errores import ContenidoInvalido
from programas.escritura import escribir_programa
from programas.extraccion import extraer
from programas.lectura import leer_programa
from tests.programas import factories
from tests.talleres.models import Taller

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("talleres")]
AHORA = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
TALLER = fichas.UnidadSuelta("m1-taller", "taller", "Taller de la ruta", {"lugar": "Casa comunal", "dia": "2026-12-01"})


@pytest.fixture
def programa(territorio):
    """A short programme with a workshop in its module."""
    breve = factories.programa_breve()
    modulo = dataclasses.replace(breve.curso.modulos[0], otras=(TALLER,))
    return dataclasses.replace(breve, curso=dataclasses.replace(breve.curso, modulos=(modulo,)))


@pytest.fixture
def carpeta(programa, tmp_path):
    escribir_programa(programa, tmp_path)
    return tmp_path


def quejas(carpeta):
    with pytest.raises(ContenidoInvalido) as error:
        leer_programa(carpeta)
    return [str(problema) for problema in error.value.problemas]


@pytest.mark.un_motor
def test_what_is_written_reads_the_same(programa, carpeta):
    assert (carpeta / "modulo-1" / "taller-1.yaml").read_text() == (
        'clave: m1-taller\ntitulo: Taller de la ruta\nlugar: Casa comunal\ndia: "2026-12-01"\n'
    )
    assert leer_programa(carpeta).curso.modulos == programa.curso.modulos


def test_loading_makes_its_page_between_the_lessons_and_the_evaluations(programa):
    cargar(programa, ahora=AHORA)
    pagina = Taller.objects.get()
    assert (pagina.title, pagina.lugar, pagina.dia) == ("Taller de la ruta", "Casa comunal", datetime.date(2026, 12, 1))
    en_orden = Unidad.objects.filter(modulo="Módulo uno").order_by("orden").values_list("clase", flat=True)
    assert list(en_orden) == ["leccion", "leccion", "taller", "evaluacion", "evaluacion"]
    assert extraer(Curso.objects.get()) == programa


@pytest.mark.un_motor
def test_loading_it_again_changes_nothing_and_a_new_place_changes_its_page(programa, carpeta):
    cargar(programa, ahora=AHORA)
    assert not cargar(programa, ahora=AHORA).cambio
    archivo = carpeta / "modulo-1" / "taller-1.yaml"
    archivo.write_text(archivo.read_text().replace("Casa comunal", "Municipalidad"))
    assert cargar(leer_programa(carpeta), ahora=AHORA).publicadas == ["m1-taller"]
    assert Taller.objects.get().lugar == "Municipalidad"


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("antes", "despues", "dice"),
    [
        ("2026-12-01", "mañana", "«dia» dice «mañana»."),
        ("lugar: Casa comunal\n", "", "falta «lugar»."),
        ("Casa comunal", "x" * 121, "«lugar» dice"),
        ("lugar:", "lugares:", "«lugar»"),
        ("clave: m1-taller", "clave: m1-l1", "la clave «m1-l1» ya está en"),
    ],
)
def test_what_its_page_would_not_take_is_refused_by_name(carpeta, antes, despues, dice):
    archivo = carpeta / "modulo-1" / "taller-1.yaml"
    archivo.write_text(archivo.read_text().replace(antes, despues))
    (queja,) = quejas(carpeta)
    assert dice in queja
    assert "taller-1.yaml" in queja


@pytest.mark.un_motor
def test_a_file_of_a_kind_that_is_not_installed_is_not_lost_in_silence(carpeta):
    clases.olvidar("taller")
    (queja,) = quejas(carpeta)
    assert "taller-1.yaml" in queja
    assert "no se sabe qué es" in queja


@pytest.mark.un_motor
def test_a_kind_that_files_do_not_write_is_told_when_exporting(programa, monkeypatch):
    cargar(programa, ahora=AHORA)
    monkeypatch.setattr(type(clases.clase_de("taller")), "prefijo_de_archivo", "")
    avisos: list[str] = []
    extraido = extraer(Curso.objects.get(), avisar=avisos.append)
    assert extraido.curso.modulos[0].otras == ()
    assert avisos == ["«Taller de la ruta» es de una clase que los archivos no escriben: no se exporta."]
