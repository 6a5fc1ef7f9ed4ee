"""Back to files: what was loaded, what somebody added here, and what no file can hold."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from cursos.models import Curso, Leccion
from programas import fichas
from programas.carga import cargar
from programas.escritura import escribir_programa
from programas.extraccion import extraer
from programas.lectura import leer_programa
from tests.cursos.factories import paso
from tests.mundos import hecho_una_vez
from tests.programas import factories

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
AHORA = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture
def programa(territorio: dict) -> fichas.Programa:
    return factories.programa_breve()


@pytest.fixture
@hecho_una_vez
def cargado(programa: fichas.Programa) -> None:
    cargar(programa, ahora=AHORA)


def test_what_was_loaded_is_exported_equal(programa: fichas.Programa, cargado: None) -> None:
    assert extraer(Curso.objects.get()) == programa


def test_what_somebody_added_here_is_exported_too(cargado: None) -> None:
    modulo = Leccion.objects.get(slug="m1-l1").get_parent()
    modulo.add_child(instance=Leccion(title="Nueva", slug="nueva", live=True, pasos=[paso()]))
    extraido = extraer(Curso.objects.get())
    assert [una.clave for una in extraido.curso.modulos[0].lecciones] == ["m1-l1", "m1-l2", "nueva"]


def test_what_the_editor_lets_be_published_comes_back_from_its_files(cargado: None, tmp_path: Path) -> None:
    """Nobody has to write a presentation: an export that does not load is no copy."""
    curso, leccion = Curso.objects.get(), Leccion.objects.get(slug="m1-l1")
    curso.presentacion = leccion.presentacion = ""
    for pagina in (curso, leccion):
        pagina.save_revision().publish()
    extraido = extraer(Curso.objects.get())
    escribir_programa(extraido, tmp_path)
    leido = leer_programa(tmp_path).curso
    assert leido == extraido.curso
    assert leido.presentacion == leido.modulos[0].lecciones[0].presentacion == ""


def test_the_export_says_what_a_file_cannot_hold(cargado: None) -> None:
    pagina = Leccion.objects.get(slug="m1-l1")
    audio = {"type": "audio", "id": "x", "value": {"titulo": "Escuche", "segundos": 60}}
    Leccion.objects.filter(pk=pagina.pk).update(pasos=[*pagina.pasos.raw_data, audio])
    avisos: list[str] = []
    extraer(Curso.objects.get(), avisar=avisos.append)
    assert "el paso «Escuche» no se exporta: lleva una imagen, o un audio que ya no está" in avisos[0]
