"""The detector of telling words itself, and the names of what the browser keeps."""

import re
from pathlib import Path

import pytest

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


SALAS = ["marco", "instancias", "cursos", "evaluaciones", "certificados", "programas", "seguimiento"]
LOCALES = ["Leoncio Prado", "Warmi", "Aurora", "Tingo", "Huánuco", "CEM", "Emergencia Mujer", "CentroEmergencia"]


@pytest.mark.parametrize("sala", SALAS)
@pytest.mark.parametrize("palabra", LOCALES)
def test_no_room_names_the_pilot_a_programme_or_an_office(sala, palabra):
    """Those are data and settings of a site: who installs the rooms elsewhere never reads them."""
    dicha = re.compile(rf"\b{palabra}\b", re.IGNORECASE)
    archivos = [uno for tipo in ("*.py", "*.html", "*.js", "*.css") for uno in (RAIZ / sala).rglob(tipo)]
    archivos += (RAIZ / "templates" / "kuska" / sala).rglob("*.html")
    if sala == "marco":
        archivos += [*(RAIZ / "templates" / "kuska").glob("*.html"), *(RAIZ / "templates/kuska/componentes").glob("*")]
    assert [str(a) for a in archivos if dicha.search(a.read_text(encoding="utf-8"))] == []
