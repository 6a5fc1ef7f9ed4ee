"""Reading, measuring and checking the files of the programme. No database."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from programas import fichas, medidas, prosa
from programas.errores import ContenidoInvalido
from programas.escritura import escribir_programa
from programas.lecciones import leer_leccion
from programas.lectura import leer_evaluacion, leer_programa
from programas.revision import revisar

PROGRAMA = Path(__file__).resolve().parents[2] / "cms" / "programa" / "ley-30364"
CABECERA = "---\nclave: x-l1\ntitulo: Una\npresentacion: Para ver.\nsabe_ahora: [a, b, c]\n---\n"


@pytest.fixture(scope="module")
def programa() -> fichas.Programa:
    return leer_programa(PROGRAMA)


@pytest.fixture
def copia(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROGRAMA, tmp_path / "programa"))


def cambiar(ruta: Path, esto: str, por: str) -> None:
    texto = ruta.read_text(encoding="utf-8")
    assert esto in texto
    ruta.write_text(texto.replace(esto, por, 1), encoding="utf-8")


def mensajes_de(raiz: Path) -> str:
    with pytest.raises(ContenidoInvalido) as error:
        leer_programa(raiz)
    return str(error.value)


# --- The programme itself -------------------------------------------------------------------------------------------


def test_the_programme_meets_its_own_rules(programa: fichas.Programa) -> None:
    assert [str(problema) for problema in revisar(programa)] == []


def test_the_programme_says_the_hours_it_has(programa: fichas.Programa) -> None:
    assert programa.curso.horas == sum(modulo.horas for modulo in programa.curso.modulos)


def test_deadlines_taught_are_those_of_the_law_in_force(programa: fichas.Programa) -> None:
    vigente = programa.articulos()["ley-30364/16"].vigente
    assert vigente is not None
    assert vigente.modificada_por == "ley-31715"
    for _modulo, evaluacion in programa.evaluaciones():
        for pregunta in evaluacion.preguntas:
            assert not [a.texto for a in pregunta.contenido.alternativas if a.correcta and "72 horas" in a.texto], (
                pregunta.clave
            )


def test_what_is_written_reads_the_same(programa: fichas.Programa, tmp_path: Path) -> None:
    escribir_programa(programa, tmp_path)
    assert leer_programa(tmp_path) == programa


# --- Reading --------------------------------------------------------------------------------------------------------


def test_an_error_names_file_and_line() -> None:
    with pytest.raises(ContenidoInvalido) as error:
        leer_leccion(CABECERA + "\n# Paso de texto: Uno\nHola.\n\n# Video: Dos\nHola.\n", "modulo-1/leccion-1.md")
    (problema,) = error.value.problemas
    assert (problema.archivo, problema.linea) == ("modulo-1/leccion-1.md", 11)
    assert "«Video» no es un tipo de paso" in problema.mensaje
    assert "Paso de texto" in problema.mensaje


@pytest.mark.parametrize(
    ("cuerpo", "dice"),
    [
        ("Hola\n# Paso de texto: Uno\nHola.", "hay texto antes del primer paso"),
        ("# Paso de texto:\nHola.", "no tiene título"),
        ("# Paso de texto: Uno\n", "le falta el texto"),
        ("# Caso de nuestra zona: Uno\nHola.", "le falta «## Qué haría usted»"),
        ("# Paso de texto: Uno\nHola.\n## Otra\nAlgo.", "«## Otra» no va aquí"),
        ("# Paso de texto: Uno\nHola.\n## En nuestra zona\nCon **negrita**.", "es texto simple"),
        ("# Paso de texto: Uno\n### Grande\nHola.", "usa «h3»"),
        ("# Paso de texto: Uno\nUna *cursiva*.", "usa «em»"),
        ("# Cita de la ley: Uno\n> Hola.\n## En palabras sencillas\nEso.", "articulo: clave"),
        ("# Resumen: Uno\nsin guion", "empieza con «- »"),
        ("", "no tiene ningún paso"),
    ],
)
def test_a_wrong_lesson_says_what_to_do(cuerpo: str, dice: str) -> None:
    with pytest.raises(ContenidoInvalido, match="x.md") as error:
        leer_leccion(CABECERA + cuerpo, "x.md")
    assert dice in str(error.value)


PREGUNTA = """clave: x
clase: practica
titulo: X
preguntas:
  - clave: x-1
    tipo: una
    texto: ¿Sí?
    alternativas:
      - {texto: Sí, correcta: true, explicacion: Porque sí.}
      - {texto: No, explicacion: Porque no.}
