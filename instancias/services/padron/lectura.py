"""From a file somebody uploaded to rows of text. Says what is wrong before anything is interpreted."""

from __future__ import annotations

import csv
import datetime
import io
import unicodedata
import zipfile
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ...errores import ErrorDeDominio

MAXIMO_DE_FILAS = 5000
MAXIMO_DE_BYTES = 5 * 1024 * 1024
MAXIMO_DESCOMPRIMIDO = 60 * 1024 * 1024
MAXIMO_DE_ENTRADAS = 200
MAXIMO_DE_CELDA = 200

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

    Raises ErrorDeArchivo: ``vacio``, ``muy_grande``, ``no_es_hoja``, ``sin_columnas``, ``sin_filas``,
    ``demasiadas_filas``.
    """
    if not contenido.strip():
        raise ErrorDeArchivo("vacio", _("El archivo está vacío. Elija la lista de integrantes y súbala otra vez."))
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


def _no_es_xlsx() -> ErrorDeArchivo:
    return ErrorDeArchivo(
        "no_es_hoja",
        _(
            "El archivo no es una hoja de Excel, aunque su nombre termine en .xlsx. "
            "Ábralo en Excel y guárdelo de nuevo."
        ),
    )


def _celdas_de_xlsx(contenido: bytes) -> list[list[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
            entradas = paquete.infolist()
            if len(entradas) > MAXIMO_DE_ENTRADAS or sum(e.file_size for e in entradas) > MAXIMO_DESCOMPRIMIDO:
                raise ErrorDeArchivo("muy_grande", _("El archivo es demasiado grande por dentro. Deje solo la lista."))
        libro = load_workbook(io.BytesIO(contenido), read_only=True, data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise _no_es_xlsx() from error
    try:
        filas: list[list[Any]] = []
        for valores in libro.worksheets[0].iter_rows(values_only=True):
            filas.append(list(valores[:40]))
            _medir(filas)
        return filas
    except (IndexError, KeyError, ValueError, SyntaxError) as error:
        raise _no_es_xlsx() from error
    finally:
        libro.close()


def _celdas_de_csv(contenido: bytes) -> list[list[Any]]:
    if b"\x00" in contenido or contenido.startswith((b"%PDF", b"PK\x03\x04")):
        raise ErrorDeArchivo(
            "no_es_hoja", _("El archivo no es un CSV, aunque su nombre lo diga. Guárdelo otra vez como CSV o Excel.")
        )
    try:
        texto = contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = contenido.decode("cp1252", errors="replace")
    primera = texto.splitlines()[0]
    separador = max(";,\t", key=primera.count)
    filas: list[list[Any]] = []
    for valores in csv.reader(io.StringIO(texto), delimiter=separador):
        filas.append(list(valores[:40]))
        _medir(filas)
    return filas


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
    hoja = Hoja(columnas_ignoradas=[str(v) for i, v in enumerate(celdas[indice]) if i not in mapa and normalizar(v)])
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
    if isinstance(valor, datetime.datetime):
        return valor.date().isoformat()
    if isinstance(valor, datetime.date):
        return valor.isoformat()
    if isinstance(valor, float) and valor.is_integer():
        valor = int(valor)
    texto = unicodedata.normalize("NFC", str(valor))
    visible = "".join(letra if letra.isprintable() else " " for letra in texto)
    return " ".join(visible.split())[: MAXIMO_DE_CELDA + 1]
