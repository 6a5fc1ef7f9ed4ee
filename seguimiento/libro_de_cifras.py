"""The workbook of a document of figures, from the frozen row alone: the same row gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from certificados.codigos import formatear
from certificados.models import DocumentoDeCifras

from .papel import Seccion
from .planilla import Planilla, en_papel

FUERA_DEL_TITULO = re.compile(r"[\[\]:*?/\\]")
LARGO_DEL_TITULO = 31
PARTE_DE, ENTERO = re.compile(r"([0-9]+) de ([0-9]+)"), re.compile(r"[0-9]{1,9}")
SIEMPRE = (1980, 1, 1, 0, 0, 0)  # the date of every entry of the file
DICE_CUANDO = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def escribir(documento: DocumentoDeCifras) -> bytes:
    """What the paper says, in cells; besides, the whole list of what the paper shortens."""
    papel = documento.datos["papel"]
    libro = Workbook(write_only=True)
    _portada(libro, documento, papel)
    for seccion in (*papel["secciones"], *documento.datos.get("anexo", [])):
        if seccion.get("filas"):
            _planilla(libro, seccion)
    en_papel(libro, f"{papel['titulo']} {documento.registro}")
    salida = BytesIO()
    libro.save(salida)
    return _sin_hora(salida.getvalue(), documento)


def _portada(libro: Workbook, documento: DocumentoDeCifras, papel: dict[str, Any]) -> None:
    planilla = Planilla(libro, papel["rotulo"], [(_("Dato"), 34), (_("Qué dice"), 110)])
    planilla.agregar([papel["titulo"], papel["subtitulo"]])
    planilla.agregar([_("Registro"), documento.registro])
    for nombre, valor in papel["datos"]:
        planilla.agregar([nombre, valor])
    for seccion in papel["secciones"]:
        for parrafo in seccion.get("parrafos", []):
            planilla.agregar([seccion["titulo"], parrafo])
    planilla.agregar([_("Código de verificación"), formatear(documento.codigo_corto)])
    planilla.agregar([_("Huella de los datos"), documento.huella])
    planilla.agregar([_("Entidad que emite"), papel["entidad"]])
    planilla.agregar([_("Nota"), papel["nota"]])


def _planilla(libro: Workbook, seccion: Seccion) -> None:
    titulo = FUERA_DEL_TITULO.sub(" ", seccion["titulo"])[:LARGO_DEL_TITULO]
    columnas, filas = _en_cifras(seccion["columnas"], seccion["filas"])
    planilla = Planilla(libro, titulo, [(nombre, max(10, ancho)) for nombre, ancho in columnas])
    for fila in filas:
        planilla.agregar(fila)


def _en_cifras(columnas: list[list[Any]], filas: list[list[Any]]) -> tuple[list[tuple[str, int]], list[list[Any]]]:
    """The table with numbers that a sheet adds up: «17 de 22» in two columns, «49» as a number; «—» stays."""
    titulos: list[tuple[str, int]] = []
    celdas: list[list[Any]] = [[] for _fila in filas]
    for lugar, (nombre, ancho, de_cifras) in enumerate(columnas):
        valores = [fila[lugar] for fila in filas]
        partes = [PARTE_DE.fullmatch(str(valor)) for valor in valores]
        titulos.append((nombre, ancho))
        if de_cifras and any(partes):
            titulos.append((_("%(columna)s, de un total de") % {"columna": nombre}, ancho))
            pares = [list(map(int, p.groups())) if p else [valor] * 2 for p, valor in zip(partes, valores, strict=True)]
        else:
            pares = [[_cifra(valor) if de_cifras else valor] for valor in valores]
        for fila, par in zip(celdas, pares, strict=True):
            fila += par
    return titulos, celdas


def _cifra(valor: Any) -> Any:
    return int(valor) if isinstance(valor, str) and ENTERO.fullmatch(valor) else valor


def _sin_hora(contenido: bytes, documento: DocumentoDeCifras) -> bytes:
    """Write the file again with the date of issue in place of the moment in which it was made."""
    cuando = f"{documento.emitido_en.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z".encode()
    salida = BytesIO()
    with zipfile.ZipFile(BytesIO(contenido)) as hecho, zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as igual:
        for nombre in sorted(hecho.namelist()):
            partes = hecho.read(nombre)
            if nombre == "docProps/core.xml":
                partes = DICE_CUANDO.sub(rb"\g<1>" + cuando, partes)
            igual.writestr(zipfile.ZipInfo(nombre, SIEMPRE), partes, zipfile.ZIP_DEFLATED)
    return salida.getvalue()
