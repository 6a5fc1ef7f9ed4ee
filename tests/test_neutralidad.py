"""The detector of telling words itself, and the names of what the browser keeps."""

from pathlib import Path

from tests.neutralidad import faltas, palabras_en

RAIZ = Path(__file__).resolve().parent.parent


def test_detector_sees_titles_previews_addresses_and_file_names():
    pagina = (
        "<title>Lección 3 · Aula</title>"
        '<meta property="og:title" content="La V&iacute;ctima">'
        '<a href="/c/violencia/2">x</a><a href="/c/3/2" download="Ley-30364.pdf">y</a>'
    )
    assert faltas(pagina) == ["og:title: victim", "direcciones: violen", "archivos: 30364"]


def test_detector_ignores_the_text_of_the_lesson():
    assert faltas("<title>Paso 2 de 6</title><p>La violencia se atiende.</p>") == []


def test_detector_ignores_accents_and_capitals():
    assert palabras_en("AGRESIÓN") == ["agres"]


def test_static_files_have_neutral_names():
    rutas = [ruta for ruta in RAIZ.glob("*/static/**/*") if ruta.is_file()]
    assert rutas
    malas = [str(ruta.relative_to(RAIZ)) for ruta in rutas if palabras_en(str(ruta.relative_to(RAIZ)))]
    assert not malas
