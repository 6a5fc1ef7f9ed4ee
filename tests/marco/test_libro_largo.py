"""The writer of long workbooks: what it writes is what another program reads."""

from __future__ import annotations

import csv
import datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from marco.formulas import texto_seguro
from marco.libro_largo import LibroLargo, PlanillaLarga, _letras
from seguimiento.informes.salida import en_texto, lineas
from tests.motores import ejemplos

pytestmark = pytest.mark.un_motor
TEXTOS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
VALORES = st.one_of(st.none(), st.integers(-(10**9), 10**9), TEXTOS)


def ida_y_vuelta(*planillas: tuple[str, list]) -> dict:
    salida = BytesIO()
    with LibroLargo() as libro:
        libro.encabezado = "Al 1 & 2 < 3"
        hechas = [
            PlanillaLarga(libro, titulo, [(f"Columna {n}", 12) for n in range(3)]) for titulo, _filas in planillas
        ]
        for planilla, (_titulo, filas) in reversed(list(zip(hechas, planillas, strict=True))):
            for fila in filas:
                planilla.agregar(fila)
        libro.guardar(salida)
    return {una.title: una for una in load_workbook(salida)}


def test_days_hours_numbers_and_texts_are_read_back_as_what_they_are():
    dia, hora = datetime.date(2026, 2, 28), datetime.datetime(2026, 11, 3, 4, 30, tzinfo=datetime.UTC)
    planilla = ida_y_vuelta(("Una", [["01234567", dia, hora], [True, 3.5, 7], [None, "", "fin"]]))["Una"]
    filas = list(planilla.iter_rows(min_row=2, values_only=True))
    assert filas[0] == ("01234567", datetime.datetime(2026, 2, 28), datetime.datetime(2026, 11, 2, 23, 30))
    assert filas[1:] == [("Sí", 3.5, 7), (None, None, "fin")]
    assert (planilla["A2"].data_type, planilla["A2"].number_format) == ("s", "@")
    assert planilla.freeze_panes == "A2" and planilla["A1"].font.bold
    assert planilla.column_dimensions["B"].width == 12 and planilla.oddHeader.center.text == "Al 1 & 2 < 3"


def test_its_sheets_stay_in_the_order_in_which_they_began():
    libro = ida_y_vuelta(("Una [1]", [["a"]]), ("Otra", [["b"]] * 1200))
    assert list(libro) == ["Una  1 ", "Otra"]
    assert libro["Otra"].max_row == 1201


@settings(max_examples=ejemplos(40))
@given(st.lists(st.tuples(st.integers(0, 9), VALORES, VALORES), min_size=1, max_size=5))
def test_any_text_arrives_and_none_runs(filas):
    leidas = ida_y_vuelta(("Una", filas))["Una"]
    for fila, leida in zip(filas, leidas.iter_rows(min_row=2), strict=True):
        for valor, celda in zip(fila, leida, strict=True):
            assert celda.data_type != "f"
            esperado = texto_seguro(valor) if isinstance(valor, str) else valor
            assert celda.value == (esperado or None if isinstance(esperado, str) else esperado)


def test_columns_are_named_as_a_spreadsheet_names_them():
    assert [_letras(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_a_heading_is_as_safe_as_a_cell():
    salida = BytesIO()
    with LibroLargo() as libro:
        PlanillaLarga(libro, "Una\x0b", [("Módulo\x0b 1", 12), ("=1+1", 12)]).agregar([1, 2])
        libro.guardar(salida)
    (planilla,) = load_workbook(salida)
    assert [celda.value for celda in planilla[1]] == ["Módulo 1", "'=1+1"]
    assert planilla.title == "Una "


def test_what_a_sheet_does_not_hold_goes_on_in_another_one_beside_it(monkeypatch):
    monkeypatch.setattr("marco.libro_largo.FILAS", 3)
    libro = ida_y_vuelta(("Una con un nombre que casi no cabe", [[n] for n in range(5)]), ("Otra", [["b"]]))
    assert list(libro) == [
        "Una con un nombre que casi no c",
        *(f"Una con un nombre que casi  ({n})" for n in (2, 3)),
        "Otra",
    ]
    filas = [[fila[0] for fila in una.iter_rows(values_only=True)] for una in libro.values()]
    assert filas == [["Columna 0", 0, 1], ["Columna 0", 2, 3], ["Columna 0", 4], ["Columna 0", "b"]]


MOMENTOS = st.datetimes(datetime.datetime(1990, 1, 1), timezones=st.just(datetime.UTC))
DE_UN_INFORME = st.one_of(
    st.none(), st.booleans(), TEXTOS, st.sampled_from(['a "b", c', "\n", "=1,2", ""]), st.dates(), MOMENTOS
)


@settings(max_examples=ejemplos(60))
@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(DE_UN_INFORME, min_size=n, max_size=n), max_size=6)))
def test_the_lines_of_a_csv_are_those_that_python_writes(filas):
    esperado = StringIO(newline="")
    celdas = ([texto_seguro(en_texto(celda)) for celda in fila] for fila in filas)
    csv.writer(esperado, lineterminator="\r\n").writerows(celdas)
    assert lineas(filas) == esperado.getvalue()


def test_a_repeated_word_is_written_as_the_first_time():
    filas = [["A & B", "0071", "=1", "palabra"]] * 3
    leidas = ida_y_vuelta(("Una", [fila[:3] for fila in filas]))["Una"]
    assert {tuple(celda.value for celda in fila) for fila in leidas.iter_rows(min_row=2)} == {("A & B", "0071", "'=1")}
    assert {celda.number_format for celda in leidas["B"][1:]} == {"@"}
