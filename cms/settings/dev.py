"""Embedded profile: SQLite, no broker, one machine. Serves the demo and local work."""

import base64
import contextlib
import datetime
import os
import secrets
import tempfile

from .base import *  # noqa: F403
from .base import KUSKA_LLAVES_DE_RECIBO, VAR_DIR, entorno


def _clave_local() -> str:
    """Return this machine's own key, made once and kept out of the repository."""
    archivo = VAR_DIR / "clave-secreta"
    if not archivo.exists():
        archivo.parent.mkdir(parents=True, exist_ok=True)
        archivo.write_text(secrets.token_urlsafe(50))
        archivo.chmod(0o600)
    return archivo.read_text()


def _llave_local() -> str:
    """Return the key with which this machine signs receipts, made once and kept out of the repository."""
    archivo = VAR_DIR / "llave-de-recibos"
    if not archivo.exists():
        archivo.parent.mkdir(parents=True, exist_ok=True)
        # Written whole before it has its name: several processes start at once, and the first one's stays.
        descriptor, aparte = tempfile.mkstemp(dir=archivo.parent)
        with os.fdopen(descriptor, "w") as nuevo:
            llave = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
            nuevo.write(f"{llave}@{datetime.date.today().isoformat()}")
        with contextlib.suppress(FileExistsError):
            os.link(aparte, archivo)
        os.unlink(aparte)
    return archivo.read_text()


SECRET_KEY = entorno.texto("SECRET_KEY", "") or _clave_local()
KUSKA_LLAVES_DE_RECIBO = KUSKA_LLAVES_DE_RECIBO or [_llave_local()]
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
