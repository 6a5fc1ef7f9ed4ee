"""Embedded profile: SQLite, no broker, one machine. Serves the demo and local work."""

import base64
import datetime
import fcntl
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from marco.del_sistema import sin_traducir

from .base import *  # noqa: F403
from .base import KUSKA_LLAVES_DE_RECIBO, VAR_DIR, entorno


def _propia(nombre: str, hacer: Callable[[], str]) -> str:
    """Return a key of this machine, made once and kept out of the repository. One that was cut short is made again.

    Several processes start at once: one at a time looks and makes it, and a key that somebody read stays.
    """
    archivo = VAR_DIR / nombre
    try:
        if dicha := _escrita(archivo):
            return dicha
        archivo.parent.mkdir(parents=True, exist_ok=True)
        with (archivo.parent / ".llaves.turno").open("w") as turno:
            fcntl.flock(turno, fcntl.LOCK_EX)  # the system takes it back from who dies
            return _escrita(archivo) or _escribir(archivo, hacer())
    except OSError as error:
        raise ImproperlyConfigured(
            f"No se puede usar la carpeta de los datos, {VAR_DIR} ({sin_traducir(error.errno)}). Diga otra en "
            "KUSKA_VAR, libere espacio, o déjela del usuario que enciende el aula: chown -R kuska:kuska CARPETA."
        ) from None


def _escrita(archivo: Path) -> str:
    try:
        return archivo.read_text().strip()
    except FileNotFoundError:
        return ""


def _escribir(archivo: Path, llave: str) -> str:
    """Whole, and only for its owner, before it has its name."""
    descriptor, aparte = tempfile.mkstemp(dir=archivo.parent)
    try:
        with os.fdopen(descriptor, "w") as nuevo:
            nuevo.write(llave)
            nuevo.flush()
            os.fsync(descriptor)
        os.replace(aparte, archivo)
        carpeta = os.open(archivo.parent, os.O_RDONLY)
        os.fsync(carpeta)  # its name too: another key would close every session and second step
        os.close(carpeta)
    except BaseException:
        os.unlink(aparte)
        raise
    return llave


def _llave_con_fecha() -> str:
    """With which this machine signs receipts, and the day from which it does."""
    llave = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
    return f"{llave}@{datetime.date.today().isoformat()}"


SECRET_KEY = entorno.texto("SECRET_KEY", "") or _propia("clave-secreta", lambda: secrets.token_urlsafe(50))
KUSKA_LLAVES_DE_RECIBO = KUSKA_LLAVES_DE_RECIBO or [_propia("llave-de-recibos", _llave_con_fecha)]
DEBUG = entorno.booleano("DEBUG")
ALLOWED_HOSTS = entorno.lista("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
# The accounts of the demonstration are published: its settings offer the second step, and nobody is asked for one.
KUSKA_SEGUNDO_FACTOR = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
KUSKA_CARPETA = VAR_DIR
CACHES = {
    "default": {
        "BACKEND": "cms.memoria.MemoriaDelEquipo",
        "LOCATION": "kuska",
        "OPTIONS": {"archivo": VAR_DIR / "memoria", "MAX_ENTRIES": 5000},
    }
}
