"""Embedded profile: SQLite, no broker, one machine. Serves the demo and local work."""

import secrets

from .base import *  # noqa: F403
from .base import VAR_DIR, entorno


def _clave_local() -> str:
    """Return this machine's own key, made once and kept out of the repository."""
    archivo = VAR_DIR / "clave-secreta"
    if not archivo.exists():
        archivo.parent.mkdir(parents=True, exist_ok=True)
        archivo.write_text(secrets.token_urlsafe(50))
        archivo.chmod(0o600)
    return archivo.read_text()


SECRET_KEY = entorno.texto("SECRET_KEY", "") or _clave_local()
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