"""


@pytest.mark.parametrize(
    ("esto", "por", "dice"),
    [
        ("tipo: una", "tipo: dos", "línea 6: pregunta x-1: «tipo» debe ser una de estas"),
        ("correcta: true", "correcta: false", "ninguna alternativa es correcta"),
        ("{texto: No,", "{texto: No, correcta: true,", "tiene 2 correctas y su tipo admite una"),
        ("{texto: No,", "{texto: Sí,", "dos alternativas dicen lo mismo"),
        ("tipo: una", "tipo: una\n    dificil: 1", "no se conoce «dificil»"),
        ("tipo: una", "tipo: una\n    tipo: una", "«tipo» está dos veces"),
        ("tipo: una", "tipo: una\n    dificultad: mucha", "número entero de 1 a 3"),
        ("texto: ¿Sí?", "texto: ¿**Sí**?", "quite los asteriscos"),
        ("clase: practica", "clase: [practica", "no se entiende el formato"),
    ],
)
def test_a_wrong_question_is_named(esto: str, por: str, dice: str) -> None:
    with pytest.raises(ContenidoInvalido) as error:
        leer_evaluacion(PREGUNTA.replace(esto, por, 1), "e.yaml")
    assert dice in str(error.value)


def test_a_script_goes_once_at_the_end(copia: Path) -> None:
    cambiar(
        copia / "modulo-5" / "leccion-1.md",
        "# Resumen: Los plazos",
        "# Guion de audio\nAntes.\n\n# Resumen: Los plazos",
    )
    assert "«# Guion de audio» va una sola vez, al final." in mensajes_de(copia)


def test_what_is_graded_takes_no_questions_from_a_survey(copia: Path) -> None:
    cambiar(copia / "final.yaml", "preguntas_de: entrada", "preguntas_de: encuesta")
    assert "«encuesta», que es una encuesta: no tienen respuesta correcta." in mensajes_de(copia)


def test_two_modules_cannot_share_a_title(copia: Path) -> None:
    titulo = '"La Ley 30364: para qué existe y cómo se lee"'
    cambiar(copia / "modulo-2" / "modulo.yaml", '"Reconocer la violencia: tipos y modalidades"', titulo)
    assert "el módulo se llama igual que el de" in mensajes_de(copia)


def test_a_drawing_that_does_not_exist_is_refused(copia: Path) -> None:
    cambiar(copia / "modulo-5" / "leccion-2.md", "esquema: plazos", "esquema: plasos")
    assert "el dibujo «plasos» no existe. Los que hay:" in mensajes_de(copia)


def test_the_questions_of_another_evaluation_must_exist(copia: Path) -> None:
    cambiar(copia / "final.yaml", "preguntas_de: entrada", "preguntas_de: entradas")
    assert "toma las preguntas de «entradas», que no existe" in mensajes_de(copia)
    cambiar(copia / "final.yaml", "preguntas_de: entradas", "intentos_de_mas: 1")
    assert "no se conoce «intentos_de_mas»" in mensajes_de(copia)


def test_every_problem_of_every_file_is_told_at_once(copia: Path) -> None:
    cambiar(copia / "modulo-1" / "modulo.yaml", "horas: 2", "horas: dos")
    cambiar(copia / "modulo-5" / "leccion-1.md", "# Resumen:", "# Final:")
    (copia / "modulo-6" / "practica.yaml").write_bytes("clave: ñ".encode("latin-1"))
    dicho = mensajes_de(copia)
    assert "modulo-1/modulo.yaml, línea 3" in dicho
    assert "modulo-5/leccion-1.md, línea" in dicho
    assert "modulo-6/practica.yaml: no está en UTF-8" in dicho


def test_a_reference_to_nothing_is_refused(copia: Path) -> None:
    cambiar(copia / "modulo-5" / "evaluacion.yaml", "leccion: m5-l1", "leccion: m5-l9")
    cambiar(copia / "modulo-5" / "leccion-1.md", "articulo: ley-30364/16", "articulo: ley-30364/1600")
    dicho = mensajes_de(copia)
    assert "pregunta m5-e01: la lección «m5-l9» no existe" in dicho
    assert "cita «ley-30364/1600», que no está en normas.yaml" in dicho


def test_a_module_that_the_course_does_not_name_is_refused(copia: Path) -> None:
    cambiar(copia / "curso.yaml", "modulos: [m1, m2, m3, m4, m5, m6, m7, m8, rutas]", "modulos: [m1, m9]")
    dicho = mensajes_de(copia)
    assert "nombra el módulo «m9»" in dicho
    assert "el módulo «m6» no está en curso.yaml" in dicho


# --- Norms ----------------------------------------------------------------------------------------------------------

OTRA_HOJA = """normas:
  - clave: ley-30364
    tipo: Ley
    numero: "30364"
    titulo: TITULO
    publicada: 2015-11-23
    articulos:
      - clave: ley-30364/4
        numero: "4"
        numero_tuo: "4"
        titulo: Ámbito de aplicación de la Ley
        redacciones:
          - {vigente_desde: 2020-09-07, vigente_hasta: null, modificada_por: null, resumen: RESUMEN}
