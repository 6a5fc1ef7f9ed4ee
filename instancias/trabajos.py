"""Kinds of long work: what each one does by parts, how it says how far it is, and what came of it.

A room registers its own in ``ready()``; whoever follows a work, stops it or goes on with it names no kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import IO, Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marco.errores import ErrorDeDominio
from marco.numeros import con_miles

from .models import Trabajo
from .politica import AlcanceEfectivo


class SeDetuvo(Exception):
    """Somebody stopped it, or another worker took it."""


class TieneQueEsperar(Exception):
    """What it needs is not there yet: all of it stays as it was asked for, and is tried again. With why, in words."""


class TrabajoError(ErrorDeDominio):
    """Codes: ``muchos``, ``fuera_de_alcance``, ``clase_desconocida``, ``sin_edicion``."""


def fuera_de_alcance() -> TrabajoError:
    return TrabajoError("fuera_de_alcance", _("Ese lugar ya no está a su cargo."))


@dataclass(frozen=True)
class Obra:
    """A work under way. ``avisar`` says how far it is, and raises ``SeDetuvo`` where it must not go on."""

    trabajo: Trabajo
    alcance: AlcanceEfectivo
    escrito: IO[bytes]
    avisar: Callable[..., None]  # (how many are done, **other fields of the row)
    terminar: Callable[..., None]  # with what came of it, in the transaction that makes it
    hay_tiempo: Callable[[], bool]  # whether this run may begin another part


@dataclass(frozen=True)
class Desenlace:
    """What is told of a work that ended: sentences, and where to go on (words and address)."""

    frases: tuple[str, ...] = ()
    enlaces: tuple[tuple[str, str], ...] = field(default=())


class ClaseDeTrabajo:
    """A kind. ``clave`` is kept in each row and never changes."""

    clave = ""
    haciendo: Any = gettext_lazy("Preparando el archivo…")
    al_fallar: Any = gettext_lazy("Algo falló al hacerlo. Pídalo otra vez.")
    si_es_demasiado: Any = gettext_lazy(
        "No se pudo hacer: es demasiado para una sola vez. Pida un lugar más chico o menos columnas."
    )
    al_detener: Any = gettext_lazy("Se detuvo antes de terminar. Si lo necesita, pídalo otra vez.")
    carpeta, extension, tipo = "trabajos", "bin", "application/octet-stream"
    formato: Any = ""  # as people call the file
    detalle = ""  # what the trail says of a file that left
    gestiona = False  # whether it changes something: whoever only looks does not
    en_la_pagina = 0  # up to how many a page does by itself, where no worker comes
    # That a worker may give no sign of life. What is not done by parts: more than its task lasts, and so never twice.
    callada = timedelta(seconds=660)

    def progreso(self, trabajo: Trabajo) -> str:
        return ngettext("%(hechas)s de %(total)s fila", "%(hechas)s de %(total)s filas", trabajo.total) % {
            "hechas": con_miles(trabajo.hechas),
            "total": con_miles(trabajo.total),
        }

    def desenlace(self, trabajo: Trabajo) -> Desenlace:
        """What came of it, besides its file."""
        return Desenlace()

    def donde_se_pide(self, trabajo: Trabajo) -> str:
        """Address of the page where it is asked for, for whoever has to ask again."""
        return ""

    def sin_lo_escrito(self, trabajo: Trabajo) -> dict[str, Any]:
        """What was asked for, without what somebody typed for it: it is kept no longer than it is needed."""
        return dict(trabajo.pedido)

    def hacer(self, obra: Obra) -> bool:
        """Do it, or a part of it. Whether it is whole: what is not goes on in another run, from its first row or
        from where it said. Raises ErrorDeDominio with the sentence of why it cannot be done, and
        TieneQueEsperar with that of what it waits for.
        """
        raise NotImplementedError


class _Desconocida(ClaseDeTrabajo):
    """Of an app that is not here any more."""

    def hacer(self, obra: Obra) -> bool:
        raise TrabajoError("clase_desconocida", _("Esta versión del aula ya no hace ese trabajo."))


_clases: dict[str, str] = {}


def registrar(clases: Mapping[str, str]) -> None:
    """Kinds by their key, and where each one is: nothing of it is read until somebody asks."""
    _clases.update(clases)


def clase_de(trabajo: Trabajo) -> ClaseDeTrabajo:
    donde = _clases.get(trabajo.clase)
    return import_string(donde)() if donde else _Desconocida()
