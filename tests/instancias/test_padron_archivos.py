"""Damaged files: each is answered with a sentence beside the field, and leaves nothing saved."""

from __future__ import annotations

import io
import random
import warnings
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from instancias.models import ImportacionDePadron, Persona
from instancias.padron import ErrorDeArchivo
from instancias.padron.celdas import leer_celdas
from instancias.padron.lectura.leer import hojas_dichas, leer, ordenar
from tests import gente
from tests.instancias.hojas import fila, hoja, planeadas

pytestmark = pytest.mark.un_motor

TITULOS_CSV = "DNI;Nombres;Apellidos;Distrito;Asiento;Calidad;Institución"
FILA_CSV = "40000101;Rosa;Quispe;Luyando;PNP;titular;Comisaría"
BUENA = hoja(fila(), fila(DNI="40000202", Nombres="Elsa", Asiento="IDC-07"))
PARTES = (
    "xl/workbook.xml",
    "[Content_Types].xml",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/_rels/workbook.xml.rels",
)


@pytest.fixture(autouse=True)
def lector_de_hojas() -> None:
    """Each file is read in a process of its own, as on the site."""


def con_parte(nombre: str, cambio: bytes | None) -> bytes:
    """The good sheet with one part changed, or without it."""
    destino = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BUENA)) as origen, zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as copia:
        for entrada in origen.namelist():
            if entrada != nombre:
                copia.writestr(entrada, origen.read(entrada))
            elif cambio is not None:
                copia.writestr(entrada, cambio)
    return destino.getvalue()


def con_compresion_rota(nombre: str) -> bytes:
    """The good sheet with the compressed bytes of one part spoiled."""
    with zipfile.ZipFile(io.BytesIO(BUENA)) as paquete:
        entrada = paquete.getinfo(nombre)
    inicio = entrada.header_offset + 30 + len(entrada.filename)
    return BUENA[:inicio] + b"\xff" * entrada.compress_size + BUENA[inicio + entrada.compress_size :]


def cifrada() -> bytes:
    """The good sheet saying that its parts need a password."""
    marcada = bytearray(BUENA)
    posicion = marcada.find(b"PK\x01\x02")
    while posicion >= 0:
        marcada[posicion + 8] |= 1
        posicion = marcada.find(b"PK\x01\x02", posicion + 4)
    return bytes(marcada)


