"""No cell of a file that leaves here is run by a spreadsheet: ours, and those that Wagtail makes of its lists."""

from __future__ import annotations

import re
from typing import Any

# What a spreadsheet would run, also after blanks; and what its format cannot hold.
PELIGROSO = re.compile(r"^[\s\x00]*[=+\-@\t\r]|^[\t\r\n]")
PROHIBIDO = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LARGO_MAXIMO = 32_767


def texto_seguro(texto: str) -> str:
    """Return a text that no spreadsheet takes for a formula: it starts with an apostrophe where it might."""
    if texto[:1].isalnum() and texto.isprintable() and len(texto) < LARGO_MAXIMO:
        return texto  # almost all of them: nothing to take away, and nothing that runs begins with a letter
    limpio = PROHIBIDO.sub("", texto)[: LARGO_MAXIMO - 1]
    return f"'{limpio}" if PELIGROSO.match(limpio) else limpio


def asegurar_exportaciones() -> None:
    """Make safe each cell and heading of every list that Wagtail exports, of today's views and of those to come.

    Every one of them is a ``SpreadsheetExportMixin``, in CSV and XLSX alike, and no setting of it reaches all.
    """
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    if getattr(SpreadsheetExportMixin, "celdas_seguras", False):
        return
    celda, titulo = SpreadsheetExportMixin.preprocess_field_value, SpreadsheetExportMixin.get_heading

    def preprocess_field_value(self: Any, *partes: Any) -> Any:
        valor = celda(self, *partes)
        return texto_seguro(valor) if isinstance(valor, str) else valor

    def get_heading(self: Any, *partes: Any) -> str:
        return texto_seguro(titulo(self, *partes))

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
    SpreadsheetExportMixin.get_heading = get_heading
    SpreadsheetExportMixin.celdas_seguras = True
