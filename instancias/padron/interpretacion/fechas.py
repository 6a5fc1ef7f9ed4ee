"""The days of a list, as sheets and people write them: the day before the month. What is no day is refused."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import gettext as _

from marco.textos import normalizar

from .leida import FilaLeida

LEY = datetime.date(2015, 11, 23)  # the Ley N.° 30364: before it there was no table to sit at
UN_ANIO_DESPUES = datetime.timedelta(days=366)
DIA_CERO = datetime.date(1899, 12, 30)  # of the numbers that a workbook keeps for days
MESES = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre", "octubre")
MESES += ("noviembre", "diciembre")
MES = {mes[:largo]: numero for numero, mes in enumerate(MESES, start=1) for largo in range(3, len(mes) + 1)}
MES |= {"septiembre"[:largo]: 9 for largo in range(3, 11)} | {"setbre": 9, "stbre": 9, "nov": 11, "dbre": 12}
HORA = re.compile(r"[t\s,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:a\.?\s?m\.?|p\.?\s?m\.?|z)?$", re.IGNORECASE)
NUMERO_DE_HOJA = re.compile(r"(\d{5})(?:[.,]\d+)?")
TRES = re.compile(r"(\d{1,4})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,4})")
DE_MAS = frozenset({"de", "del", "el", "a", "los", "las", "dias", "dia", "mes", "ano", "desde"})
DE_MAS |= {"lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"}


def leer_dia(texto: str, hoy: datetime.date, leida: FilaLeida) -> None:
    """Set the first day on the seat; today when the row does not say."""
    leida.desde = hoy.isoformat()
    if not texto.strip():
        return
    fecha, probables = dia_de(texto, hoy)
    if fecha and _puede_ser(fecha, hoy):
        leida.desde = fecha.isoformat()
        return
    frase = _("No se entiende la fecha «%(texto)s». Escríbala así: 23/11/2026.") % {"texto": texto[:20]}
    propuestas = [una.strftime("%d/%m/%Y") for una in probables if _puede_ser(una, hoy)]
    leida.falla("desde", "fecha", frase, leido=texto[:40], propuestas=propuestas)


def _puede_ser(fecha: datetime.date, hoy: datetime.date) -> bool:
    return LEY <= fecha <= hoy + UN_ANIO_DESPUES


@lru_cache(1024)
def dia_de(texto: str, hoy: datetime.date) -> tuple[datetime.date | None, Sequence[datetime.date]]:
    """The day that a text says; or none, and the days that it may have meant. A list repeats few."""
    limpio = HORA.sub("", texto.strip())
    if de_hoja := NUMERO_DE_HOJA.fullmatch(limpio):
        return DIA_CERO + datetime.timedelta(days=int(de_hoja[1])), []
    if tres := TRES.fullmatch(limpio):
        return _de_numeros(*tres.groups())
    return _de_palabras(limpio, hoy)


def _de_numeros(uno: str, dos: str, tres: str) -> tuple[datetime.date | None, list[datetime.date]]:
    if len(uno) > 2:
        return (_dia(uno, dos, tres) if len(uno) == 4 and len(tres) <= 2 else None), []
    if len(tres) not in (2, 4):
        return None, []
    fecha = _dia(tres, dos, uno)
    # Only with the month first is it a day: so it was written elsewhere, or by mistake.
    return fecha, [] if fecha else _los_que_son(_dia(tres, uno, dos))


def _de_palabras(limpio: str, hoy: datetime.date) -> tuple[datetime.date | None, list[datetime.date]]:
    """«12 de marzo de 2026», «12-mar-26», «marzo 12, 2026». A day without year, or a month alone, is only likely."""
    plano = re.sub(r"(?<=\d)(?:ro|er|ero|o|°|º)?\b(?=\D|$)|(?<=[a-z])(?=\d)", " ", normalizar(limpio))
    palabras = [palabra for palabra in plano.split() if palabra not in DE_MAS]
    meses = [MES[palabra] for palabra in palabras if palabra in MES]
    numeros = [palabra for palabra in palabras if palabra.isdecimal()]
    if len(meses) != (1 if len(palabras) > 1 else len(meses)) or len(meses) + len(numeros) != len(palabras):
        return None, []
    if not meses:
        return None, _los_que_son(_dia(numeros[0], "1", "1")) if len(numeros) == 1 and len(numeros[0]) == 4 else []
    mes = str(meses[0])
    if len(numeros) == 2:
        dia, anio = numeros if len(numeros[0]) <= 2 else reversed(numeros)
        return (_dia(anio, mes, dia) if len(anio) in (2, 4) else None), []
    if len(numeros) == 1 and len(numeros[0]) == 4:
        return None, _los_que_son(_dia(numeros[0], mes, "1"))
    if len(numeros) == 1:
        return None, _los_que_son(_dia(str(hoy.year), mes, numeros[0]), _dia(str(hoy.year + 1), mes, numeros[0]))
    return None, []


def _dia(anio: str, mes: str, dia: str) -> datetime.date | None:
    try:
        return datetime.date(int(anio) + (2000 if len(anio) == 2 else 0), int(mes), int(dia))
    except ValueError:
        return None


def _los_que_son(*fechas: datetime.date | None) -> list[datetime.date]:
    return [fecha for fecha in fechas if fecha]
