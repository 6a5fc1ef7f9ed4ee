"""The certificate with which the site is visited: until when it is valid. Only the address of the site is asked.

Nobody else is told: it is one greeting to our own address, and what was heard is kept for an hour.
"""

from __future__ import annotations

import datetime
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache

from .contrato import valor

PACIENCIA = 3.0  # seconds
SE_RECUERDA, SE_VUELVE_A_MIRAR = 3600, 300
MEMORIA = "kuska:tls"


@dataclass(frozen=True)
class Visto:
    """``hasta``: its last moment. ``falla``: why a browser would not trust it. Neither: it did not answer from here."""

    donde: str
    hasta: datetime.datetime | None = None
    falla: str = ""


def mirar() -> Visto | None:
    """What the address of the site shows. None where it has no TLS, or the settings say not to look."""
    direccion = urlsplit(str(getattr(settings, "WAGTAILADMIN_BASE_URL", "")))
    if direccion.scheme != "https" or not direccion.hostname or not valor("KUSKA_MIRAR_TLS"):
        return None
    llave = f"{MEMORIA}:{direccion.netloc}"
    visto: Visto | None = cache.get(llave)
    if visto is None:
        visto = _mirar(direccion.hostname, direccion.port or 443)
        cache.set(llave, visto, SE_RECUERDA if visto.hasta else SE_VUELVE_A_MIRAR)
    return visto


def _mirar(donde: str, puerto: int) -> Visto:
    try:
        with (
            socket.create_connection((donde, puerto), timeout=PACIENCIA) as conexion,
            ssl.create_default_context().wrap_socket(conexion, server_hostname=donde) as cerrada,
        ):
            certificado = cerrada.getpeercert() or {}
    except ssl.SSLCertVerificationError as error:
        return Visto(donde, falla=str(error.verify_message))
    except (OSError, ValueError):
        return Visto(donde)
    hasta = ssl.cert_time_to_seconds(str(certificado["notAfter"]))
    return Visto(donde, datetime.datetime.fromtimestamp(hasta, datetime.UTC))
