"""What browsers say that they refused (CSP reports), added up by day. Bounded, and nothing of who was reading.

Two shapes are read: «csp-report» (CSP level 2) and the list of the Reporting API (W3C), as Firefox and Chromium send.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import F
from django.urls import Resolver404, resolve

from .models import BloqueoDelNavegador

MAXIMO_DE_BYTES = 16_384
TIPOS_DE_INFORME = {"application/csp-report", "application/reports+json"}
POR_ENVIO = 20
POR_DIA = 200  # different ones: whoever invents reports fills no table
VECES = 10_000  # from here on, it is «many»
SE_GUARDAN = datetime.timedelta(days=30)
DIRECTIVA = re.compile(r"[a-z-]{3,40}")
PALABRAS = {"inline", "eval", "wasm-eval", "data", "blob", "self"}


@dataclass(frozen=True)
class Bloqueo:
    directiva: str
    origen: str
    pantalla: str


def leer_bloqueos(cuerpo: bytes, *, anfitrion: str) -> Counter[Bloqueo]:
    """Return what a browser says that it refused on pages of ours. What cannot be read counts nothing."""
    try:
        leido = json.loads(cuerpo)
    except (ValueError, RecursionError):
        return Counter()
    return Counter(uno for uno in _leidos(leido, anfitrion))


def _leidos(leido: Any, anfitrion: str) -> Iterator[Bloqueo]:
    partes = leido if isinstance(leido, list) else [leido]
    for parte in partes[:POR_ENVIO]:
        if not isinstance(parte, dict):
            continue
        datos = parte.get("csp-report") or parte.get("body")
        if not isinstance(datos, dict):
            continue
        pagina = _texto(datos, "document-uri", "documentURL")
        directiva = _texto(datos, "effective-directive", "effectiveDirective", "violated-directive").split(" ")[0]
        if urlsplit(pagina).netloc != anfitrion or not DIRECTIVA.fullmatch(directiva):
            continue
        yield Bloqueo(directiva, _origen(_texto(datos, "blocked-uri", "blockedURL")), _pantalla(pagina))


def _texto(datos: dict[str, Any], *nombres: str) -> str:
    return next((str(datos[nombre]) for nombre in nombres if datos.get(nombre)), "")


def _origen(bloqueado: str) -> str:
    """A site or a word, never an address: what follows the host may say something of somebody."""
    if bloqueado in PALABRAS:
        return bloqueado
    partes = urlsplit(bloqueado)
    if partes.scheme in {"http", "https"}:
        return f"{partes.scheme}://{partes.hostname or ''}"[:100]
    return f"{partes.scheme}:"[:40] if partes.scheme else "otro"


def _pantalla(pagina: str) -> str:
    """The name of the route: the address itself may hold a code."""
    try:
        return resolve(urlsplit(pagina).path).view_name[:100]
    except Resolver404:
        return ""


def anotar_bloqueos(bloqueos: Counter[Bloqueo], *, hoy: datetime.date) -> None:
    """Add up what was refused today. Old days go when something new comes."""
    for uno, veces in bloqueos.items():
        suyo = BloqueoDelNavegador.objects.filter(
            dia=hoy, directiva=uno.directiva, origen=uno.origen, pantalla=uno.pantalla
        )
        if suyo.filter(veces__lt=VECES).update(veces=F("veces") + veces) or suyo.exists():
            continue
        if BloqueoDelNavegador.objects.filter(dia=hoy).count() >= POR_DIA:
            continue
        nuevo = BloqueoDelNavegador(
            dia=hoy, directiva=uno.directiva, origen=uno.origen, pantalla=uno.pantalla, veces=veces
        )
        BloqueoDelNavegador.objects.bulk_create([nuevo], ignore_conflicts=True)
        BloqueoDelNavegador.objects.filter(dia__lt=hoy - SE_GUARDAN).delete()
