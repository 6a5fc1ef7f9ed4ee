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
    planilla = Planilla(libro, titulo, [(nombre, max(10, ancho)) for nombre, ancho, _numero in seccion["columnas"]])
    for fila in seccion["filas"]:
        planilla.agregar(fila)


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
