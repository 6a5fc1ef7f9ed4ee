"""The words of the course in their file: read, checked, loaded without losing anybody's work, and written back."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import pytest

from cursos.models import Curso, Termino, Unidad
from programas import fichas, glosario
from programas.carga import cargar
from programas.errores import ContenidoInvalido
from programas.escritura import escribir_programa
from programas.extraccion import extraer
from programas.lectura import leer_programa
from programas.registro import Resumen
from programas.revision import revisar
from tests.mundos import hecho_una_vez
from tests.programas import factories
from tests.programas.factories import termino
from tests.programas.test_contenido import PROGRAMA, cambiar

pytestmark = pytest.mark.un_motor
AHORA = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
HOJA = """terminos:
  - clave: cem
    termino: CEM
    variantes: [Centro de Ayuda]
    definicion: |
      Servicio
      gratis.
    ejemplo: «El CEM ayuda».
    articulo: ley-1/16
  - clave: juez
    termino: juez
    definicion: Quien decide.
    ejemplo: «El juez decide».
"""


# --- Reading --------------------------------------------------------------------------------------------------------


def test_a_term_is_read_with_its_forms() -> None:
    cem, juez = glosario.leer(HOJA, "glosario.yaml")
    assert cem == fichas.Termino("cem", "CEM", ("Centro de Ayuda",), "Servicio gratis.", "«El CEM ayuda».", "ley-1/16")
    assert (juez.variantes, juez.articulo, juez.linea) == ((), "", 10)


@pytest.mark.parametrize(
    ("esto", "por", "dice"),
    [
        ("    ejemplo: «El juez decide».\n", "", "línea 10: juez: falta «ejemplo»"),
        ("    termino: juez\n", "", "línea 10: juez: falta «termino»"),
        ("clave: juez", "clave: cem", "línea 10: la clave «cem» está dos veces"),
        ("termino: juez", "termino: Centro de ayuda", "línea 10: juez: «Centro de ayuda» ya está en «cem»"),
        ("[Centro de Ayuda]", "[cem]", "línea 2: cem: «cem» ya está en «cem»"),
        ("[Centro de Ayuda]", "['']", "línea 2: cem: una variante está vacía"),
        ("clave: juez", "clave: El Juez", "línea 10: El Juez: la clave solo lleva"),
        ("termino: juez", "termino: juez\n    nota: x", "línea 12: juez: no se conoce «nota»"),
    ],
)
def test_a_wrong_term_says_where_and_what(esto: str, por: str, dice: str) -> None:
    with pytest.raises(ContenidoInvalido) as error:
        glosario.leer(HOJA.replace(esto, por, 1), "glosario.yaml")
    assert f"glosario.yaml, {dice}" in str(error.value)


def test_every_wrong_term_is_told() -> None:
    with pytest.raises(ContenidoInvalido) as error:
        glosario.leer(HOJA.replace("    ejemplo:", "    ejemplos:"), "glosario.yaml")
    assert [problema.linea for problema in error.value.problemas] == [2, 10]


def test_an_article_that_is_in_no_file_is_refused(tmp_path: Path) -> None:
    escribir_programa(factories.programa_breve(), tmp_path)
    (tmp_path / "glosario.yaml").write_text(HOJA, encoding="utf-8")
    assert len(leer_programa(tmp_path).glosario) == 2
    cambiar(tmp_path / "glosario.yaml", "ley-1/16", "ley-1/99")
    with pytest.raises(ContenidoInvalido, match="glosario.yaml, línea 2: cem: cita «ley-1/99»"):
        leer_programa(tmp_path)


def test_the_real_glossary_is_written_as_it_is_read(tmp_path: Path) -> None:
    programa = leer_programa(PROGRAMA)
    escribir_programa(programa, tmp_path)
    assert leer_programa(tmp_path).glosario == programa.glosario


# --- Checking -------------------------------------------------------------------------------------------------------


def problemas(*terminos: fichas.Termino) -> str:
    programa = dataclasses.replace(factories.programa_breve(), glosario=terminos)
    return "\n".join(str(problema) for problema in revisar(programa))


def test_the_real_glossary_meets_its_rules() -> None:
    suyos = [uno for uno in revisar(leer_programa(PROGRAMA)) if uno.archivo == "glosario.yaml"]
    # Lessons to come use these words: only their absence may be told.
    assert [str(uno) for uno in suyos if "ninguna lección ni pregunta usa" not in uno.mensaje] == []


def test_a_definition_has_from_ten_to_forty_words() -> None:
    diez, cuarenta_y_uno = "palabra " * 10, "dos palabras. " * 20 + "una."
    assert "su definición tiene 3 palabras; van de 10 a 40" in problemas(termino(definicion="Muy pocas palabras."))
    assert "su definición tiene 41 palabras" in problemas(termino(definicion=cuarenta_y_uno))
    assert "su definición" not in problemas(termino(definicion=diez))


def test_a_name_that_changes_counts_as_people_read_it() -> None:
    nombre = fichas.Nombre("cem", "Centro de Ayuda a las Familias de Luyando (CEM)", "CEM")
    programa = dataclasses.replace(
        factories.programa_breve(), nombres=(nombre,), glosario=(termino(definicion="{cem}: da ayuda."),)
    )
    assert not [uno for uno in revisar(programa) if "su definición" in uno.mensaje]


def test_voice_and_sentences_are_those_of_any_other_text() -> None:
    dicho = problemas(termino(definicion="El usuario " + "a " * 30, ejemplo="¡Hola!"))
    assert "juzgado: no use «usuario»" in dicho
    assert "juzgado: oración de 32 palabras" in dicho
    assert "juzgado: no use «¡»" in dicho


def test_there_are_sixty_terms() -> None:
    assert "glosario.yaml: el glosario tiene 0 términos; necesita 60." in problemas()


def test_a_term_is_used_somewhere_in_the_course() -> None:
    assert "ninguna lección ni pregunta usa «fiscalía»" in problemas(termino("fiscalia", "fiscalía"))
    assert "ninguna lección" not in problemas(termino("zona", "Pumahuasi"), termino("plazo", "plazo", "24 horas"))
    # The words of the long form do not count for the short one.
    dicho = problemas(termino("largo", "plazo ya no rige"), termino("corto", "rige"))
    assert "ni pregunta usa «rige»" in dicho and "usa «plazo ya no rige»" not in dicho


# --- Loading --------------------------------------------------------------------------------------------------------

con_base = pytest.mark.django_db


@pytest.fixture
def programa(territorio: dict) -> fichas.Programa:
    cem = termino("cem", "CEM", "Centro de Ayuda", articulo="ley-1/16")
    return dataclasses.replace(factories.programa_breve(), glosario=(cem, termino()))


def con(programa: fichas.Programa, *terminos: fichas.Termino) -> fichas.Programa:
    return dataclasses.replace(programa, glosario=terminos)


def poner(programa: fichas.Programa, **campos: Any) -> Resumen:
    return cargar(programa, ahora=AHORA, **campos)


@pytest.fixture
@hecho_una_vez
def cargado(programa: fichas.Programa) -> None:
    poner(programa)


def palabras() -> set[str]:
    return set(Termino.objects.values_list("termino", flat=True))


@con_base
def test_terms_are_loaded_once_and_exported_equal(programa: fichas.Programa) -> None:
    assert poner(programa).terminos == 2
    assert Termino.objects.get(clave="cem").articulo.clave == "ley-1/16"
    assert extraer(Curso.objects.get()) == programa
    assert not poner(programa).cambio


@con_base
def test_a_changed_file_changes_its_term_and_renews_the_lessons(programa: fichas.Programa, cargado: None) -> None:
    antes = Unidad.objects.cursos().get().revision
    assert poner(con(programa, programa.glosario[0], termino(definicion="Otra cosa."))).terminos == 1
    assert Termino.objects.get(clave="juzgado").definicion == "Otra cosa."
    assert Unidad.objects.cursos().get().revision > antes


@con_base
def test_what_somebody_edited_is_kept_while_the_file_is_the_same(programa: fichas.Programa, cargado: None) -> None:
    Termino.objects.filter(clave="juzgado").update(definicion="Editada aquí.")
    assert not poner(programa).cambio
    cambiado = con(programa, programa.glosario[0], termino(definicion="Del archivo."))
    assert poner(cambiado).en_conflicto == ["termino:juzgado"]
    assert Termino.objects.get(clave="juzgado").definicion == "Editada aquí."
    assert poner(cambiado, sobrescribir=True).terminos == 1
    assert Termino.objects.get(clave="juzgado").definicion == "Del archivo."


@con_base
def test_a_term_that_left_the_file_is_retired_and_may_come_back(programa: fichas.Programa, cargado: None) -> None:
    sin_uno = con(programa, programa.glosario[0])
    assert poner(sin_uno).retiradas == ["termino:juzgado"]
    assert palabras() == {"CEM"}
    assert not poner(sin_uno).cambio
    assert poner(programa).terminos == 1
    assert palabras() == {"CEM", "juzgado"}


@con_base
def test_a_term_that_left_the_file_stays_if_somebody_edited_it(programa: fichas.Programa, cargado: None) -> None:
    Termino.objects.filter(clave="juzgado").update(definicion="Editada aquí.")
    avisos: list[str] = []
    assert not poner(con(programa, programa.glosario[0]), avisar=avisos.append).cambio
    assert any("termino:juzgado ya no está en el archivo" in aviso for aviso in avisos)
    assert palabras() == {"CEM", "juzgado"}


@con_base
def test_a_term_written_on_the_screens_is_not_touched(programa: fichas.Programa) -> None:
    Termino.objects.create(clave="otra", termino="Juzgado", definicion="Propia.", ejemplo="x")
    avisos: list[str] = []
    assert poner(programa, avisar=avisos.append).en_conflicto == ["termino:juzgado"]
    assert any("ya está en el glosario con otra clave" in aviso for aviso in avisos)
    assert palabras() == {"CEM", "Juzgado"}


@con_base
def test_a_word_that_changes_its_key_is_loaded_again(programa: fichas.Programa, cargado: None) -> None:
    assert poner(con(programa, programa.glosario[0], termino("juzgados"))).terminos == 1
    assert set(Termino.objects.values_list("clave", flat=True)) == {"cem", "juzgados"}
