"""The guides say what is on the screens: a button that changed its name is found here."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

RAIZ = Path(__file__).resolve().parents[2]
GUIAS = sorted((RAIZ / "docs" / "guias").glob("*.md"))
DE_WAGTAIL = {
    "Publicar": "Publish",
    "Guardar borrador": "Save draft",
    "Historial": "History",
    "Publicar copias": "Publish copies",
    "Ver publicada": "View live",
}
NEGRITA = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
SALTAR = {"negrita", "cada"}
COMILLAS = re.compile(r"«([^«»]+)»")
MESES = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|setiembre|octubre|noviembre|diciembre"
CIFRA = re.compile(rf"\d{{1,2}} de (?:{MESES})(?: de \d{{4}})?|\d(?:[\d.,: ]*\d)?")
VARIABLE = re.compile(r"%\(\w+\)s|%\(\w+\)d|{{[^}]*}}")
# Between quotes too: what somebody writes, or answers, and no screen of ours says by itself.
DE_LA_GENTE = {
    "Huamán",
    "Huam?n",
    "HuamÃ¡n",
    "Ma. Luz",
    "Pérez-Luna",
    "cardenas nelida",
    "Luyndo",
    "Rosa / Elsa",
    "CSV UTF-8",
    "IMG_2034.jpg",
    "Le busca hospedaje y vuelve mañana",
    "La acompaña a volver hoy",
}


@cache
def lo_que_dice_el_aula() -> str:
    archivos = [*(RAIZ / "templates").rglob("*.html")]
    for cuarto in ("marco", "instancias", "cursos", "evaluaciones", "certificados", "programas", "seguimiento", "cms"):
        archivos += [*(RAIZ / cuarto).rglob("*.py"), *(RAIZ / cuarto).rglob("*.html")]
    return " ".join(" ".join(archivo.read_text(encoding="utf-8").split()) for archivo in archivos).casefold()


@pytest.mark.parametrize("guia", GUIAS, ids=lambda guia: guia.stem)
def test_what_a_guide_names_is_on_a_screen(guia: Path) -> None:
    aula = lo_que_dice_el_aula()
    nombradas = {" ".join(texto.split()) for texto in NEGRITA.findall(guia.read_text(encoding="utf-8"))}
    with override("es"):
        propias = {texto for texto in nombradas if gettext(DE_WAGTAIL.get(texto, "")) != texto}
    assert sorted(texto for texto in propias - SALTAR if texto.casefold() not in aula) == []


@pytest.mark.parametrize("guia", GUIAS, ids=lambda guia: guia.stem)
def test_what_a_guide_quotes_is_said_by_a_screen_or_by_a_guide(guia: Path) -> None:
    """With its figures and its days: they are of the example."""
    texto = re.sub(r"```.*?```", "", guia.read_text(encoding="utf-8"), flags=re.DOTALL)
    titulos = {linea.lstrip("# ") for una in GUIAS for linea in una.read_text("utf-8").splitlines() if linea[:1] == "#"}
    dicho = VARIABLE.sub("#", lo_que_dice_el_aula().replace('" "', ""))
    citado = {" ".join(una.split()).rstrip(".") for una in COMILLAS.findall(texto)} - DE_LA_GENTE - titulos
    assert (
        sorted(una for una in citado if CIFRA.sub("#", una).casefold() not in dicho and una.casefold() not in dicho)
        == []
    )


@pytest.mark.parametrize("guia", GUIAS, ids=lambda guia: guia.stem)
def test_a_picture_of_a_guide_is_one_that_is_taken(guia: Path) -> None:
    conocidas = (RAIZ / "cms" / "demo" / "paginas.py").read_text(encoding="utf-8")
    for nombre, ancho in re.findall(r"capturas/([\w-]+)-(\d+)\.png", guia.read_text(encoding="utf-8")):
        generica = re.sub(r"^(paso|evaluacion)-.*", r'f"\1-{', nombre)
        assert f'"{nombre}"' in conocidas or generica in conocidas, nombre
        assert ancho in {"360", "1280"}


def test_every_relative_link_of_the_documents_leads_somewhere() -> None:
    for documento in (RAIZ / "docs").rglob("*.md"):
        for destino in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)\)", documento.read_text(encoding="utf-8")):
            if "://" not in destino:
                assert (documento.parent / destino).exists(), f"{documento.name}: {destino}"