"""
TITULO = "Ley para prevenir, sancionar y erradicar la violencia contra las mujeres y los integrantes del grupo familiar"
RESUMEN = (
    "La ley se aplica a todos los tipos de violencia contra las mujeres por ser mujeres y contra el grupo familiar."
)
OTRA_HOJA = OTRA_HOJA.replace("TITULO", TITULO)


def test_two_files_may_say_the_same_of_an_article(copia: Path, programa: fichas.Programa) -> None:
    (copia / "modulo-1" / "normas.yaml").write_text(OTRA_HOJA.replace("RESUMEN", RESUMEN), encoding="utf-8")
    assert leer_programa(copia) == programa


def test_two_files_that_contradict_each_other_are_refused(copia: Path) -> None:
    (copia / "modulo-1" / "normas.yaml").write_text(OTRA_HOJA.replace("RESUMEN", "Otra cosa."), encoding="utf-8")
    assert "la redacción del 2020-09-07 no dice lo mismo que en normas.yaml" in mensajes_de(copia)


def test_an_article_cannot_have_two_wordings_in_force(copia: Path) -> None:
    otra = OTRA_HOJA.replace("RESUMEN", RESUMEN).replace("2020-09-07", "2015-11-24")
    (copia / "modulo-1" / "normas.yaml").write_text(otra, encoding="utf-8")
    assert "la redacción del 2015-11-24 debe terminar" in mensajes_de(copia)


EXPLICACION = "Ese plazo ya no existe. La Ley 31715 cambió el art. 16, y el riesgo leve tiene 24 horas."

# --- Checks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("archivo", "esto", "por", "dice"),
    [
        ("modulo-5/evaluacion.yaml", "    articulo: ley-30364/16\n", "", "falta «articulo»"),
        ("modulo-5/evaluacion.yaml", "Ese plazo ya no existe.", "Los usuarios saben.", "no use «usuarios»"),
        ("modulo-5/evaluacion.yaml", f"explicacion: {EXPLICACION}", 'explicacion: ""', "no explica por qué"),
        ("modulo-5/leccion-1.md", "Hay tres niveles:", "¡Hay tres niveles!", "no use «¡»"),
        ("modulo-5/leccion-1.md", "El juzgado tiene estos plazos:", "Llame al 987 654 321.", "no use «987 654 321»"),
        ("modulo-5/leccion-1.md", "Hay tres niveles:", "Hay " + "tres niveles de ida " * 8, "oración de"),
        ("modulo-5/leccion-1.md", "Hay tres niveles:", "Hay. " + "Son tres. " * 50, "palabras; el máximo es 120"),
        ("modulo-5/leccion-1.md", "# Paso de texto: Dos plazos", "# Paso de texto: " + "de " * 20, "muestra 1"),
        (
            "modulo-5/leccion-1.md",
            "  - Con riesgo leve, moderado o severo, el juzgado tiene 24 horas.\n",
            "",
            "tres líneas",
        ),
        ("modulo-5/leccion-1.md", "# Resumen: Los", "# Para pensar: Los", "debe terminar con un «Resumen»"),
        ("curso.yaml", "horas: 24", "horas: 30", "sus módulos suman 24"),
        (
            "modulo-5/leccion-1.md",
            "# Guion de audio\n",
            "# Guion de audio\nDiga.\n" + "Hola. " * 200,
            "van de 100 a 240",
        ),
        ("modulo-5/leccion-1.md", "Hay tres niveles:", "Vaya al {cen}.", "«{cen}» no está en nombres.yaml"),
        ("modulo-5/leccion-1.md", "titulo: Los plazos de hoy", "titulo: El {cem}", "no puede llevar llaves"),
        ("modulo-5/leccion-1.md", "Hay tres niveles:", "Vaya al Centro Emergencia Mujer.", "En su lugar: «{cem}»"),
        ("entrada.yaml", "    forma: A\n", "", "la forma A tiene 19 preguntas; van 20"),
        ("entrada.yaml", "    dificultad: 1\n", "    dificultad: 3\n", "no es gemela"),
        ("entrada.yaml", "    otro_objetivo: 1\n", "", "la forma A no pregunta por el objetivo 1 del módulo m2"),
        ("entrada.yaml", "    otro_objetivo: 1\n", "    otro_objetivo: 2\n", "la pareja g22 no es gemela"),
        ("entrada.yaml", "    otro_objetivo: 1\n", "    otro_objetivo: 3\n", "dicen lo mismo"),
        ("entrada.yaml", "    otro_objetivo: 1\n", "    otro_objetivo: 4\n", "el módulo no tiene el objetivo 4"),
        ("encuesta.yaml", "Marque todas las que correspondan.", "Elija.", "debe decir «Marque todas"),
        (
            "normas.yaml",
            "- vigente_desde: 2026-01-25",
            "- vigente_desde: 2027-01-25",
            "no tiene una redacción que rija",
        ),
        ("modulo-1/leccion-1.md", "La ley actúa", "Fundamentalmente determinadas " * 30 + "x. La ley actúa", "LIX"),
    ],
)
def test_the_check_says_what_to_mend(copia: Path, archivo: str, esto: str, por: str, dice: str) -> None:
    if "Resumen" in esto:
        cambiar(copia / archivo, "- Riesgo leve, moderado o severo: 24 horas.\n", "Uno.\n## Explicación\n")
    cambiar(copia / archivo, esto, por)
    encontrados = [str(problema) for problema in revisar(leer_programa(copia))]
    assert any(uno.startswith(archivo) and dice in uno for uno in encontrados), encontrados


def test_informal_speech_is_accepted_only_in_what_somebody_says(programa: fichas.Programa) -> None:
    curso = dataclasses.replace(programa.curso, presentacion="Ella dice: «Tú puedes».")
    assert revisar(dataclasses.replace(programa, curso=curso)) == []
    curso = dataclasses.replace(programa.curso, presentacion="Aquí tú puedes.")
    assert "no use «tú»" in str(revisar(dataclasses.replace(programa, curso=curso))[0])


# --- Text -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markdown", "rico"),
    [
        ("Uno\ndos.\n\nTres.", "<p>Uno dos.</p><p>Tres.</p>"),
        ("Son:\n- uno\n- **dos**", "<p>Son:</p><ul><li>uno</li><li><b>dos</b></li></ul>"),
        ("1. uno\n2. dos", "<ol><li>uno</li><li>dos</li></ol>"),
        ("[ver](https://gob.pe/a?b=1&c=2)", '<p><a href="https://gob.pe/a?b=1&amp;c=2">ver</a></p>'),
        ("A & B, 2 \\* 3", "<p>A &amp; B, 2 * 3</p>"),
        ("Uno  \ndos", "<p>Uno<br/>dos</p>"),
        ("- uno\n    - dentro\n- dos", "<ul><li>uno<ul><li>dentro</li></ul></li><li>dos</li></ul>"),
    ],
)
def test_markdown_goes_to_rich_text_and_back(markdown: str, rico: str) -> None:
    assert prosa.a_rico(markdown) == rico
    assert prosa.a_rico(prosa.a_markdown(rico)) == rico


@pytest.mark.parametrize(
    "texto", ["1. no es lista", "- tampoco", "# ni título", "a_b_c [x] * `y` \\ &amp; <b>", "> ni cita"]
)
def test_signs_that_markdown_would_take_survive(texto: str) -> None:
    rico = prosa.normalizar(f"<p>{texto.replace('&', '&amp;').replace('<', '&lt;')}</p>")
    assert prosa.a_llano(prosa.a_rico(prosa.a_markdown(rico))) == texto


def test_nothing_dangerous_reaches_the_page() -> None:
    rico = prosa.normalizar('<p onclick="x()">Hola<script>y()</script> <a href="javascript:z()">ver</a></p>')
    assert rico == "<p>Hola ver</p>"


def test_what_the_editor_adds_does_not_count_as_a_change() -> None:
    assert prosa.normalizar('<p data-block-key="ab12c">Hola  <strong>ya</strong></p>\n') == "<p>Hola <b>ya</b></p>"


# --- Measures: the values are those of Intl.Segmenter("es"), which the editor uses ----------------------------------


@pytest.mark.parametrize(
    ("texto", "oraciones"),
    [
        ("Son las 6:00 p. m. del viernes. Vea el art. 16 de la Ley. Otra.", 3),
        ("«¿Qué nos toca?». Nada.", 2),
        ("Uno\nDos\nTres", 3),
        ("Va a las 24.5 horas. ¿Y luego? Sí", 3),
        ("N.° 3, D.S. 009-2016-MIMP, arts. 107 y 109.", 3),  # so does the browser, right or wrong
    ],
)
def test_sentences_are_counted_as_the_editor_does(texto: str, oraciones: int) -> None:
    assert len(medidas.oraciones(texto)) == oraciones


@pytest.mark.parametrize(
    ("texto", "palabras"),
    [("6:00 p. m. 15-A 24.5 S.A. N.° 3/4", 11), ("¿Dónde está la biblioteca?", 4), ("009-2016-MIMP", 3)],
)
def test_words_are_counted_as_the_editor_does(texto: str, palabras: int) -> None:
    assert medidas.contar(texto) == palabras


def test_lix_is_the_one_of_the_editor() -> None:
    texto = "This is a longer and more complicated sentence including long words."
    assert medidas.lix(texto) == pytest.approx(38.27, abs=0.01)
    assert medidas.lix("Muy pocas palabras.") == 0


# --- The format of the files ----------------------------------------------------------------------------------------


def test_a_newer_format_is_told_by_itself_and_nothing_else_is(copia: Path) -> None:
    cambiar(copia / "curso.yaml", "formato: 1\nclave: programa", "formato: 2\nclave: programa\nidioma: qu")
    assert mensajes_de(copia) == (
        "curso.yaml, línea 2: este programa está en el formato 2 y esta edición de Kuska lee hasta el 1. "
        "Actualice Kuska, o pida el programa en el formato 1."
    )


def test_a_programme_of_before_is_read_without_saying_its_format(copia: Path, programa: fichas.Programa) -> None:
    cambiar(copia / "curso.yaml", "formato: 1\n", "")
    assert leer_programa(copia) == programa


def test_what_is_written_says_its_format(tmp_path: Path, programa: fichas.Programa) -> None:
    escribir_programa(programa, tmp_path)
    assert (tmp_path / "curso.yaml").read_text(encoding="utf-8").startswith("formato: 1\n")
