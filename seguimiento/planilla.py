"""A spreadsheet written row by row: safe texts, real dates in local time, frozen headers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from marco.formulas import texto_seguro
from marco.libro_largo import FORMATO_DE_DIA, FORMATO_DE_HORA, PARECE_NUMERO

NEGRITA = Font(bold=True, color="FFFFFF")
FONDO = PatternFill("solid", fgColor="3F1C61")
AJUSTADO = Alignment(vertical="top", wrap_text=True)


def en_papel(libro: Workbook, encabezado: str) -> None:
    """Write a line on top of every printed page of every sheet."""
    for planilla in libro.worksheets:
        planilla.oddHeader.center.text = encabezado


class Planilla:
    """One sheet. Columns are (title, width); headers stay in sight."""

    def __init__(self, libro: Workbook, titulo: str, columnas: Sequence[tuple[str, int]]) -> None:
        self.planilla = libro.create_sheet(titulo)
        self.planilla.freeze_panes = "A2"
        for numero, (_titulo, ancho) in enumerate(columnas, 1):
            self.planilla.column_dimensions[get_column_letter(numero)].width = ancho
        self.planilla.append([self._cabecera(str(nombre)) for nombre, _ancho in columnas])

    def agregar(self, valores: Iterable[Any]) -> None:
        self.planilla.append([self._celda(valor) for valor in valores])

    def _cabecera(self, texto: str) -> WriteOnlyCell:
        celda = WriteOnlyCell(self.planilla, value=texto)
        celda.font, celda.fill, celda.alignment = NEGRITA, FONDO, AJUSTADO
        return celda

    def _celda(self, valor: Any) -> Any:
        if isinstance(valor, datetime.datetime):
            return self._con_formato(timezone.localtime(valor).replace(tzinfo=None, microsecond=0), FORMATO_DE_HORA)
        if isinstance(valor, datetime.date):
            return self._con_formato(valor, FORMATO_DE_DIA)
        if isinstance(valor, bool):
            return _("Sí") if valor else _("No")
        if valor is None or isinstance(valor, int | float):
            return valor
        texto = texto_seguro(str(valor))
        return self._con_formato(texto, "@") if PARECE_NUMERO.match(texto) else texto

    def _con_formato(self, valor: Any, formato: str) -> WriteOnlyCell:
        celda = WriteOnlyCell(self.planilla, value=valor)
        celda.number_format = formato
        if isinstance(valor, str):
            celda.data_type = "s"  # never a formula, whatever it looks like
        return celda
