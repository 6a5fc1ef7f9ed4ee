"""What the phone keeps for when there is no signal: the service worker, made of pieces, and whose each page is.

A room adds its piece (``pieza``), the files that a kept page needs (``archivos``) and the addresses that end a session
(``se_va``) when it starts. What a piece may use is told at the head of ``kuska/sw/nucleo.js``.

A page of a person is kept only under their mark: a code that says nothing of them, the same in all their phones. The
server gives it in the heading ``CABECERA`` of each answer, with «guardar» when the page may stay on the phone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from .direcciones import ruta_de
from .salida import galletas

CABECERA = "Kuska-Celular"
GUARDAR = "guardar"
SAL = "kuska.celular"
LETRAS = 24

_piezas: list[str] = ["kuska/sw/nucleo.js"]
_archivos: list[str] = ["kuska/js/kuska.js", "kuska/js/senal.js", "kuska/css/kuska.css", "kuska/img/icono.svg"]
_salidas: list[str] = ["kuska_marco:salir_rapido"]


def pieza(ruta: str) -> None:
    """Add a static file to the service worker, after the core and in the order in which rooms start."""
    _agregar(_piezas, ruta)


def archivos(*rutas: str) -> None:
    """Static files that the phone keeps from the first day. Few: each one is asked for."""
    _agregar(_archivos, *rutas)


def se_va(*vistas: str) -> None:
    """Views whose POST ends the session here: what was kept of the person goes at once."""
    _agregar(_salidas, *vistas)


def _agregar(lista: list[str], *nuevas: str) -> None:
    lista.extend(una for una in nuevas if una not in lista)
    _armado.cache_clear()


def trabajador() -> str:
    """The whole service worker. It changes when a piece of it or a file that it keeps does, and only then."""
    return _armado(*(_ruta(una).stat().st_mtime_ns for una in (*_piezas, *_archivos)))


@lru_cache(maxsize=1)
def _armado(*_cuando: int) -> str:
    cuerpo = "\n".join(_leer(ruta) for ruta in _piezas)
    nombres = galletas()
    ajustes = {
        "cabecera": CABECERA,
        "guardar": GUARDAR,
        "estatica": staticfiles_storage.base_url,
        "archivos": [staticfiles_storage.url(ruta) for ruta in _archivos],
        "sinSenal": reverse("kuska_marco:sin_senal"),
        "tiempo": reverse("kuska_marco:tiempo"),
        "paquetes": ruta_de("paquetes"),
        "salidas": [reverse(vista) for vista in _salidas],
        "salida": nombres.salida,
        "abierta": nombres.abierta,
    }
    contenido = [_leer(ruta) for ruta in _archivos]  # a file whose name does not change with what it says
    ajustes["version"] = hashlib.sha256("\n".join([cuerpo, json.dumps(ajustes), *contenido]).encode()).hexdigest()[:12]
    return f'"use strict";\nvar K = {json.dumps(ajustes)};\n{cuerpo}\n'


def _ruta(archivo: str) -> Path:
    hallada = finders.find(archivo)
    if not hallada:
        raise LookupError(f"no hay un archivo estático «{archivo}»")
    return Path(str(hallada))


def _leer(archivo: str) -> str:
    return _ruta(archivo).read_text(encoding="utf-8")


# --- Whose


def marcas_de(persona: int | str) -> list[str]:
    """The marks of a person: the one of today first, then those of the keys that the site used before."""
    llaves = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(SAL, str(persona), secret=llave, algorithm="sha256").hexdigest()[:LETRAS] for llave in llaves]


def se_queda(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose page may stay on the phone of its person: it carries no name. Goes innermost."""
    vista.se_queda = True  # type: ignore[attr-defined]
    return vista


def marcar(respuesta: HttpResponse, *, marca: str, queda: bool) -> HttpResponse:
    """Tell the service worker whose this answer is, and whether it may stay."""
    respuesta[CABECERA] = f"{marca} {GUARDAR}" if queda else marca
    return respuesta
