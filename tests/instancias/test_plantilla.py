"""The sheet to fill: what it offers, what is in it, and that it opens again in the upload without a question."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from instancias import padron
from instancias.models import Asiento, Institucion
from instancias.padron.lectura.leer import leer
from instancias.padron.revision import banco
from tests import gente
from tests.instancias.mesas import AHORA, ENERO, PROVINCIA, persona, quienes, sentada
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.usefixtures("provincia"), pytest.mark.un_motor]


@pytest.fixture(autouse=True)
def _es_noviembre(time_machine):
    time_machine.move_to(AHORA)


@pytest.fixture
@hecho_una_vez
def luyando(provincia):
    """Somebody on some of the seats of the district, one with a first zero and one with an institution."""
    asientos = list(Asiento.objects.exigidos().filter(instancia__territorio="100605").order_by("tipo__orden"))
    municipalidad = Institucion.objects.create(nombre="Municipalidad Distrital de Luyando", sector="municipal")
    asientos[0].institucion = municipalidad
    asientos[0].save()
    sentada(asientos[0], persona("04000101", "Ñuflo", "D’Angelo Pérez-Luna", celular="987654321"))
    sentada(asientos[0], persona("40000102", "María del Pilar", "De la Cruz"), "alterno")
    sentada(asientos[2], persona("40000103", "Rosa", "Quispe Huamán"))
    return asientos


@pytest.fixture
@hecho_una_vez
def cem(luyando, entrar):
    return entrar(gente.crear_coordinacion("cem-p", "1006"))


def bajar(cliente, consulta: str = "lugar=100605") -> bytes:
    respuesta = cliente.get(f"/panel/importar/plantilla.xlsx?{consulta}")
    assert respuesta.status_code == 200 and respuesta["Cache-Control"] == "no-store"
    return respuesta.content


def revisar(contenido: bytes):
    return padron.revisar(
        nombre="hoja.xlsx", contenido=contenido, esquema="inei", alcance=PROVINCIA, por=None, ahora=timezone.now()
    )


def test_it_has_a_row_for_each_seat_and_quality_with_lists_to_choose_from(cem, luyando):
    libro = load_workbook(io.BytesIO(bajar(cem)))
    hoja = libro.worksheets[0]
    filas = list(hoja.iter_rows(min_row=2, max_col=12, values_only=True))
    con_asiento = [fila for fila in filas if fila[6]]
    assert len(con_asiento) == 2 * len(luyando) and hoja.freeze_panes == "A2"
    assert con_asiento[0][:4] == ("04000101", "Ñuflo", "D’Angelo Pérez-Luna", "987654321")
    assert hoja["A2"].number_format == hoja["L2"].number_format == "@"
    reglas = {str(regla.sqref).split(":")[0]: regla for regla in hoja.data_validations.dataValidation}
    assert set(reglas) == {"E2", "F2", "G2", "I2"} and all(r.type == "list" for r in reglas.values())
    assert libro.worksheets[1].sheet_state == "hidden"


def test_uploaded_again_as_it_is_it_asks_nothing_and_changes_nothing(cem, luyando):
    contenido = bajar(cem)
    planilla = leer(nombre="integrantes.xlsx", contenido=contenido)
    assert planilla.columnas_ignoradas == [] and len(planilla.filas) == 3
    importacion = revisar(contenido)
    assert [(f.accion, f.problemas) for f in importacion.filas.all()] == [("igual", [])] * 3


def test_a_foreigner_s_card_is_read_again_as_one(cem, luyando):
    sentada(luyando[2], persona("001234567", "Yenny", "Rivas Gil", tipo_de_documento="ce"), "alterno")
    importacion = revisar(bajar(cem))
    assert [(f.accion, f.problemas) for f in importacion.filas.all()] == [("igual", [])] * 4


def test_filled_it_seats_them_without_a_question(cem, luyando):
    libro = load_workbook(io.BytesIO(bajar(cem, "lugar=1006&lugar=100605")))
    hoja = libro.worksheets[0]
    llenas = 0
    for numero, fila in enumerate(hoja.iter_rows(min_row=2, max_col=4), start=2):
        if hoja.cell(numero, 7).value and not fila[0].value:
            apellidos = f"Tello {'ABCDEFGHIJ'[numero // 10 % 10]}{'aeiourlmns'[numero % 10]}"
            for celda, valor in zip(fila, (f"4700{numero:04}", "Inés", apellidos, ""), strict=True):
                celda.value = valor
            llenas += 1
    salida = io.BytesIO()
    libro.save(salida)
    importacion = revisar(salida.getvalue())
    assert [(f.fila, f.detalles) for f in importacion.filas.all() if f.accion == "rechazar"] == []
    assert padron.confirmar(importacion_id=importacion.pk, alcance=PROVINCIA, ahora=timezone.now())["crear"] == llenas


def test_of_those_who_come_it_brings_the_day_and_nobody(cem, luyando):
    libro = load_workbook(io.BytesIO(bajar(cem, "desde=2027-01-01&calidad=titular&lugar=100605")))
    hoja = libro.worksheets[0]
    assert hoja["A2"].value in ("", None) and hoja["L2"].value == "01/01/2027"
    for columna, valor in enumerate(("40000109", "Inés", "Tello Ponce"), start=1):
        hoja.cell(2, columna).value = valor
    salida = io.BytesIO()
    libro.save(salida)
    importacion = revisar(salida.getvalue())
    banco.declarar_relevo(importacion_id=importacion.pk, releva=True, alcance=PROVINCIA, ahora=timezone.now())
    assert importacion.filas.get().accion == "relevar"
    padron.confirmar(importacion_id=importacion.pk, alcance=PROVINCIA, ahora=timezone.now())
    assert "40000109" in quienes(ENERO) and "04000101" not in quienes(ENERO)


def test_a_coordinator_gets_only_the_seats_of_the_place(luyando, entrar):
    ajena = entrar(gente.crear_coordinacion("coordina-a", "100602"))
    libro = load_workbook(io.BytesIO(bajar(ajena, "lugar=100605")))
    textos = {str(celda) for hoja in libro for fila in hoja.iter_rows(values_only=True) for celda in fila if celda}
    assert "04000101" not in textos and "Luyando" not in textos


def test_a_sheet_too_long_to_wait_for_is_asked_for_by_parts(cem, monkeypatch):
    monkeypatch.setattr("instancias.views.plantilla.LARGO", 10)
    respuesta = cem.get("/panel/importar/plantilla.xlsx", follow=True)
    assert "Bájela por partes" in respuesta.text and respuesta["Content-Type"].startswith("text/html")
    monkeypatch.setattr("instancias.views.plantilla.LARGO", 2000)
    assert cem.get("/panel/importar/plantilla.xlsx?lugar=100605")["Cache-Control"] == "no-store"
