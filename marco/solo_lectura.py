"""While nothing can be kept the site only reads: every page says so, and what is sent is refused before any work.

It begins by itself when the disk has no room, and by hand (``AjustesDelAula.solo_lectura_desde``) for whoever
administers. Each process looks at the disk every few seconds, and knows at once of a write that found it full.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .espacio import medir
from .fallas import MAS_RATO, SEGUROS, contestar
from .models import AjustesDelAula
from .restricciones import Ocupada

V = TypeVar("V", bound=Callable[..., Any])
CADA = 5.0  # seconds between two looks at the disk
TRAS_UN_FALLO = 60  # seconds that a full disk is believed: that of the database may be of another machine
LLAVE = "kuska:sin-espacio"
SIN_ESPACIO, A_MANO = "sin_espacio", "a_mano"


class EnPausa(Ocupada):
    """A long work found that nothing is kept now. What it did stays, and it goes on from there when the site saves."""


def seguir_si_se_guarda() -> None:
    """Asked by a long work between two of its parts. Raises ``EnPausa``."""
    if por_que():
        raise EnPausa


class Disco:
    """What this process last saw."""

    mirar_desde = 0.0
    lleno = False
    lleno_hasta = 0.0

    def sin_espacio(self) -> bool:
        ahora = time.monotonic()
        if ahora >= self.mirar_desde:
            self.mirar_desde = ahora + CADA
            espacio = medir()
            self.lleno = (espacio is not None and not espacio.alcanza) or bool(cache.get(LLAVE))
        return self.lleno or ahora < self.lleno_hasta

    def no_cupo(self) -> None:
        """A write found no room: the next ones are refused before they begin, in every process that shares a cache."""
        self.lleno_hasta = time.monotonic() + TRAS_UN_FALLO
        cache.set(LLAVE, 1, TRAS_UN_FALLO)

    def olvidar(self) -> None:
        self.mirar_desde = self.lleno_hasta = 0.0
        self.lleno = False
        cache.delete(LLAVE)


disco = Disco()


def por_que() -> str:
    """Why the site only reads now; empty when it saves. No statement once the settings are at hand."""
    if disco.sin_espacio():
        return SIN_ESPACIO
    return A_MANO if AjustesDelAula.esta_en_solo_lectura() else ""


def frase(motivo: str) -> str:
    """What every page says meanwhile."""
    if motivo == SIN_ESPACIO:
        return _("El aula no tiene espacio para guardar. Puede leer; lo que envíe ahora no se guardará.")
    return _("El aula está en mantenimiento. Puede leer; lo que envíe ahora no se guardará.") if motivo else ""


def sin_guardar_tambien(vista: V) -> V:
    """Mark a view that answers its POST also while the site only reads: to come in, to leave, to open it again."""
    vista.sin_guardar_tambien = True  # type: ignore[attr-defined]
    return vista


class SoloLectura:
    """Refuse what is sent while nothing is kept. Goes after whatever only looks at a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        respuesta = self.get_response(request)
        if getattr(request, "no_cupo", False):
            disco.no_cupo()
        return respuesta

    def process_view(
        self, request: HttpRequest, vista: Callable[..., Any], _partes: Any, _datos: Any
    ) -> HttpResponse | None:
        if request.method in SEGUROS or getattr(vista, "sin_guardar_tambien", False):
            return None
        motivo = por_que()
        return _negar(request, motivo) if motivo else None


def _negar(request: HttpRequest, motivo: str) -> HttpResponse:
    if motivo == SIN_ESPACIO:
        mensaje = _(
            "El aula no tiene espacio en este momento. Puede seguir leyendo. Vuelva a enviarlo en unos minutos; si "
            "sigue igual, avise a quien administra el aula."
        )
    else:
        mensaje = _("El aula está en mantenimiento. Puede seguir leyendo. Vuelva a enviarlo en unos minutos.")
    respuesta = contestar(request, estado=503, codigo="solo_lectura", titulo=_("No se guardó."), mensaje=mensaje)
    respuesta["Retry-After"] = str(MAS_RATO)
    return respuesta
