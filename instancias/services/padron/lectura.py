"""From a file somebody uploaded to rows of text. Says what is wrong before anything is interpreted."""

from __future__ import annotations

import csv
import datetime
import io
import unicodedata
import zipfile
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from ...errores import ErrorDeDominio

MAXIMO_DE_FILAS = 5000
MAXIMO_DE_BYTES = 5 * 1024 * 1024
MAXIMO_DESCOMPRIMIDO = 60 * 1024 * 1024
MAXIMO_DE_ENTRADAS = 200
MAXIMO_DE_CELDA = 200
FIN_DEL_CSV = "fin de la lista"

COLUMNAS = {
    "documento": (
        "dni",
        "d n i",
        "documento",
        "n dni",
        "numero de dni",
        "nro dni",
        "n documento",
        "numero de documento",
    ),
    "nombres": ("nombres", "nombre"),
    "apellidos": ("apellidos", "apellido", "apellidos completos"),
    "celular": ("celular", "telefono", "telefono celular", "n celular", "whatsapp"),
    "distrito": ("distrito", "ambito", "lugar"),
    "ubigeo": ("ubigeo", "codigo de distrito", "codigo distrito", "cod distrito"),
    "instancia": ("instancia", "nivel", "nivel de instancia"),
    "asiento": ("asiento", "codigo de asiento", "cargo en la instancia", "representa a"),
    "numero": ("n de asiento", "numero de asiento", "nro de asiento"),
    "calidad": ("calidad", "condicion", "titular o alterno", "tipo"),
    "institucion": ("institucion", "entidad", "organizacion", "institucion u organizacion"),
    "designacion": ("designacion", "documento de designacion", "oficio"),
    "desde": ("desde", "fecha de designacion", "fecha"),
}
OBLIGATORIAS = ("documento", "nombres", "apellidos", "asiento", "calidad")
ETIQUETAS = {
    "documento": "DNI",
    "nombres": "Nombres",
    "apellidos": "Apellidos",
    "asiento": "Asiento",
    "calidad": "Calidad",
}


class ErrorDeArchivo(ErrorDeDominio):
    """The whole file cannot be read; nothing was saved."""


@dataclass
class Hoja:
    """What a file says: rows by column key, with their number in the sheet, and the columns that nobody knows."""

    filas: list[dict[str, Any]] = field(default_factory=list)
    columnas_ignoradas: list[str] = field(default_factory=list)


def normalizar(texto: object) -> str:
    """Return text without accents, capitals, dots or double spaces, to compare names that people type."""
    base = unicodedata.normalize("NFKD", str(texto or "")).encode("ascii", "ignore").decode()
    limpio = "".join(letra if letra.isalnum() else " " for letra in base.lower())
    return " ".join(limpio.split())


def leer(*, nombre: str, contenido: bytes) -> Hoja:
    """Read an XLSX or CSV file.

    Raises ErrorDeArchivo: ``vacio``, ``muy_grande``, ``no_es_hoja``, ``mal_escrito``, ``sin_columnas``, ``sin_filas``,
    ``demasiadas_filas``.
    """
    if not contenido.strip():
        raise _vacio()
    if len(contenido) > MAXIMO_DE_BYTES:
        raise ErrorDeArchivo("muy_grande", _("El archivo pesa más de 5 MB. Deje solo la hoja con la lista."))
    extension = nombre.rsplit(".", 1)[-1].lower() if "." in nombre else ""
    if extension == "xlsx":
        celdas = _celdas_de_xlsx(contenido)
    elif extension == "csv":
        celdas = _celdas_de_csv(contenido)
    else:
        raise ErrorDeArchivo(
            "no_es_hoja",
            _("Se leyó «%(nombre)s». Suba la lista como hoja de Excel (.xlsx) o como CSV.") % {"nombre": nombre},
        )
    return _armar(celdas)


def _vacio() -> ErrorDeArchivo:
    return ErrorDeArchivo("vacio", _("El archivo está vacío. Elija la lista de integrantes y súbala otra vez."))


def _celdas_de_xlsx(contenido: bytes) -> list[list[Any]]:
    try:
        return _abrir_xlsx(contenido)
    except ErrorDeArchivo:
        raise
    except Exception as error:
        # The bytes are a stranger's: a damaged part makes the ZIP, the XML or the reader of sheets fail in any way.
        raise ErrorDeArchivo(
            "no_es_hoja",
            _(
                "El archivo no es una hoja de Excel, aunque su nombre termine en .xlsx, o está dañado. "
                "Ábralo en Excel y guárdelo de nuevo."
            ),
        ) from error


def _abrir_xlsx(contenido: bytes) -> list[list[Any]]:
    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        entradas = paquete.infolist()
        if len(entradas) > MAXIMO_DE_ENTRADAS or sum(e.file_size for e in entradas) > MAXIMO_DESCOMPRIMIDO:
            raise ErrorDeArchivo("muy_grande", _("El archivo es demasiado grande por dentro. Deje solo la lista."))
    filas: list[list[Any]] = []
    with closing(load_workbook(io.BytesIO(contenido), read_only=True, data_only=False)) as libro:
        for valores in libro.worksheets[0].iter_rows(values_only=True):
            filas.append(list(valores[:40]))
            _medir(filas)
    return filas


