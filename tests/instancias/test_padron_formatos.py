"""One list, written as offices write them: every format, mark and encoding is read the same, or refused in words."""

from __future__ import annotations

import datetime
import io
import zipfile
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from instancias.padron import ErrorDeArchivo
from instancias.padron.celdas import leer_celdas
from instancias.padron.lectura.leer import hojas_dichas, leer, ordenar
from tests.instancias.hojas import TITULOS, fila, hoja

pytestmark = pytest.mark.un_motor

MUESTRAS = Path(__file__).with_name("muestras")
GENTE = [
    fila(),
    fila(DNI="40000202", Nombres="Ñuflo", Apellidos="Peña Núñez", Calidad="alterno"),
    fila(DNI="40000303", Nombres="Édgar", Apellidos="Quispe, Ríos", Institución='Club "Íntimo"; | sede'),
]
ESPERADAS = [dict(zip(TITULOS, una, strict=True)) for una in GENTE]


@pytest.fixture(autouse=True)
def lector_de_hojas() -> None:
    """Each file is read in a process of its own, as on the site."""


def leidas(extension: str, contenido: bytes) -> list[dict]:
    """The rows of a file, read here: each one in a process of its own would try nothing more."""
    filas = ordenar(hojas_dichas(leer_celdas(extension, contenido))).filas
    return [
        {
            "DNI": f["documento"],
            "Nombres": f["nombres"],
            "Apellidos": f["apellidos"],
            "Celular": f["celular"],
            "Distrito": f["distrito"],
            "Asiento": f["asiento"],
            "Calidad": f["calidad"],
            "Institución": f["institucion"],
        }
        for f in filas
    ]


def como_texto(separador: str, fin: str = "\r\n") -> str:
    def celda(valor: str) -> str:
        return '"{}"'.format(valor.replace('"', '""')) if set(valor) & {separador, '"'} else valor

    return fin.join(separador.join(celda(valor) for valor in una) for una in [TITULOS, *GENTE]) + fin


def como_ods(*filas: list[str], hoja: str = "Hoja1") -> bytes:
    """An OpenDocument sheet, as small as one can be."""
    celdas = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{v}</text:p></table:table-cell>' for v in una)
        + "</table:table-row>"
        for una in filas
    )
    nombres = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table")
    )
    destino = io.BytesIO()
    with zipfile.ZipFile(destino, "w") as paquete:
        paquete.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        paquete.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {nombres}><office:body><office:spreadsheet>'
            f'<table:table table:name="{hoja}">{celdas}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        paquete.writestr("META-INF/manifest.xml", "<manifest/>")
    return destino.getvalue()


def como_pagina() -> bytes:
    def celdas(una: list[str]) -> str:
        return "".join(f"<td>{escape(valor)}</td>" for valor in una)

    cuerpo = "".join(f"<tr>{celdas(una)}</tr>" for una in [TITULOS, *GENTE])
    return f'<html><meta charset="utf-8"><body><table border="1">{cuerpo}</table></body></html>'.encode()


CODIGOS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman", "cp850"]


@settings(max_examples=60, deadline=None)
@given(
    separador=st.sampled_from(",;\t|"),
    codigo=st.sampled_from(CODIGOS),
    fin=st.sampled_from(["\n", "\r\n", "\r"]),
    titulo=st.sampled_from(["", "Directorio de la instancia, Luyando, 2026", "PADRÓN; año 2026"]),
)
def test_one_list_reads_the_same_with_any_mark_and_any_encoding(separador, codigo, fin, titulo):
    texto = (f"{titulo}{fin}{separador * 7}{fin}" if titulo else "") + como_texto(separador, fin)
    assert leidas("csv", texto.encode(codigo)) == ESPERADAS


@pytest.mark.parametrize(
    ("nombre", "contenido"),
    [
        ("lista.xlsx", hoja(*GENTE)),
        ("lista.xlsm", hoja(*GENTE)),
        ("lista.ods", como_ods(TITULOS, *GENTE)),
        ("lista.xls", como_pagina()),
        ("lista.txt", como_texto("\t").encode()),
        ("lista", b"\xff\xfe" + como_texto("\t").encode("utf-16-le")),
        ("lista.csv", hoja(*GENTE)),
    ],
    ids=["xlsx", "xlsm", "ods", "pagina", "texto", "sin nombre", "xlsx que dice csv"],
)
def test_one_list_reads_the_same_in_every_format(nombre, contenido):
    # Here in the process of its own, as a person's file is.
    planilla = leer(nombre=nombre, contenido=contenido)
    assert [f["documento"] for f in planilla.filas] == ["40000101", "40000202", "40000303"]
    assert [f["apellidos"] for f in planilla.filas] == ["Quispe Huamán", "Peña Núñez", "Quispe, Ríos"]
    assert planilla.filas[2]["institucion"] == 'Club "Íntimo"; | sede'


