"""A site changes what it sees fit: any block by its name, or the whole frame with one template of its own."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from marco.checks.plantillas import nuestras, se_llenan

pytestmark = pytest.mark.un_motor

MARCO = {
    "base.html": (
        "<html><head><title>{% block title %}{% endblock %}</title>{% block extra_css %}{% endblock %}</head>"
        '<body><nav id="suya">Mi sitio</nav>{% block content %}{% endblock %}</body></html>'
    ),
    "kuska/base_del_sitio.html": (
        '{% extends "base.html" %}'
        "{% block title %}{% block titulo_entero %}{% endblock %}{% endblock %}"
        "{% block extra_css %}{% block cabeza %}{% endblock %}{% endblock %}"
        "{% block content %}{% block cuerpo %}{% endblock %}{% endblock %}"
    ),
}


@pytest.fixture
def plantillas(settings, tmp_path):
    """``plantillas({nombre: texto})``: those of a site, in front of ours."""

    def poner(suyas: dict[str, str]) -> None:
        for nombre, texto in suyas.items():
            (tmp_path / nombre).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / nombre).write_text(texto, "utf-8")
        (motor,) = settings.TEMPLATES
        settings.TEMPLATES = [{**motor, "DIRS": [tmp_path, *motor["DIRS"]]}]

    return poner


def revisar() -> str:
    dicho = io.StringIO()
    try:
        call_command("check", tags=["kuska"], stdout=dicho, stderr=dicho)
    except SystemCheckError as error:
        dicho.write(str(error))
    return dicho.getvalue()


def pagina(ruta: str) -> Any:
    respuesta = Client().get(ruta)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


@pytest.mark.django_db
def test_a_frame_of_the_site_holds_every_page(plantillas):
    plantillas(MARCO)
    assert "no issues" in revisar()
    html = pagina("/ayuda")
    assert '<nav id="suya">' in html and html.count("<html") == 1
    assert "<h1>" in html and "kuska/css/kuska.css" in html and "<title>Ayuda" in html


@pytest.mark.django_db
def test_a_block_is_changed_by_its_name(plantillas):
    suya = '{% extends "kuska/base_minima.html" %}{% block pie %}<footer>Mi pie</footer>{% endblock %}'
    plantillas({"kuska/base_minima.html": suya})
    assert "no issues" in revisar()
    html = pagina("/ayuda")
    assert "<footer>Mi pie</footer>" in html and "k-pie" not in html and "<h1>" in html


@pytest.mark.parametrize("bloque", ["titulo_entero", "cabeza", "cuerpo"])
def test_a_frame_without_a_block_is_told(plantillas, bloque):
    entera = MARCO["kuska/base_del_sitio.html"]
    falta = f"{{% block {bloque} %}}{{% endblock %}}"
    assert falta in entera
    plantillas({**MARCO, "kuska/base_del_sitio.html": entera.replace(falta, "")})
    dicho = revisar()
    assert "kuska.E013" in dicho and f"Write {falta} where it goes." in dicho
    assert dicho.count("kuska.E013") == 1


def test_a_page_of_ours_replaced_without_what_others_put_in_it_is_told(plantillas):
    plantillas({"kuska/base_minima.html": "<html>{% block titulo %}{% endblock %}</html>"})
    dicho = revisar()
    for bloque in ("contenido", "boton_principal", "senal", "menu"):
        assert f"no block «{bloque}»" in dicho
    assert "no block «titulo»" not in dicho


def test_a_template_that_cannot_be_read_is_told(plantillas):
    plantillas({"kuska/base_panel.html": '{% extends "no/hay.html" %}'})
    dicho = revisar()
    assert "kuska.E016" in dicho and "no/hay.html" in dicho


def test_what_our_pages_fill_is_in_our_own_frames():
    assert {"titulo_entero", "cabeza", "cuerpo"} == set(se_llenan()["kuska/base_del_sitio.html"])
    assert {"titulo", "contenido", "boton_principal"} <= se_llenan()["kuska/base_minima.html"]


def test_no_template_of_the_rooms_has_the_name_of_another_site():
    """Everything is under ``kuska/``: nothing of a site is taken by accident, nor takes the place of ours."""
    raiz = Path(__file__).resolve().parents[2]
    del_sitio = {"cms", "wagtailadmin", "wagtailcore", "wagtailusers", "kuska"}
    assert {uno.name for uno in (raiz / "templates").iterdir() if uno.is_dir()} <= del_sitio
    sueltas = {str(uno.relative_to(raiz)) for uno in raiz.glob("*/templates/**/*.html")}
    assert sueltas == set()
    estaticos = [uno.relative_to(raiz) for uno in raiz.glob("*/static/*")]
    assert [str(uno) for uno in estaticos if uno.parts[0] != "cms" and uno.name != "kuska"] == []
    assert nuestras() == raiz / "templates"
