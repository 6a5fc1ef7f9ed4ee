"""What a page says of itself: whom it shows, what somebody searched for, whom a file names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from ..models import LineaDeRastro

Acto = LineaDeRastro.Acto
FUERZA = [Acto.VIO, Acto.BUSCO, Acto.SACO]


@dataclass
class Visto:
    """What a request shows, until it is written."""

    acto: str = Acto.VIO
    personas: dict[int, None] = field(default_factory=dict)
    sin_numero: int = 0
    detalle: str = ""

    @property
    def deja_linea(self) -> bool:
        return bool(self.personas or self.sin_numero) or self.acto != Acto.VIO


def se_vio(request: HttpRequest, personas: Iterable[int | None], *, sin_numero: int = 0) -> None:
    """These people are on the page. ``sin_numero``: rows of people who have no register yet."""
    _anotar(request, Acto.VIO, personas, sin_numero, "")


def se_busco(request: HttpRequest, personas: Iterable[int | None], *, texto: str) -> None:
    """These came out of a search. What was typed is not kept: only what kind of thing it was."""
    _anotar(request, Acto.BUSCO, personas, 0, clase_de_busqueda(texto))


def se_saco(request: HttpRequest, personas: Iterable[int | None], *, sin_numero: int = 0, detalle: str = "") -> None:
    """These are in a file that leaves the site. Without its line, the file is not given."""
    _anotar(request, Acto.SACO, personas, sin_numero, detalle)


def clase_de_busqueda(texto: str) -> str:
    """What somebody searched by, without saying it."""
    junto = re.sub(r"[\s.\-]", "", texto)
    if junto.isdigit():
        return {8: "documento", 9: "celular"}.get(len(junto), "numero")
    return "palabras" if junto else ""


def visto_por(request: HttpRequest) -> Visto | None:
    """What was said of this request, if anything."""
    visto: Visto | None = getattr(request, "visto", None)
    return visto


def _anotar(request: Any, acto: str, personas: Iterable[int | None], sin_numero: int, detalle: str) -> None:
    visto = visto_por(request) or Visto()
    request.visto = visto
    visto.personas.update(dict.fromkeys(numero for numero in personas if numero is not None))
    visto.sin_numero += sin_numero
    visto.detalle = detalle or visto.detalle
    visto.acto = max(visto.acto, acto, key=FUERZA.index)
