"""The sheet to fill: a row for each seat and quality, with who holds it today, and lists to choose from."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from marco.formulas import texto_seguro

from ..consultas.relevo import FilaDeRelevo
from ..models import Instancia, Membresia, Persona, TipoDeAsiento

ANCHOS = (12, 24, 28, 12, 14, 26, 30, 10, 12, 36, 28, 14)
# In the order in which a person writes them. Each is one that the reader of lists understands without asking.
INSTANCIA, DISTRITO, ASIENTO, CALIDAD = 5, 6, 7, 9
FILAS_DE_MAS = 100  # below the last one, also with their lists
TEXTO = "@"


def titulos() -> list[str]:
    return [
        _("DNI"),
        _("Nombres"),
        _("Apellidos"),
        _("Celular"),
        _("Instancia"),
        _("Distrito"),
        _("Asiento"),
        _("Número de asiento"),
        _("Calidad"),
        _("Institución"),
        _("Documento de designación"),
        _("Desde"),
    ]


def plantilla(filas: Sequence[FilaDeRelevo], *, desde: datetime.date | None = None) -> bytes:
    """Return the XLSX. With a day it is the sheet of those who come: nobody is written, and the day is."""
    libro = Workbook()
    hoja = libro.active
    hoja.title = _("Integrantes")
    hoja.append(titulos())
    for fila in filas:
        hoja.append([texto_seguro(valor) for valor in _valores(fila, desde)])
    _vestir(hoja)
    _listas(libro, hoja, filas)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _valores(fila: FilaDeRelevo, desde: datetime.date | None) -> list[str]:
    asiento, instancia = fila.asiento, fila.asiento.instancia
    # With a day, those who come are to be written: who is there today is told by the page, not by the sheet.
    membresia = None if desde else fila.de_hoy or (fila.siguientes[0] if fila.siguientes else None)
    persona = membresia.persona if membresia else None
    dia = desde or (membresia.desde if membresia else None)
    return [
        _documento(persona) if persona else "",
        persona.nombres if persona else "",
        persona.apellidos if persona else "",
        persona.celular if persona else "",
        str(Instancia.Nivel(instancia.nivel).label),
        instancia.territorio.nombre,
        asiento.tipo.nombre,
        str(asiento.numero),
        fila.calidad,
        asiento.institucion.nombre if asiento.institucion else "",
        membresia.designacion if membresia else "",
        dia.strftime("%d/%m/%Y") if dia else "",
    ]


def _documento(persona: Persona) -> str:
    """The number as the sheet is read back: nine digits alone are a DNI with one too many."""
    es_carne = persona.tipo_de_documento == Persona.Documento.CARNE_DE_EXTRANJERIA
    return f"CE {persona.documento}" if es_carne else persona.documento


def _vestir(hoja: Worksheet) -> None:
    hoja.freeze_panes = "A2"
    for numero, ancho in enumerate(ANCHOS, 1):
        letra = get_column_letter(numero)
        hoja.column_dimensions[letra].width = ancho
    for celda in hoja[1]:
        celda.font = Font(bold=True, color="FFFFFF")
        celda.fill = PatternFill("solid", fgColor="3F1C61")
        celda.alignment = Alignment(vertical="top", wrap_text=True)
    # A document keeps its first zero, and a day is read as it is written.
    for fila in hoja.iter_rows(min_row=2, max_row=hoja.max_row + FILAS_DE_MAS, max_col=len(ANCHOS)):
        for celda in fila:
            celda.number_format = TEXTO


def _listas(libro: Workbook, hoja: Worksheet, filas: Iterable[FilaDeRelevo]) -> None:
    """What may be chosen, in a sheet that is not seen: the places and seats of these tables, and the qualities."""
    filas = list(filas)
    ocultas = libro.create_sheet(_("Listas"))
    ocultas.sheet_state = "hidden"
    tipos = {fila.asiento.tipo_id: fila.asiento.tipo for fila in filas}
    por_columna: dict[int, list[str]] = {
        INSTANCIA: [str(nivel.label) for nivel in Instancia.Nivel],
        DISTRITO: list(dict.fromkeys(fila.asiento.instancia.territorio.nombre for fila in filas)),
        ASIENTO: [tipo.nombre for tipo in sorted(tipos.values(), key=_orden)],
        CALIDAD: list(Membresia.Calidad.values),
    }
    for n, (columna, valores) in enumerate(por_columna.items(), 1):
        if not valores:
            continue
        for m, valor in enumerate(valores, 1):
            ocultas.cell(row=m, column=n, value=texto_seguro(valor))
        letra = get_column_letter(n)
        rango = f"{quote_sheetname(ocultas.title)}!${letra}$1:${letra}${len(valores)}"
        regla = DataValidation(type="list", formula1=f"={rango}", allow_blank=True)
        regla.error = _("Elija uno de la lista.")
        regla.errorTitle = _("No está en la lista")
        # A word that is not there is asked about when the list is uploaded: it is not forbidden.
        regla.errorStyle = "warning"
        regla.showErrorMessage = True
        hoja.add_data_validation(regla)
        de = get_column_letter(columna)
        regla.add(f"{de}2:{de}{hoja.max_row}")


def _orden(tipo: TipoDeAsiento) -> tuple[str, int]:
    return tipo.nivel, tipo.orden
