"""Production profile: PostgreSQL, Redis, several processes behind a proxy. Refuses unsafe settings at start."""

from django.core.exceptions import ImproperlyConfigured

from cms.exigencias import problemas_de

from .base import *  # noqa: F403
from .base import (
    CELERY_BROKER_URL,
    DATABASES,
    KUSKA_CLAVE_DE_RESPALDO,
    KUSKA_LLAVES_DE_RECIBO,
    LOGGING,
    VAR_DIR,
    entorno,
)

SECRET_KEY = entorno.texto("SECRET_KEY")
ALLOWED_HOSTS = entorno.lista("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = entorno.direccion("KUSKA_URL")
CSRF_TRUSTED_ORIGINS = entorno.lista("CSRF_TRUSTED_ORIGINS")
KUSKA_PROXIES = entorno.entero("KUSKA_PROXIES", 1, hasta=10)
entorno.entero("WEB_CONCURRENCY", 1, desde=1, hasta=64)  # gunicorn reads it
# What certifies is asked from a bank that nobody can read; «no», for a site that only shows and practises.
KUSKA_SOLO_CON_BANCO = entorno.booleano("KUSKA_SOLO_CON_BANCO", por_defecto=True)
# nginx gives pictures and sounds once their view decided who gets them, with a place that only it reaches:
# location /interno/ { internal; alias /srv/kuska/media/; add_header X-Content-Type-Options nosniff;
#                      add_header Content-Security-Policy "default-src 'none'"; }   nginx forwards neither of ours
KUSKA_X_ACCEL = entorno.texto("KUSKA_X_ACCEL", "")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^salud(/lista)?$"]  # asked from this machine, without the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sesion"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"

# One cache for all processes: with one in each, they disagree on lessons and settings. It may stop: none waits for it.
REDIS_URL = entorno.texto("REDIS_URL", "")
CACHES = {"default": {"BACKEND": "cms.cache.CacheQueNoFalla", "LOCATION": REDIS_URL}}
CELERY_TASK_ACKS_LATE = True
# A queue that does not answer is told in a moment; the work waits in the database (``marco.cola``).
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
if CELERY_BROKER_URL.startswith(("redis://", "rediss://", "redis+socket://")):
    # Longer than a worker waits for a message (one second).
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}


# Pictures, sounds and certificates outside this machine, where there are several.
if cubo := entorno.texto("KUSKA_S3_CUBO", ""):
    STORAGES = {**STORAGES, **entorno.en_cubo(cubo)}

LOGGING["handlers"]["consola"]["formatter"] = "json"

if problemas := problemas_de(
    debug=entorno.booleano("DEBUG"),
    clave=SECRET_KEY,
    dominios=ALLOWED_HOSTS,
    direccion=WAGTAILADMIN_BASE_URL,
    base=DATABASES["default"]["ENGINE"],
    cola=CELERY_BROKER_URL,
    memoria=REDIS_URL,
    recibos=KUSKA_LLAVES_DE_RECIBO,
    carpeta=str(VAR_DIR),
    interna=KUSKA_X_ACCEL,
    de_las_copias=KUSKA_CLAVE_DE_RESPALDO,
):
    raise ImproperlyConfigured("No se inicia con ajustes inseguros:\n- " + "\n- ".join(problemas))
