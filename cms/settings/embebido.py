"""A real site on one machine: SQLite, no broker, its own processes («manage.py servir»). No invented people."""

from urllib.parse import urlsplit

from .base import *  # noqa: F403
from .base import VAR_DIR, WAGTAILADMIN_BASE_URL, entorno
from .dev import ALLOWED_HOSTS as DE_ESTA_MAQUINA
from .dev import CACHES as MEMORIA
from .dev import KUSKA_LLAVES_DE_RECIBO as LLAVES
from .dev import SECRET_KEY as CLAVE

SECRET_KEY, CACHES, KUSKA_LLAVES_DE_RECIBO = CLAVE, MEMORIA, LLAVES
direccion = urlsplit(WAGTAILADMIN_BASE_URL)
ALLOWED_HOSTS = [*dict.fromkeys([*DE_ESTA_MAQUINA, direccion.hostname or "localhost"])]
CSRF_TRUSTED_ORIGINS = entorno.lista("CSRF_TRUSTED_ORIGINS")
KUSKA_CARPETA = VAR_DIR
KUSKA_SOLO_CON_BANCO = entorno.booleano("KUSKA_SOLO_CON_BANCO", por_defecto=True)
KUSKA_PADRON_DE_EJEMPLO = ""

# Behind a proxy of ours that speaks https: cookies travel only by it.
if direccion.scheme == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^salud(/lista)?$"]  # asked from this machine, without the proxy
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sesion", "__Host-csrf"
    KUSKA_PROXIES = entorno.entero("KUSKA_PROXIES", 1, hasta=10)
