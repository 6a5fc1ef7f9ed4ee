"""Lists shaped as those of town halls: side by side, in two lines of headings, by sheets, with notes and totals."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook

from instancias.padron.celdas import leer_celdas
from instancias.padron.lectura.leer import Planilla, hojas_dichas, ordenar

pytestmark = pytest.mark.un_motor

LUGARES = {"luyando": "Luyando", "pucayacu": "Pucayacu"}


def lugar_de(texto: str) -> str:
    return LUGARES.get(texto.lower().removeprefix("distrito de "), "")


def libro(hojas: dict[str, list[list[Any]]], *, unidas: tuple[str, ...] = ()) -> bytes:
    """A workbook with these sheets; the ranges are merged in the first one."""
    hecho = Workbook()
    hecho.remove(hecho.active)
    for nombre, filas in hojas.items():
        pagina = hecho.create_sheet(nombre)
        for valores in filas:
            pagina.append(valores)
    for rango in unidas:
        hecho.worksheets[0].merge_cells(rango)
    destino = io.BytesIO()
    hecho.save(destino)
    return destino.getvalue()


def leer(filas: list[list[Any]] | dict[str, list[list[Any]]], *, unidas: tuple[str, ...] = (), **lo_demas) -> Planilla:
    hojas = filas if isinstance(filas, dict) else {"Luyando": filas}
    return ordenar(hojas_dichas(leer_celdas("xlsx", libro(hojas, unidas=unidas))), lugar_de=lugar_de, **lo_demas)


def columnas(planilla: Planilla, *claves: str) -> list[tuple]:
    return [tuple(fila.get(clave, "") for clave in claves) for fila in planilla.filas]


RESOLUCION = [
    ["MUNICIPALIDAD DISTRITAL"],
    ["R.A. N.° 045-2026"],
    [],
    ["N°", "INSTITUCIÓN", "REPRESENTANTE TITULAR", "DNI", "CELULAR", "REPRESENTANTE ALTERNO", "DNI", "CELULAR"],
    [1, "Comisaría", "ROSA QUISPE HUAMÁN", 40000101, "962000001", "ÑUFLO PEÑA NÚÑEZ", 40000202, "962000002"],
    [2, "Puesto de Salud", "ÉDGAR DE LA CRUZ RÍOS", 40000303, "", "VACANTE", "", ""],
]
LADO_A_LADO = [
    ("40000101", "ROSA", "QUISPE HUAMÁN", "titular", "Comisaría", "962000001"),
    ("40000202", "ÑUFLO", "PEÑA NÚÑEZ", "alterno", "Comisaría", "962000002"),
    ("40000303", "ÉDGAR", "DE LA CRUZ RÍOS", "titular", "Puesto de Salud", ""),
]
CLAVES = ("documento", "nombres", "apellidos", "calidad", "institucion", "celular")


def test_titular_and_alterno_side_by_side_become_two_rows_with_their_seat_and_district():
    planilla = leer(RESOLUCION)
    assert columnas(planilla, *CLAVES) == LADO_A_LADO
    assert {fila["distrito"] for fila in planilla.filas} == {"Luyando"}
    assert [fila["asiento"] for fila in planilla.filas] == ["Comisaría", "Comisaría", "Puesto de Salud"]
    assert all(fila["nombre_por_confirmar"] for fila in planilla.filas)


@pytest.mark.parametrize("unidas", [("C1:E1", "F1:H1", "A1:A2", "B1:B2"), ()], ids=["unidas", "sin unir"])
def test_headings_in_two_lines_say_of_whom_each_column_is(unidas):
    filas = [
        ["N°", "INSTITUCIÓN", "TITULAR", "", "", "ALTERNO", "", ""],
        ["", "", "Apellidos y nombres", "DNI", "Celular", "Apellidos y nombres", "DNI", "Celular"],
        [1, "Comisaría", "QUISPE HUAMÁN ROSA", "40000101", "962000001", "PEÑA NÚÑEZ ÑUFLO", "40000202", "962000002"],
        [2, "Puesto de Salud", "DE LA CRUZ RÍOS ÉDGAR", "40000303", "", "", "", ""],
    ]
    assert columnas(leer(filas, unidas=unidas), *CLAVES) == LADO_A_LADO


def test_a_document_before_each_name_is_of_that_name():
    titulos = ["Institución", "DNI", "Titular", "DNI", "Alterno"]
    filas = [titulos, ["PNP", "40000101", "Rosa Quispe", "40000202", "Elsa Ríos"]]
    assert columnas(leer(filas), "documento", "apellidos", "calidad") == [
        ("40000101", "Quispe", "titular"),
        ("40000202", "Ríos", "alterno"),
    ]


TITULOS = ["DNI", "Apellidos y nombres", "Asiento", "Condición"]
ROSA = ["40000101", "QUISPE HUAMÁN, ROSA", "IDC-03", "titular"]
ELSA = ["40000202", "RÍOS TELLO, ELSA", "IDC-03", "alterno"]


def test_a_cover_is_passed_over_and_a_sheet_for_each_district_gives_the_district():
    planilla = leer(
        {
            "Portada": [["INSTANCIA DISTRITAL DE CONCERTACIÓN"], ["Padrón 2026"]],
            "LUYANDO": [TITULOS, ROSA],
            "Pucayacu": [["Miembros"], TITULOS, ELSA],
        }
    )
    assert columnas(planilla, "hoja", "fila", "documento", "distrito") == [
        ("LUYANDO", 2, "40000101", "Luyando"),
        ("Pucayacu", 3, "40000202", "Pucayacu"),
    ]
    assert planilla.hojas == ["LUYANDO", "Pucayacu"]


def test_a_line_between_rows_names_the_district_of_those_below():
    filas = [TITULOS, ["DISTRITO DE LUYANDO"], ROSA, ["DISTRITO DE PUCAYACU"], ELSA]
    planilla = leer({"Hoja1": filas}, dichas=frozenset({"distrito"}))
    assert columnas(planilla, "documento", "distrito") == [("40000101", "Luyando"), ("40000202", "Pucayacu")]


def test_what_is_no_person_is_left_out_and_counted_by_why():
    filas = [
        ["N°", *TITULOS],
        [1, *ROSA],
        [],
        ["N°", *TITULOS],
        [2, *ELSA],
        [3, "", "", "IDC-07", "titular"],
        [4, "", "VACANTE", "IDC-07", "alterno"],
        ["", "", "TOTAL", 2, ""],
        ["", "Nota: lista actualizada por la secretaría técnica", "", "", ""],
        ["", "", "", "", "Firma del alcalde"],
    ]
    planilla = leer(filas)
    assert [fila["documento"] for fila in planilla.filas] == ["40000101", "40000202"]
    assert planilla.omitidas == {"blanca": [3], "titulos": [4], "sin_persona": [6, 7], "total": [8], "nota": [9, 10]}


def test_a_seat_merged_over_two_rows_is_of_both():
    filas = [["Asiento", "Institución", "DNI", "Nombres", "Apellidos", "Calidad"]]
    filas += [["IDC-03", "Comisaría", "40000101", "Rosa", "Quispe", "titular"]]
    filas += [["", "", "40000202", "Elsa", "Ríos", "alterno"]]
    filas += [["", "", "40000303", "Édgar", "Tello", "alterno"]]
    unida = leer(filas, unidas=("A2:A3", "B2:B3"))
    assert columnas(unida, "asiento", "institucion") == [("IDC-03", "Comisaría")] * 2 + [("", "")]
    assert "notas" not in unida.filas[1]
    # Pasted, or in a format that does not tell what is merged: the alterno goes with the titular above, and it is said.
    pegada = leer(filas)
    assert columnas(pegada, "asiento", "institucion") == [("IDC-03", "Comisaría")] * 2 + [("", "")]
    assert "se tomó el de la fila 2" in pegada.filas[1]["notas"][0]["texto"]


def test_headings_far_below_and_those_of_a_web_form_are_understood():
    filas = [[f"Considerando {n}"] for n in range(24)]
    filas.append(
        [
            "Marca temporal",
            "Dirección de correo electrónico",
            "Escriba su número de DNI",
            "Escriba sus nombres completos",
            "Apellido paterno",
            "Apellido materno",
            "¿A qué institución representa?",
            "¿Es titular o alterno?",
            "N° de celular",
            "Fecha de designación",
        ]
    )
    de_rosa = ["28/11/2026 10:03", "r@x.pe", "40000101", "Rosa Elena", "Quispe", "De la Cruz", "PNP", "Titular"]
    filas.append([*de_rosa, "9620", "1/3/26"])
    planilla = leer(filas)
    claves = ("fila", "documento", "nombres", "apellidos", "institucion", "calidad", "celular", "desde", "correo")
    assert columnas(planilla, *claves) == [
        (26, "40000101", "Rosa Elena", "Quispe De la Cruz", "PNP", "Titular", "9620", "1/3/26", "r@x.pe")
    ]
    assert planilla.columnas_ignoradas == ["Marca temporal"]


def test_two_people_in_one_cell_are_two_rows_when_each_has_a_document_and_a_name():
    titulos = ["DNI", "Nombres", "Apellidos", "Asiento", "Calidad", "Celular"]
    dos = ["40000101 / 40000202", "Rosa / Elsa", "Quispe / Ríos", "IDC-03", "Titular / Alterno", "962000001"]
    planilla = leer([titulos, dos])
    assert columnas(planilla, "documento", "nombres", "apellidos", "calidad", "celular") == [
        ("40000101", "Rosa", "Quispe", "Titular", ""),
        ("40000202", "Elsa", "Ríos", "Alterno", ""),
    ]


@pytest.mark.parametrize(
    ("documento", "nombres"),
    [("40000101 / 40000202", "Rosa"), ("40000101", "Rosa / Elsa"), ("40000101 40000202 40000303", "Rosa / Elsa")],
)
def test_two_people_that_cannot_be_told_apart_are_one_row_that_says_so(documento, nombres):
    titulos = ["DNI", "Nombres", "Apellidos", "Asiento", "Calidad"]
    planilla = leer([titulos, [documento, nombres, "Ríos", "PNP", "titular"]])
    assert len(planilla.filas) == 1
    assert "más de una persona" in planilla.filas[0]["problemas"][0]["texto"]
