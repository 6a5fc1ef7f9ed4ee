"""Sheets made to cost: each ends in a sentence, in a process of its own, and the pages never pay for it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable

import pytest

from instancias.padron import ErrorDeArchivo
from instancias.padron.lectura import aparte
from instancias.padron.lectura.aparte import GUION, CuestaDemasiado, leer_aparte
from instancias.padron.lectura.leer import leer
from tests.instancias.hojas import fila, hoja
from tests.instancias.test_padron_archivos import BUENA, con_parte

pytestmark = pytest.mark.un_motor

CABEZA = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
TEXTOS = '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.fixture(autouse=True)
def lector_de_hojas() -> None:
    """Each file is read in a process of its own, as on the site."""


def con_textos(cuantos: int) -> bytes:
    """The good sheet with so many shared strings that it never uses: 117 KB that were 371 MB and four minutes."""
    with zipfile.ZipFile(io.BytesIO(BUENA)) as paquete:
        tipos = paquete.read("[Content_Types].xml").decode()
    if "sharedStrings" not in tipos:
        tipo = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        tipos = tipos.replace("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{tipo}"/></Types>')
    destino = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BUENA)) as origen, zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as copia:
        for entrada in origen.namelist():
            if entrada not in {"[Content_Types].xml", "xl/sharedStrings.xml"}:
                copia.writestr(entrada, origen.read(entrada))
        copia.writestr("[Content_Types].xml", tipos)
        copia.writestr("xl/sharedStrings.xml", TEXTOS + "<si><t>a</t></si>" * cuantos + "</sst>")
    return destino.getvalue()


def con_hoja(cuerpo: str) -> bytes:
    return con_parte("xl/worksheets/sheet1.xml", f"{CABEZA}<sheetData>{cuerpo}</sheetData></worksheet>".encode())


def con_muchas_entradas() -> bytes:
    destino = io.BytesIO(con_parte("xl/styles.xml", None))
    with zipfile.ZipFile(destino, "a") as paquete:
        for n in range(300):
            paquete.writestr(f"xl/media/{n}.bin", b"")
    return destino.getvalue()


# Made when they are tried: whoever only looks for what there is to try does not compress two hundred megabytes.
COSTOSAS: dict[str, Callable[[], bytes]] = {
    "textos compartidos": lambda: con_textos(2_800_000),
    "celdas": lambda: con_hoja("<row>" + "<c/>" * 7_000_000 + "</row>"),
    "filas": lambda: con_hoja("<row/>" * 7_000_000),
    "descomprimida": lambda: con_hoja(" " * (61 * 1024 * 1024)),
    "muchas entradas": con_muchas_entradas,
}


@pytest.mark.parametrize("cual", COSTOSAS)
def test_a_small_file_that_is_huge_inside_is_refused_before_it_is_understood(cual):
    contenido = COSTOSAS[cual]()
    assert len(contenido) < 512 * 1024
    with pytest.raises(ErrorDeArchivo) as dicho:
        leer(nombre="lista.xlsx", contenido=contenido)
    assert dicho.value.codigo == "muy_grande"
    assert "Copie solo la lista de personas en una hoja nueva" in str(dicho.value)


def test_a_row_far_away_and_a_wide_row_cost_nothing():
    for cuerpo in ('<row r="900000000"><c r="A900000000"/></row>', '<row r="1"><c r="XFD1"><v>1</v></c></row>'):
        with pytest.raises(ErrorDeArchivo) as dicho:
            leer(nombre="lista.xlsx", contenido=con_hoja(cuerpo))
        assert dicho.value.codigo in {"vacio", "sin_columnas"}


@pytest.mark.parametrize(
    ("contenido", "codigo"),
    [
        (b"a;b\n" * 1_000_000, "demasiadas_filas"),
        (b";" * 4_000_000, "vacio"),
        (b"DNI;Nombres\n" + b"x" * 4_000_000, "mal_escrito"),
    ],
)
def test_a_csv_made_to_cost_is_refused_in_words(contenido, codigo):
    with pytest.raises(ErrorDeArchivo) as dicho:
        leer(nombre="lista.csv", contenido=contenido)
    assert dicho.value.codigo == codigo


def test_a_reader_that_takes_too_long_is_ended_and_the_next_one_is_read(monkeypatch, tmp_path):
    lento = tmp_path / "lento.py"
    lento.write_text("import sys\nsys.stdin.buffer.read()\nwhile True: pass\n")
    monkeypatch.setattr(aparte, "SEGUNDOS", 1)
    monkeypatch.setattr(aparte, "GUION", lento)
    for _vez in range(3):  # more than are read at once: each one leaves its place
        with pytest.raises(CuestaDemasiado):
            leer_aparte(extension="csv", contenido=b"a")
        with pytest.raises(ErrorDeArchivo):
            leer(nombre="lista.csv", contenido=b"a")
    monkeypatch.undo()
    assert leer(nombre="lista.xlsx", contenido=BUENA).filas


def test_the_reader_bounds_itself_where_the_system_can(tmp_path):
    pytest.importorskip("resource")
    dicho = subprocess.run([sys.executable, "-I", "-c", PRUEBA, str(GUION)], capture_output=True, text=True, check=True)
    assert dicho.stdout.split() == ["20", str(768 * 1024 * 1024), "MemoryError"]


PRUEBA = """
import resource, runpy, sys
celdas = runpy.run_path(sys.argv[1])
celdas["_limitar"]()
print(resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0])
try:
    bytearray(900 * 1024 * 1024)
except MemoryError:
    print("MemoryError")
"""


def test_the_largest_list_that_is_taken_still_is():
    apellidos = ["Quispe " + "ABCDEFGHIJ"[n % 10] for n in range(20_000)]
    grande = hoja(*(fila(DNI=f"4{n:07}", Apellidos=apellidos[n]) for n in range(20_000)))
    leida = leer(nombre="lista.xlsx", contenido=grande)
    assert len(leida.filas) == 20_000 and leida.filas[-1]["documento"] == "40019999"
    assert not leida.columnas_ignoradas
