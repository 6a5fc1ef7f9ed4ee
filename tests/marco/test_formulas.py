"""Files that leave the editor carry no cell that a spreadsheet runs: each list of Wagtail, in both formats."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import URLResolver, get_resolver, reverse
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.log_actions import log
from wagtail.models import Page

from instancias.validators import ES_FORMULA
from marco.formulas import texto_seguro
from tests import gente
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.un_motor

PELIGROSOS = ["=1+1", "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1"]
REPORTES = ["site_history", "aging_pages", "locked_pages", "workflow", "workflow_tasks"]


def celdas(respuesta, formato):
    contenido = b"".join(respuesta.streaming_content if respuesta.streaming else [respuesta.content])
    if formato == "csv":
        return [celda for fila in csv.reader(io.StringIO(contenido.decode())) for celda in fila]
    hoja = load_workbook(io.BytesIO(contenido)).active
    return [celda.value for fila in hoja.iter_rows() for celda in fila if celda.value is not None]


@pytest.mark.parametrize("texto", PELIGROSOS)
def test_a_text_that_would_run_starts_with_an_apostrophe(texto):
    assert texto_seguro(texto).startswith("'")


@pytest.mark.parametrize("texto", ["-2+3+cmd|' /C calc'!A0", "-A1", "=1", "+1", "@a"])
def test_what_starts_as_a_number_and_goes_on_as_a_formula_is_one(texto):
    assert ES_FORMULA.match(texto)
    for inocente in ("-", "-3", "-3,50", "Ana - Rosa", "3-2"):
        assert not ES_FORMULA.match(inocente)


@pytest.fixture
@hecho_una_vez
def con_titulos(administradora):
    """Pages whose titles would run, published and noted."""
    raiz = Page.objects.get(depth=1)
    for n, titulo in enumerate(PELIGROSOS):
        pagina = raiz.add_child(instance=Page(title=titulo.strip("\t\r\n"), slug=f"p{n}"))
        pagina.save_revision().publish()
        Page.objects.filter(pk=pagina.pk).update(title=titulo, draft_title=titulo)
        log(pagina, "wagtail.edit", user=administradora, title=titulo)


@pytest.mark.django_db
@pytest.mark.parametrize("formato", ["csv", "xlsx"])
@pytest.mark.parametrize("reporte", REPORTES)
def test_the_reports_of_the_editor(entrar, administradora, con_titulos, formato, reporte):
    respuesta = entrar(administradora).get(reverse(f"wagtailadmin_reports:{reporte}") + f"?export={formato}")
    assert respuesta.status_code == 200
    leidas = celdas(respuesta, formato)
    assert not [celda for celda in leidas if str(celda).lstrip()[:1] in set("=+-@")]
    if reporte in {"site_history", "aging_pages"} and formato == "csv":
        assert "'=1+1" in leidas


@pytest.mark.django_db
@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_a_list_of_accounts(entrar, administradora, formato):
    """A present or future view with names of its own: the rule is of the mixin, not of each view."""
    gente.crear_cuenta("=cmd|x", first_name="=1+1", last_name="@SUM(A1)")

    class Lista(SpreadsheetExportMixin):
        list_export = ["username", "first_name", "last_name", "pk"]
        export_headings = {"username": "=titulo"}

    from django.contrib.auth import get_user_model

    respuesta = Lista().as_spreadsheet(get_user_model().objects.order_by("-pk")[:1], formato)
    leidas = celdas(respuesta, formato)
    assert {"'=titulo", "'=cmd|x", "'=1+1", "'@SUM(A1)"} <= set(leidas)
    assert str(get_user_model().objects.latest("pk").pk) in {str(celda) for celda in leidas}


def exportadoras(resolutor=None, prefijo: str = ""):
    """Every screen of the editor that gives a file, registered by Wagtail, by us or by another app."""
    for patron in (resolutor or get_resolver()).url_patterns:
        ruta = prefijo + str(patron.pattern)
        if isinstance(patron, URLResolver):
            yield from exportadoras(patron, ruta)
        elif issubclass(getattr(patron.callback, "view_class", object), SpreadsheetExportMixin):
            yield ruta, patron.callback.view_class


def test_no_screen_of_the_editor_goes_around_the_rule():
    """It is of the mixin: whoever writes a cell in another way would have a formula run."""
    halladas = dict(exportadoras())
    assert {"admin/users/", "admin/reports/site-history/"} <= set(halladas), sorted(halladas)
    for ruta, vista in halladas.items():
        for nombre in ("write_csv_row", "generate_xlsx_row", "preprocess_field_value", "get_heading", "as_spreadsheet"):
            assert getattr(vista, nombre) is getattr(SpreadsheetExportMixin, nombre), f"{ruta}: {nombre}"