def test_an_old_excel_is_read_with_its_dates_and_merged_cells():
    # Made once with xlwt: numbers as numbers, a date, and the seat merged over the titular and the alterno.
    planilla = leer(nombre="lista.xls", contenido=(MUESTRAS / "antigua.xls").read_bytes())
    assert [(f["documento"], f["asiento"], f["desde"]) for f in planilla.filas] == [
        ("40000101", "IDC-03", "2026-03-12"),
        ("40000202", "IDC-03", "2026-03-13"),
    ]


def test_what_somebody_pastes_is_read_even_with_a_loose_quote():
    pegado = 'DNI\tNombres\tApellidos\tDistrito\tAsiento\tCalidad\n40000101\t"Rosa\tQuispe\tLuyando\tPNP\ttitular\n'
    filas = ordenar(hojas_dichas(leer_celdas("pegado", pegado.encode()))).filas
    assert (filas[0]["nombres"], filas[0]["calidad"]) == ('"Rosa', "titular")


def test_a_formula_counts_by_its_value_and_without_one_says_so():
    libro = Workbook()
    libro.active.append([*TITULOS, "Desde"])
    libro.active.append([*fila(), datetime.datetime(2026, 3, 12)])
    destino = io.BytesIO()
    libro.save(destino)

    def con_formula(celda: str) -> list[dict]:
        salida = io.BytesIO()
        with zipfile.ZipFile(destino) as origen, zipfile.ZipFile(salida, "w") as copia:
            for parte in origen.namelist():
                texto = origen.read(parte)
                if parte == "xl/worksheets/sheet1.xml":
                    # Two rows of nine titles and nine values: the name is the second cell of the second row.
                    inicio = texto.index(b'<c r="B2"')
                    fin = texto.index(b"</c>", inicio) + 4
                    texto = texto[:inicio] + celda.encode() + texto[fin:]
                copia.writestr(parte, texto)
        return leer(nombre="lista.xlsx", contenido=salida.getvalue()).filas

    calculada = con_formula('<c r="B2" t="str"><f>PROPER("ROSA")</f><v>Rosa</v></c>')
    assert (calculada[0]["nombres"], calculada[0]["desde"]) == ("Rosa", "2026-03-12")
    sin_valor = con_formula('<c r="B2"><f>PROPER("ROSA")</f><v></v></c>')
    assert sin_valor[0]["nombres"].startswith("=")


PAQUETE = io.BytesIO()
with zipfile.ZipFile(PAQUETE, "w") as _word:
    _word.writestr("word/document.xml", "<w/>")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("nombre", "contenido", "dice"),
    [
        ("lista.pdf", b"%PDF-1.7 lista", "copie la tabla y péguela"),
        ("lista.xlsx", b"%PDF-1.7 lista", "Es un PDF"),
        ("lista.jpg", b"\xff\xd8\xff\xe0 foto", "Es una foto"),
        ("lista.png", b"\x89PNG\r\n\x1a\n", "Es una foto"),
        ("lista.heic", b"\x00\x00\x00\x18ftypheic", "Es una foto"),
        ("acta.docx", PAQUETE.getvalue(), "copie la tabla de integrantes y péguela"),
        ("acta.doc", OLE + "WordDocument".encode("utf-16-le"), "copie la tabla de integrantes y péguela"),
        ("lista.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "tiene contraseña"),
        ("lista.xls", OLE, "está dañado"),
        ("lista.xls", b'<?xml version="1.0"?><Workbook/>', "guárdelo de nuevo como .xlsx"),
        ("lista.xls", b"<html><body>Ingrese su clave</body></html>", "sin ninguna tabla"),
        ("lista.xlsx", b"\x00\x01\x02\x03", "está dañado"),
        ("lista.csv", b" \r\n;;;\r\n", "está vacío"),
        ("lista.xlsx", hoja(titulos=[""]), "está vacío"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(nombre, contenido, dice):
    with pytest.raises(ErrorDeArchivo) as error:
        leer(nombre=nombre, contenido=contenido)
    assert dice in str(error.value)


def test_an_entity_that_would_unfold_is_refused_before_it_does():
    with zipfile.ZipFile(io.BytesIO(hoja(*GENTE))) as origen:
        partes = {nombre: origen.read(nombre) for nombre in origen.namelist()}
    bomba = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;">]>'
    partes["xl/sharedStrings.xml"] = bomba + b"<sst/>"
    destino = io.BytesIO()
    with zipfile.ZipFile(destino, "w") as copia:
        for nombre, contenido in partes.items():
            copia.writestr(nombre, contenido)
    assert leer_celdas("xlsx", destino.getvalue())["falta"] == "danado"
