"""The programme of Ley 30364 and the commands that load, check and export it.

It is loaded once, and comes back equal, in ``tests/cms/test_lecciones_enteras.py``.
"""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cursos.models import Curso
from programas import fichas
from programas.lectura import leer_programa
from programas.tabla import escribir
from tests.programas import factories
from tests.programas.test_carga import DOCS, poner
from tests.programas.test_contenido import PROGRAMA

pytestmark = pytest.mark.django_db


@pytest.fixture
def programa(territorio: dict) -> fichas.Programa:
    return factories.programa_breve()


@pytest.mark.un_motor
def test_a_wrong_folder_is_refused_with_its_reasons(tmp_path: Path) -> None:
    (tmp_path / "curso.yaml").write_text("clave: x\n", encoding="utf-8")
    with pytest.raises(CommandError, match="No se cargó nada") as error:
        call_command("cargar_programa", tmp_path, stdout=StringIO())
    assert "curso.yaml" in str(error.value)
    with pytest.raises(CommandError, match="por corregir"):
        call_command("revisar_contenido", tmp_path)


@pytest.mark.un_motor
def test_the_export_does_not_write_over_other_files(programa: fichas.Programa, tmp_path: Path) -> None:
    poner(programa)
    (tmp_path / "apuntes.txt").write_text("míos")
    with pytest.raises(CommandError, match="no está vacía"):
        call_command("exportar_programa", tmp_path)


@pytest.mark.un_motor
def test_the_export_says_which_courses_there_are(programa: fichas.Programa, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No hay ningún curso publicado."):
        call_command("exportar_programa", tmp_path)
    poner(programa)
    with pytest.raises(CommandError, match="Diga qué curso exportar") as error:
        call_command("exportar_programa", tmp_path, curso="otro")
    pagina = Curso.objects.get()
    assert f"Hay: {pagina.slug} («{pagina.title}»)." in str(error.value)


@pytest.mark.un_motor
def test_the_check_passes_on_the_programme() -> None:
    salida = StringIO()
    call_command("revisar_contenido", stdout=salida)
    assert "El contenido cumple." in salida.getvalue()


@pytest.mark.un_motor
def test_the_page_of_numbers_is_up_to_date() -> None:
    escrita = (DOCS / "programa.md").read_text(encoding="utf-8")
    assert escrita == escribir(leer_programa(PROGRAMA)), "Ejecute: manage.py tabla_del_programa"
