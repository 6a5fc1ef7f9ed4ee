"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods), by the value of their cells. No macro is ever looked at."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from .limpieza import MAXIMO_DE_FILAS_EN_TODO, MAXIMO_DE_HOJAS, Falta, Pliego

MAXIMO_DE_ENTRADAS = 200
MAXIMO_DESCOMPRIMIDO = 60 * 1024 * 1024
# Of a list of 20,000 people with every column there is, about 2,300,000; the rest is room.
MAXIMO_DE_ELEMENTOS = 3_000_000
TROZO = 1024 * 1024
SIN_CALCULAR = "={…}"
# A cell with a formula and nothing that somebody calculated: a program wrote the book and no sheet ever opened it.
SIN_VALOR = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
OFICINA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def de_libro(contenido: bytes, clase: str) -> list[dict[str, Any]]:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    sin_calcular: dict[str, list[tuple[int, int]]] = {}
    if clase in {"xlsx", "ods"}:
        with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
            _pesar(paquete)
            if clase == "xlsx" and "xl/workbook.xml" in paquete.namelist():
                sin_calcular = _sin_calcular(paquete)
    try:
        libro = CalamineWorkbook.from_filelike(io.BytesIO(contenido))
    except PasswordError as error:
        raise Falta("con_clave") from error
    hojas: list[dict[str, Any]] = []
    quedan = MAXIMO_DE_FILAS_EN_TODO
    for datos in libro.sheets_metadata[:MAXIMO_DE_HOJAS]:
        if datos.typ != SheetTypeEnum.WorkSheet:
            continue
        oculta = datos.visible != SheetVisibleEnum.Visible
        hoja = _hoja(libro.get_sheet_by_name(datos.name), datos.name, oculta=oculta, quedan=quedan)
        for fila, columna in sin_calcular.get(datos.name, ()):
            hoja.poner(fila, columna, SIN_CALCULAR)
        quedan -= len(hoja.filas)
        hojas.append(hoja.como_json())
    return hojas


def _hoja(leida: Any, nombre: str, *, oculta: bool, quedan: int) -> Pliego:
    hoja = Pliego(nombre, oculta=oculta)
    if leida.start is None:
        return hoja
    izquierda = leida.start[1]
    for valores in leida.iter_rows():
        if quedan <= 0 or not hoja.agregar(valores):
            hoja.cortada = True
            break
        quedan -= 1
    for (fila, columna), (hasta_fila, hasta_columna) in leida.merged_cell_ranges or ():
        if columna >= izquierda:
            hoja.unidas.append([fila, columna - izquierda, hasta_fila, hasta_columna - izquierda])
    return hoja


def _pesar(paquete: zipfile.ZipFile) -> None:
    """Refuse what unpacks too large or into too many pieces, or is not XML, before any of it is understood."""
    entradas = paquete.infolist()
    if any(entrada.flag_bits & 1 for entrada in entradas):
        raise Falta("con_clave")
    if len(entradas) > MAXIMO_DE_ENTRADAS or sum(e.file_size for e in entradas) > MAXIMO_DESCOMPRIMIDO:
        raise Falta("muy_grande_por_dentro")
    if "xl/workbook.xml" in paquete.namelist():
        paquete.getinfo("[Content_Types].xml")
    quedan = 2 * MAXIMO_DE_ELEMENTOS
    for entrada in entradas:
        quedan -= _pesar_parte(paquete, entrada, quedan)


def _pesar_parte(paquete: zipfile.ZipFile, entrada: zipfile.ZipInfo, quedan: int) -> int:
    """Return how many «<» a part has: one opens each element and each end of one, in UTF-8 and in UTF-16."""
    lector = expat.ParserCreate() if _es_de_la_hoja(entrada.filename) else None
    if lector:
        lector.StartDoctypeDeclHandler = _sin_entidades
    cuantos = 0
    with paquete.open(entrada) as parte:
        while trozo := parte.read(TROZO):
            cuantos += trozo.count(b"<")
            if cuantos > quedan:
                raise Falta("muy_grande_por_dentro")
            if lector:
                lector.Parse(trozo, False)
            if entrada.filename == "META-INF/manifest.xml" and b"encryption-data" in trozo:
                raise Falta("con_clave")
    if lector:
        lector.Parse(b"", True)
    return cuantos


def _es_de_la_hoja(nombre: str) -> bool:
    """Whether a part says what the cells are. Drawings and comments may be as they like."""
    return nombre in {"[Content_Types].xml", "content.xml"} or bool(
        re.fullmatch(r"xl/(?:worksheets/)?(?:_rels/)?[^/]+\.(?:xml|rels)", nombre)
    )


def _sin_entidades(*_datos: Any) -> None:
    raise Falta("danado")


def _sin_calcular(paquete: zipfile.ZipFile) -> dict[str, list[tuple[int, int]]]:
    """Return, by name of sheet, the cells whose formula nobody calculated."""
    libro = ElementTree.fromstring(paquete.read("xl/workbook.xml"))  # noqa: S314
    relaciones = ElementTree.fromstring(paquete.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    partes = {relacion.get("Id"): relacion.get("Target", "") for relacion in relaciones}
    encontradas: dict[str, list[tuple[int, int]]] = {}
    for hoja in libro.iterfind("{*}sheets/{*}sheet"):
        ruta = posixpath.normpath(posixpath.join("/xl", partes.get(hoja.get(OFICINA), ""))).lstrip("/")
        if ruta not in paquete.namelist():
            continue
        contenido = paquete.read(ruta)
        if b"<f" not in contenido and b":f" not in contenido:
            continue
        celdas = [(int(fila) - 1, _columna(letras)) for letras, fila in SIN_VALOR.findall(contenido)]
        encontradas[hoja.get("name", "")] = celdas
    return encontradas


def _columna(letras: bytes) -> int:
    numero = 0
    for letra in letras:
        numero = numero * 26 + letra - 64
    return numero - 1
