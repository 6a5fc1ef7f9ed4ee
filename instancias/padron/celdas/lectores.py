"""What the bytes are, whatever their name says, and who reads them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from .libros import de_libro
from .limpieza import Falta
from .paginas import de_pagina, es_pagina
from .textos import a_texto, de_texto

PEGADO = "pegado"
FOTOS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
FOTOS_NUEVAS = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"hevc")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def leer_celdas(extension: str, contenido: bytes) -> dict[str, Any]:
    """Return the sheets of a file, or why it cannot be read. Never raises."""
    try:
        hojas = _leer(extension, contenido)
    except Falta as falta:
        return {"falta": falta.codigo, "fila": falta.fila}
    except MemoryError:
        return {"falta": "muy_grande_por_dentro", "fila": 0}
    except BaseException as error:
        # The bytes are a stranger's: a damaged part makes the ZIP, the XML or the reader of sheets fail in any way. The
        # reader's own panic is not even an Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return {"falta": "danado", "fila": 0}
    if not any(hoja["filas"] for hoja in hojas):
        return {"falta": "vacio", "fila": 0}
    return {"hojas": hojas}


def _leer(extension: str, contenido: bytes) -> list[dict[str, Any]]:
    if not contenido.strip():
        raise Falta("vacio")
    if extension != PEGADO:
        if contenido.startswith(b"PK\x03\x04"):
            return de_libro(contenido, _clase_de_paquete(contenido))
        if contenido.startswith(OLE):
            return de_libro(contenido, _clase_de_ole(contenido))
        _rechazar_lo_que_no_es_lista(contenido)
        if extension not in {"csv", "txt", "tsv", "tab"} and not _parece_texto(contenido):
            raise Falta("danado")
    texto = a_texto(contenido)
    return de_pagina(texto) if es_pagina(texto) else de_texto(texto)


def _clase_de_paquete(contenido: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        nombres = set(paquete.namelist())
        if nombres & {"xl/workbook.xml", "xl/workbook.bin"}:
            return "xlsx"
        if "word/document.xml" in nombres:
            raise Falta("word")
        if any(nombre.endswith(".iwa") for nombre in nombres):
            raise Falta("numbers")
        clase = paquete.open("mimetype").read(80) if "mimetype" in nombres else b""
    if b"opendocument.text" in clase:
        raise Falta("word")
    if b"opendocument.spreadsheet" not in clase:
        raise Falta("danado")
    return "ods"


def _clase_de_ole(contenido: bytes) -> str:
    for nombre, falta in (("EncryptedPackage", "con_clave"), ("WordDocument", "word")):
        if nombre.encode("utf-16-le") in contenido:
            raise Falta(falta)
    return "xls"


def _rechazar_lo_que_no_es_lista(contenido: bytes) -> None:
    comienzo = contenido.lstrip()[:2048]
    if comienzo.startswith(b"%PDF"):
        raise Falta("pdf")
    if contenido.startswith(FOTOS) or (contenido[4:8] == b"ftyp" and contenido[8:12] in FOTOS_NUEVAS):
        raise Falta("foto")
    if contenido.startswith(b"RIFF") and contenido[8:12] == b"WEBP":
        raise Falta("foto")
    if comienzo.startswith(b"{\\rtf"):
        raise Falta("word")


def _parece_texto(contenido: bytes) -> bool:
    """Whether a file of another name may be read as text: a web portal says .xls of a page."""
    return contenido.lstrip().startswith(b"<") or contenido.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
