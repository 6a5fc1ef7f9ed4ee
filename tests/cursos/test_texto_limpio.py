"""What a formatted text keeps, whoever wrote it: it is cleaned when it is shown, not only when it is saved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.template import Context, Template
from wagtail.rich_text import RichText

from cursos.blocks import RASGOS
from cursos.texto_rico import BloqueDeTextoLimpio
from marco.prosa import limpiar
from tests.cursos.factories import Leccion, crear_leccion, paso

pytestmark = pytest.mark.un_motor

MALOS = [
    "<script>alert(1)</script>",
    '<p onclick="alert(1)">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVa&#x09;Script:alert(1)">x</a>',
    '<a href="data:text/html,<script>1</script>">x</a>',
    '<p style="position:fixed">x</p>',
    "<style>body{display:none}</style>",
    '<iframe src="https://malo.example"></iframe>',
    '<img src=x onerror="alert(1)">',
    '<form action="https://malo.example"><input name="clave"></form>',
    "<svg><script>alert(1)</script></svg>",
    '<a class="k-boton" href="https://malo.example">Entrar</a>',
    "<p>x</p><!-- <script>1</script> -->",
]
PELIGRO = re.compile(
    r"<(script|style|iframe|form|input|svg)|\son\w+=|javascript:|data:|style=|class=\"k-boton|<!--", re.IGNORECASE
)


@pytest.mark.parametrize("malo", MALOS)
def test_nothing_that_runs_comes_out(malo):
    con_filtro = Template("{% load wagtailcore_tags %}{{ t|richtext }}").render(Context({"t": malo}))
    for texto in (str(RichText(malo)), con_filtro):
        assert not PELIGRO.search(texto), texto


@pytest.mark.parametrize("malo", MALOS)
def test_a_step_is_clean_in_a_site_that_cleans_nothing(malo, settings):
    """Our override of Wagtail's template is of the host: whoever installs the rooms elsewhere does not have it."""
    propias = {**settings.TEMPLATES[0], "DIRS": []}
    settings.TEMPLATES = [propias]
    assert "onclick" in str(RichText('<p onclick="1">x</p>'))
    bloque = BloqueDeTextoLimpio(features=RASGOS)
    for valor in (bloque.to_python(malo), bloque.normalize(RichText(malo)), bloque.value_from_form(malo)):
        assert not PELIGRO.search(str(valor)), valor


def test_what_the_editor_offers_stays():
    bueno = '<p>Uno <b>dos</b> <i>ñ</i></p><ul><li>a</li></ul><ol><li>b</li></ol><p><a href="/ayuda">ver</a></p>'
    assert limpiar(bueno) == bueno
    assert 'href="tel:100"' in limpiar('<a href="tel:100">100</a>')
    assert 'href="https://www.gob.pe/"' in limpiar('<a href="https://www.gob.pe/">x</a>')


@pytest.mark.django_db
def test_a_lesson_written_by_another_door_is_shown_clean(entrar, programa, inscrita):
    pagina = crear_leccion(programa.modulos[0], "De otra puerta", pasos=[paso(), paso()])
    crudo = [dict(bloque) for bloque in pagina.pasos.raw_data]
    for bloque in crudo:
        bloque["value"] = {**bloque["value"], "texto": "".join(MALOS) + "<p>Queda.</p>"}
    Leccion.objects.filter(pk=pagina.pk).update(pasos=crudo)
    cache.clear()
    unidad = programa.unidad(pagina)
    html = entrar(inscrita.persona).get(f"/c/{programa.curso.numero}/{unidad.numero}/1").content.decode()
    articulo = html.split("<article")[1].split("</article>")[0]
    assert "Queda." in articulo and not PELIGRO.search(articulo), articulo


def test_no_template_of_ours_skips_it():
    """``safe`` and ``autoescape off`` are not used; what Python marks as safe says why beside it."""
    for plantilla in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe(seq)?\b|autoescape off", plantilla.read_text()), plantilla
    for cuarto in ("marco", "instancias", "cursos", "evaluaciones", "certificados", "seguimiento", "cms"):
        for modulo in Path(settings.BASE_DIR, cuarto).rglob("*.py"):
            for linea in modulo.read_text().splitlines():
                if "mark_safe(" in linea:
                    assert "noqa: S308" in linea, f"{modulo}: {linea}"
