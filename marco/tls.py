"""The certificate with which the site is visited: until when it is valid. Only the address of the site is asked.

Nobody else is told: it is one greeting to our own address. The clock asks, and keeps what it heard: to find a name may
take half a minute.
"""

from __future__ import annotations

import datetime
import socket
import ssl
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .contrato import valor

PACIENCIA = 3.0  # seconds
# https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/
POR_QUE = {
    9: gettext_noop("todavía no empieza a valer"),
    10: gettext_noop("venció"),
    18: gettext_noop("lo firmó esta misma máquina, y nadie más responde por él"),
    19: gettext_noop("lo firmó alguien en quien los navegadores no confían"),
    20: gettext_noop("falta el certificado de quien lo firmó"),
    21: gettext_noop("falta el certificado de quien lo firmó"),
    62: gettext_noop("es de otra dirección"),
    64: gettext_noop("es de otra dirección"),
}
OTRA_COSA = gettext_noop("los navegadores no confían en él")


@dataclass(frozen=True)
class Visto:
    """``hasta``: its last moment. ``falla``: why a browser would not trust it. Neither: it did not answer from here."""

    donde: str
    hasta: datetime.datetime | None = None
    falla: str = ""

    def como_datos(self) -> dict[str, Any]:
        return {"donde": self.donde, "hasta": self.hasta and self.hasta.isoformat(), "falla": self.falla}

    @classmethod
    def de_datos(cls, datos: dict[str, Any]) -> Self:
        hasta = datos["hasta"] and datetime.datetime.fromisoformat(datos["hasta"])
        return cls(datos["donde"], hasta or None, datos["falla"])


def direccion() -> str:
    """The address that is looked at, without its scheme. Empty where it has no TLS, or the settings say not to look."""
    esquema, _raya, resto = str(getattr(settings, "WAGTAILADMIN_BASE_URL", "")).partition("://")
    return resto.partition("/")[0] if esquema.lower() == "https" and valor("KUSKA_MIRAR_TLS") else ""


def mirar() -> Visto | None:
    """What the address of the site shows now. None where there is nothing to look at."""
    donde = direccion()
    return _mirar(donde) if donde else None


def _mirar(donde: str) -> Visto:
    try:
        partes = urlsplit(f"//{donde}")
        nombre = partes.hostname or ""
        with (
            socket.create_connection((nombre, partes.port or 443), timeout=PACIENCIA) as conexion,
            ssl.create_default_context().wrap_socket(conexion, server_hostname=nombre) as cerrada,
        ):
            certificado = cerrada.getpeercert() or {}
    except ssl.SSLCertVerificationError as error:
        return Visto(donde, falla=_(POR_QUE.get(error.verify_code, OTRA_COSA)))
    except (OSError, ValueError):
        return Visto(donde)
    hasta = ssl.cert_time_to_seconds(str(certificado["notAfter"]))
    return Visto(donde, datetime.datetime.fromtimestamp(hasta, datetime.UTC))