def _celdas_de_csv(contenido: bytes) -> list[list[Any]]:
    if b"\x00" in contenido or contenido.startswith((b"%PDF", b"PK\x03\x04")):
        raise ErrorDeArchivo(
            "no_es_hoja", _("El archivo no es un CSV, aunque su nombre lo diga. Guárdelo otra vez como CSV o Excel.")
        )
    try:
        texto = contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = contenido.decode("cp1252", errors="replace")
    if not texto.strip():
        raise _vacio()
    # Windows, Unix and the old Mac end their lines each in their own way.
    texto = texto.replace("\r\n", "\n").replace("\r", "\n")
    primera = texto.split("\n", 1)[0]
    separador = max(";,\t", key=primera.count)
    filas: list[list[Any]] = []
    # The last line must come back as it went: quotes left open would have swallowed it, with every row before it.
    lineas = io.StringIO(f"{texto}\n{FIN_DEL_CSV}")
    try:
        for valores in csv.reader(lineas, delimiter=separador):
            filas.append(list(valores[:40]))
            _medir(filas)
    except csv.Error as error:
        raise _csv_mal_escrito(len(filas) + 1) from error
    if filas.pop() != [FIN_DEL_CSV]:
        raise _csv_mal_escrito(len(filas) + 1)
    return filas


def _csv_mal_escrito(fila: int) -> ErrorDeArchivo:
    return ErrorDeArchivo(
        "mal_escrito",
        _(
            "No se puede leer la fila %(fila)d: tiene comillas sin cerrar o una celda demasiado larga. "
            "Corríjala y suba la lista otra vez."
        )
        % {"fila": fila},
    )


def _medir(filas: list[list[Any]]) -> None:
    if len(filas) > MAXIMO_DE_FILAS + 20:
        raise ErrorDeArchivo(
            "demasiadas_filas",
            _("La hoja tiene más de %(maximo)d filas. Divídala en varias listas, por ejemplo una por distrito.")
            % {"maximo": MAXIMO_DE_FILAS},
        )


def _armar(celdas: list[list[Any]]) -> Hoja:
    conocidas = {alias: clave for clave, nombres in COLUMNAS.items() for alias in nombres}
    for indice, fila in enumerate(celdas[:20]):
        mapa = {i: conocidas[normalizar(v)] for i, v in enumerate(fila) if normalizar(v) in conocidas}
        if len(set(mapa.values()) & set(OBLIGATORIAS)) >= 3:
            return _con_encabezado(celdas, indice, mapa)
    raise ErrorDeArchivo(
        "sin_columnas",
        _("No se encontró la fila de títulos. La hoja necesita: DNI, Nombres, Apellidos, Distrito, Asiento y Calidad."),
    )


def _con_encabezado(celdas: list[list[Any]], indice: int, mapa: dict[int, str]) -> Hoja:
    presentes = set(mapa.values())
    faltan = [ETIQUETAS[clave] for clave in OBLIGATORIAS if clave not in presentes]
    if not presentes & {"distrito", "ubigeo"}:
        faltan.append("Distrito")
    if faltan:
        raise ErrorDeArchivo(
            "sin_columnas",
            _("Faltan columnas: %(faltan)s. Agréguelas y suba la hoja otra vez.") % {"faltan": ", ".join(faltan)},
        )
    hoja = Hoja(columnas_ignoradas=[_texto(v) for i, v in enumerate(celdas[indice]) if i not in mapa and normalizar(v)])
    for numero, valores in enumerate(celdas[indice + 1 :], start=indice + 2):
        fila = {clave: _texto(valores[i]) if i < len(valores) else "" for i, clave in mapa.items()}
        if any(fila.values()):
            hoja.filas.append({"fila": numero, **fila})
    if not hoja.filas:
        raise ErrorDeArchivo(
            "sin_filas", _("La hoja tiene títulos, pero ninguna persona. Complétela y súbala otra vez.")
        )
    if len(hoja.filas) > MAXIMO_DE_FILAS:
        raise ErrorDeArchivo(
            "demasiadas_filas",
            _("La hoja tiene %(filas)d filas y el máximo es %(maximo)d. Divídala, por ejemplo una por distrito.")
            % {"filas": len(hoja.filas), "maximo": MAXIMO_DE_FILAS},
        )
    return hoja


def _texto(valor: Any) -> str:
    """Return a cell as clean text: numbers without decimals, dates in ISO form, NFC, one space, bounded."""
    if valor is None:
        return ""
    if isinstance(valor, ArrayFormula | DataTableFormula):
        return "={…}"
    if isinstance(valor, datetime.datetime):
        return valor.date().isoformat()
    if isinstance(valor, datetime.date):
        return valor.isoformat()
    if isinstance(valor, float) and valor.is_integer():
        valor = int(valor)
    texto = unicodedata.normalize("NFC", str(valor))
    visible = "".join(letra if letra.isprintable() else " " for letra in texto)
    return " ".join(visible.split())[: MAXIMO_DE_CELDA + 1]
