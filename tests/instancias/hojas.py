"""Sheets for the tests of the padrón."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

TITULOS = ["DNI", "Nombres", "Apellidos", "Celular", "Distrito", "Asiento", "Calidad", "Institución"]
ROSA = ["40000101", "Rosa", "Quispe Huamán", "987654321", "Luyando", "IDC-03", "titular", "Comisaría de Naranjillo"]


def fila(**cambios: Any) -> list[Any]:
    """Rosa's row, with other values by title."""
    valores = dict(zip(TITULOS, ROSA, strict=True)) | cambios
    return [valores[titulo] for titulo in TITULOS]


def hoja(*filas: list[Any], titulos: list[str] | None = None) -> bytes:
    """An XLSX with these titles and rows."""
    libro = Workbook()
    libro.active.append(titulos or TITULOS)
    for valores in filas:
        libro.active.append(valores)
    destino = io.BytesIO()
    libro.save(destino)
    return destino.getvalue()


def planeadas(importacion: Any) -> list[dict[str, Any]]:
    """The rows of a list under review, in the order of the sheet."""
    campos = ("accion", "detalles", "leida", "problemas", "estado", "pk")
    return list(importacion.filas.order_by("orden").values(*campos))
