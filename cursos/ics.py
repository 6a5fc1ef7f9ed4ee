"""A calendar as a file (RFC 5545). It goes to an application that shows it on a locked screen: it says no subject.

Every line is of our own words, dates and identifiers, of plain letters: there is nothing to escape.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Protocol

from django.utils import timezone

DURA = datetime.timedelta(hours=2)  # of what has an hour: when it ends is not written
CURSO, ENCUENTRO = "Curso", "Instancia"
FIN, LARGO = "\r\n", 74


class ConFecha(Protocol):
    @property
    def clave(self) -> str: ...
    @property
    def dia(self) -> datetime.date: ...
    @property
    def hora(self) -> datetime.time | None: ...
    @property
    def cancelada(self) -> bool: ...
    @property
    def de_curso(self) -> bool: ...


def calendario(fechas: Iterable[ConFecha], *, sitio: str, ahora: datetime.datetime) -> bytes:
    """Return the file. Each thing has the same identifier each time: taken again, it changes and is not doubled."""
    lineas = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Aula//Calendario//ES",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for una in fechas:
        lineas += ["BEGIN:VEVENT", f"UID:{una.clave}@{sitio}", f"DTSTAMP:{_utc(ahora)}", *_cuando(una)]
        lineas += [f"SUMMARY:{CURSO if una.de_curso else ENCUENTRO}"]
        lineas += ["STATUS:CANCELLED" if una.cancelada else "STATUS:CONFIRMED", "TRANSP:TRANSPARENT", "END:VEVENT"]
    return (FIN.join(_doblar(linea) for linea in [*lineas, "END:VCALENDAR"]) + FIN).encode("ascii")


def _doblar(linea: str) -> str:
    """Cut a long line as the norm says: only the name of a site makes one."""
    return f"{FIN} ".join(linea[de : de + LARGO] for de in range(0, len(linea), LARGO))


def _cuando(una: ConFecha) -> list[str]:
    if una.hora is None:
        siguiente = una.dia + datetime.timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{una.dia:%Y%m%d}", f"DTEND;VALUE=DATE:{siguiente:%Y%m%d}"]
    de_aqui = timezone.get_default_timezone()
    inicia = timezone.make_aware(datetime.datetime.combine(una.dia, una.hora), de_aqui)
    return [f"DTSTART:{_utc(inicia)}", f"DTEND:{_utc(inicia + DURA)}"]


def _utc(momento: datetime.datetime) -> str:
    return f"{timezone.localtime(momento, datetime.UTC):%Y%m%dT%H%M%SZ}"