XLSX_ROTOS = {
    **{f"{parte} cortada": con_parte(parte, b'<?xml version="1.0"?><roto><sin') for parte in PARTES},
    **{f"{parte} que no es XML": con_parte(parte, b"hola") for parte in PARTES},
    **{f"{parte} mal comprimida": con_compresion_rota(parte) for parte in PARTES},
    **{f"sin {parte}": con_parte(parte, None) for parte in PARTES if parte != "xl/styles.xml"},
    "con clave": cifrada(),
    "cortado": BUENA[: len(BUENA) // 2],
}
CSV_ROTOS = {
    "solo la marca": (b"\xef\xbb\xbf", "El archivo está vacío"),
    "solo la marca y espacios": ("\ufeff \r\n\u00a0".encode(), "El archivo está vacío"),
    "comillas sin cerrar": (
        f'{TITULOS_CSV}\n{FILA_CSV}\n40000102;Elsa;"Tello;Luyando\n{FILA_CSV}\n'.encode(),
        "No se puede leer la fila 3: tiene comillas sin cerrar",
    ),
    "comillas sin cerrar al final": (f'{TITULOS_CSV}\n{FILA_CSV} "A"\n{FILA_CSV};"'.encode(), "la fila 3"),
    "comillas sin cerrar muy largas": (f'{TITULOS_CSV}\n"{FILA_CSV * 4000}'.encode(), "la fila 2"),
    "celda enorme": (f"{TITULOS_CSV}\n{FILA_CSV}{'x' * 140_000}\n".encode(), "la fila 2: tiene comillas sin cerrar o"),
}


@pytest.fixture
def subir(provincia, entrar):
    cem = entrar(gente.crear_coordinacion("cem-p", "1006"))

    def enviar(contenido: bytes, nombre: str):
        return cem.post("/panel/importar", {"archivo": SimpleUploadedFile(nombre, contenido), "esquema": "inei"})

    return enviar


def rechazada(respuesta, dice: str) -> None:
    assert respuesta.status_code == 422
    assert dice in respuesta.content.decode()
    assert not ImportacionDePadron.objects.exists()
    assert not Persona.objects.exists()


@pytest.mark.parametrize("cual", XLSX_ROTOS)
def test_a_damaged_excel_is_answered_beside_the_field(subir, cual):
    rechazada(subir(XLSX_ROTOS[cual], "lista.xlsx"), "guárdelo de nuevo")


@pytest.mark.parametrize("cual", CSV_ROTOS)
def test_a_damaged_csv_is_answered_beside_the_field(subir, cual):
    contenido, dice = CSV_ROTOS[cual]
    rechazada(subir(contenido, "lista.csv"), dice)


@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_whatever_ends_its_lines(subir, fin):
    texto = fin.join([TITULOS_CSV, FILA_CSV, f'40000102;Elsa;"Tello{fin}Ríos";Luyando;IDC-07;titular;'])
    assert subir(f"\ufeff{texto}".encode(), "lista.csv").status_code == 302
    importacion = ImportacionDePadron.objects.get()
    assert [f["leida"]["documento"] for f in planeadas(importacion)] == ["40000101", "40000102"]
    assert planeadas(importacion)[1]["leida"]["apellidos"] == "Tello Ríos"
    assert importacion.resumen["crear"] == 2


def test_quotes_within_a_cell_are_no_damage():
    filas = leer(nombre="l.csv", contenido=f'{TITULOS_CSV}\n{FILA_CSV} "El Sol"\n{FILA_CSV};"A ""B"""\n'.encode()).filas
    assert [f["institucion"] for f in filas] == ['Comisaría "El Sol"', "Comisaría"]


def test_an_array_formula_is_a_formula():
    libro = load_workbook(io.BytesIO(BUENA))
    libro.active["H2"] = ArrayFormula("H2", "=A1:A3")
    destino = io.BytesIO()
    libro.save(destino)
    assert leer(nombre="l.xlsx", contenido=destino.getvalue()).filas[0]["institucion"].startswith("=")


def _leer_o_rechazar(contenido: bytes, extension: str) -> None:
    """As the process of its own does, here: a thousand processes would try nothing more."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl says of a styles part that it skips
        try:
            assert ordenar(hojas_dichas(leer_celdas(extension, contenido))).filas
        except ErrorDeArchivo as error:
            assert str(error)


def _estropear(contenido: bytes, semilla: int, *, cortar: bool) -> bytes:
    azar = random.Random(semilla)
    roto = bytearray(contenido)
    for _ in range(azar.randint(1, 12)):
        roto[azar.randrange(len(roto))] = azar.randrange(256)
    return bytes(roto[: azar.randrange(len(roto))] if cortar else roto)


@settings(max_examples=150, deadline=None)
@given(semilla=st.integers(0, 2**32), cortar=st.booleans())
@example(semilla=0, cortar=True)
def test_bytes_flipped_or_cut_never_raise_anything_else(semilla, cortar):
    _leer_o_rechazar(_estropear(BUENA, semilla, cortar=cortar), "xlsx")


@settings(max_examples=150, deadline=None)
@given(semilla=st.integers(0, 2**32), parte=st.sampled_from(PARTES), cortar=st.booleans())
def test_a_part_spoiled_inside_a_sound_package_never_raises_anything_else(semilla, parte, cortar):
    # The sums of the ZIP are right here: the damage reaches the XML and the reader of sheets.
    with zipfile.ZipFile(io.BytesIO(BUENA)) as paquete:
        contenido = paquete.read(parte)
    _leer_o_rechazar(con_parte(parte, _estropear(contenido, semilla, cortar=cortar)), "xlsx")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | st.text('"\r\n;,\t\ufeffA1²٣', max_size=80).map(str.encode))
@example(b'"')
@example(b"\xef\xbb\xbf\r")
def test_any_bytes_as_csv_never_raise_anything_else(contenido):
    titulos = TITULOS_CSV.encode()
    for texto in (contenido, titulos + b"\n" + contenido, contenido + b"\r" + titulos):
        _leer_o_rechazar(texto, "csv")
