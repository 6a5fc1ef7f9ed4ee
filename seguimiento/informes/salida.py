"""The files of a report: the same cells as the screen, in CSV, JSON and XLSX. The first two go out as they are read."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marco.formulas import texto_seguro
from marco.libro_largo import LibroLargo, PlanillaLarga

from ..consultas.filas import en_bloques
from .preparar import Preparado
from .resultado import Fila

BOM = "\ufeff"  # so that a spreadsheet reads the accents
DE_UNA_VEZ = 1000
COMILLA = '"'
SEPARA = re.compile(r'[,"\r\n]')  # what has to stand between quotes
Aviso = Callable[[int], None]


def en_texto(valor: Any) -> str:
    """A cell as it is read: what the page and the CSV say."""
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return _("Sí") if valor else _("No")
    if isinstance(valor, datetime.datetime):
        valor = timezone.localtime(valor)
    if isinstance(valor, datetime.date):
        return f"{valor.day:02d}/{valor.month:02d}/{valor.year}"
    return str(valor)


def en_csv(preparado: Preparado) -> Iterator[bytes]:
    """Lines by blocks, as they are read: the memory holds one block."""
    yield (BOM + lineas([[str(columna.titulo) for columna in preparado.resultado.columnas]])).encode()
    celda = _CeldaDeCsv()
    for bloque in en_bloques(preparado.resultado.filas(), DE_UNA_VEZ):
        yield lineas(bloque, celda).encode()


def lineas(filas: Sequence[Sequence[Any]], celda: Callable[[Any], str] | None = None) -> str:
    """Rows as lines of a CSV, column by column: what a column says many times is written once.

    The same text as the writer of Python, which looks at each letter of each cell, in a third of its time.
    """
    celda = celda or _CeldaDeCsv()
    lados = []
    for lado in zip(*filas, strict=True):
        dichas = {valor: celda(valor) for valor in {*lado}}
        lados.append([dichas[valor] for valor in lado])
    if len(lados) == 1:
        lados = [[dicha or '""' for dicha in lados[0]]]  # a line with nothing in it is not a row
    return "".join([f"{','.join(fila)}\r\n" for fila in zip(*lados, strict=True)])


class _CeldaDeCsv:
    """A cell of a CSV. The zone is asked once a file, and each day is written once."""

    def __init__(self) -> None:
        self.zona = timezone.get_current_timezone()
        self.dias: dict[datetime.date, str] = {}

    def __call__(self, valor: Any) -> str:
        if valor is None:
            return ""
        if isinstance(valor, str):
            texto = texto_seguro(valor)
        elif isinstance(valor, datetime.datetime | datetime.date):
            dia = valor.astimezone(self.zona).date() if isinstance(valor, datetime.datetime) else valor
            return self.dias.get(dia) or self.dias.setdefault(dia, en_texto(dia))
        else:
            texto = en_texto(valor)
        return f'"{texto.replace(COMILLA, COMILLA * 2)}"' if SEPARA.search(texto) else texto


def en_json(preparado: Preparado) -> Iterator[bytes]:
    """An object: what it is, of where and when, its columns, and a list of rows with a value a column."""
    pedida, resultado = preparado.pedida, preparado.resultado
    titulos = [str(columna.titulo) for columna in resultado.columnas]
    cabeza = {
        "informe": pedida.nombre,
        "de": dict(preparado.en_palabras),
        "notas": resultado.notas,
        "columnas": titulos,
    }
    yield json.dumps(cabeza, ensure_ascii=False)[:-1].encode() + b', "filas": ['
    primera = True
    for bloque in en_bloques(resultado.filas(), DE_UNA_VEZ):
        texto = ",\n".join(json.dumps([_en_json(valor) for valor in fila], ensure_ascii=False) for fila in bloque)
        yield ("" if primera else ",\n").encode() + texto.encode()
        primera = False
    yield b"]}\n"


def _en_json(valor: Any) -> Any:
    if isinstance(valor, datetime.datetime):
        return timezone.localdate(valor).isoformat()
    if isinstance(valor, datetime.date):
        return valor.isoformat()
    return valor if valor is None or isinstance(valor, bool | int | float) else str(valor)


def en_xlsx(preparado: Preparado, archivo: IO[bytes], *, aviso: Aviso | None = None) -> int:
    """The rows in a sheet and what they are in another. ``aviso`` hears how many are written. Returns how many."""
    resultado, cuantas = preparado.resultado, 0
    with LibroLargo() as libro:
        columnas = [(str(columna.titulo), columna.ancho) for columna in resultado.columnas]
        planilla = PlanillaLarga(libro, _("Informe"), columnas)
        for bloque in en_bloques(resultado.filas()):
            for fila in bloque:
                planilla.agregar(_en_xlsx(fila))
            cuantas += len(bloque)
            if aviso:
                aviso(cuantas)
        _leyenda(libro, preparado)
        libro.encabezado = _("Al %(dia)s") % {"dia": date_format(preparado.ambito.dia)}
        libro.guardar(archivo)
    return cuantas


def _en_xlsx(fila: Fila) -> Iterable[Any]:
    """Moments as days, as the other files say them."""
    return (timezone.localdate(valor) if isinstance(valor, datetime.datetime) else valor for valor in fila)


def _leyenda(libro: LibroLargo, preparado: Preparado) -> None:
    planilla = PlanillaLarga(libro, _("Leyenda"), [(_("Dato"), 30), (_("Qué dice"), 110)])
    planilla.agregar([_("Informe"), preparado.pedida.nombre])
    for nombre, valor in preparado.en_palabras:
        planilla.agregar([nombre, valor])
    for nota in preparado.resultado.notas:
        planilla.agregar([_("Nota"), nota])
    planilla.agregar([_("Cómo se cuenta"), _("Cada cifra es la del panel: está explicada en «Cómo se cuenta».")])
