"""Settings common to every profile. Safe by default; secrets come only from the environment."""

import os
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from cms import entorno, estaticos

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(entorno.texto("KUSKA_VAR", str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = ""
SECRET_KEY_FALLBACKS = entorno.lista("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "cms",
    "seguimiento",
    "programas",
    "certificados",
    "evaluaciones",
    "cursos",
    "instancias",
    "marco",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.cuentas.CuentasConfig",
    "cms.de_wagtail.ConFichas",
    "cms.de_wagtail.ConDocumentos",
    "cms.de_wagtail.ConImagenes",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "marco.metricas.Mide",
    "marco.lectura.LeeOtraVez",
    "marco.peticion.ConReferencia",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # before: what is served as it is written goes compressed too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.PoliticaDeContenido",
    "instancias.acceso.sesion.CookieDeSesionCompartida",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "marco.salida.SalidaPendiente",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.CabecerasDeSeguridad",
    "marco.caracteres.SoloLoQueSeGuarda",
    "marco.metodos.PaginaDeMetodo",
    "instancias.rastro.paso.DejaRastro",
    "marco.solo_lectura.SoloLectura",
    "marco.fallas.SabeQueSeGuardo",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marco.contexto.aula",
            ],
        },
    },
]

DATABASES = {"default": entorno.base_de_datos(entorno.texto("DATABASE_URL", f"sqlite:///{VAR_DIR / 'kuska.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "cms.Cuenta"
AUTHENTICATION_BACKENDS = ["instancias.acceso.autenticacion.CuentasDelAula"]
# The first one keeps keys; the other reads those of a site that had none of its own, until their next sign-in.
PASSWORD_HASHERS = [
    "instancias.acceso.huella.Argon2DeMemoriaMedida",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "instancias.acceso.validadores.ReglaDeClaves"}]
LOGIN_URL = "/entrar"
LOGIN_REDIRECT_URL = "/inicio"
LOGOUT_REDIRECT_URL = "/"
# In the database alone: a session that was closed while the cache was away would come back with it.
SESSION_ENGINE = "marco.sesiones"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "es-pe"
LANGUAGES = [("es-pe", _("Español (Perú)")), ("es", _("Español"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("es", _("Español"))]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
FORMAT_MODULE_PATH = ["cms.formatos"]
TIME_ZONE = "America/Lima"
WAGTAIL_USER_TIME_ZONES = ["America/Lima"]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "privado"
STORAGES = {
    "default": {"BACKEND": "marco.a_disco.EnDisco"},
    "privado": {
        "BACKEND": "marco.a_disco.EnDisco",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ADD_HEADERS_FUNCTION = estaticos.cerrar
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o640

# Of one process: what a course shows is a few hundred pieces, and three hundred would throw a third away each time.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

# Links by e-mail: off until the site says so in its settings. Without a server they cannot be turned on.
EMAIL_HOST = entorno.texto("EMAIL_HOST", "")
EMAIL_PORT = entorno.entero("EMAIL_PORT", 587, desde=1, hasta=65_535)
EMAIL_HOST_USER = entorno.texto("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = entorno.texto("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = entorno.booleano("EMAIL_USE_TLS", por_defecto=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = entorno.texto("DEFAULT_FROM_EMAIL", "webmaster@localhost")
KUSKA_AVISOS_A = entorno.lista("KUSKA_AVISOS_A")

CELERY_BROKER_URL = entorno.texto("BROKER_URL", "filesystem://")
CELERY_RESULT_BACKEND = "disabled://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if CELERY_BROKER_URL == "filesystem://":
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "cola"),
        "data_folder_out": str(VAR_DIR / "cola"),
        "control_folder": str(VAR_DIR / "cola-control"),
        "polling_interval": 0.05,
    }
CELERY_BEAT_SCHEDULE = {
    "latir": {"task": "marco.latir", "schedule": 60.0},
    "avisar": {"task": "marco.avisar", "schedule": 300.0},
    "mirar-tls": {"task": "marco.mirar_tls", "schedule": 900.0},
    "enviar-encargos": {"task": "marco.enviar_encargos", "schedule": 60.0},
    # At night, when nobody is working.
    "comprobar": {"task": "marco.comprobar", "schedule": crontab(minute=40, hour=3)},
    "emitir-pendientes": {"task": "certificados.emitir_pendientes", "schedule": 60.0},
    "cerrar-vencidos": {"task": "evaluaciones.cerrar_vencidos", "schedule": 300.0},
    "publicar-programadas": {"task": "cms.publicar_programadas", "schedule": 300.0},
    "inscribir-a-quienes-empiezan": {"task": "cursos.inscribir_a_quienes_empiezan", "schedule": 3600.0},
    "medir-tiempos": {"task": "cursos.medir_tiempos", "schedule": crontab(minute=20, hour=3)},
    "enviar-correos": {"task": "instancias.enviar_correos", "schedule": 300.0},
    "olvidar-frenos": {"task": "instancias.olvidar_frenos", "schedule": 3600.0},
    "seguir-listas": {"task": "instancias.seguir_listas", "schedule": 60.0},
    "recoger-fusiones": {"task": "instancias.recoger_fusiones", "schedule": 3600.0},
    "olvidar-listas": {"task": "instancias.olvidar_listas", "schedule": 3600.0},
    "cerrar-en-su-dia": {"task": "seguimiento.cerrar_en_su_dia", "schedule": 3600.0},
    "contar": {"task": "seguimiento.contar", "schedule": 60.0},
    "revisar-instancias": {"task": "seguimiento.revisar_instancias", "schedule": 3600.0},
    "enviar-confirmaciones": {"task": "seguimiento.enviar_confirmaciones", "schedule": 300.0},
    # Each Monday at eight, and again every ten minutes for what was refused. Who got one does not get another.
    "enviar-resumenes": {
        "task": "seguimiento.enviar_resumenes",
        "schedule": crontab(minute="*/10", hour="8-23", day_of_week="mon"),
    },
    "seguir-trabajos": {"task": "instancias.seguir_trabajos", "schedule": 60.0},
    "contar-rasgos": {"task": "seguimiento.contar_rasgos", "schedule": 86400.0},
    "publicar-cortes": {"task": "seguimiento.publicar_cortes", "schedule": 3600.0},
    "retener": {"task": "instancias.retener", "schedule": 86400.0},
    "olvidar-rastro": {"task": "instancias.olvidar_rastro", "schedule": 86400.0},
    "poner-roles-al-dia": {"task": "instancias.poner_roles_al_dia", "schedule": 3600.0},
    "respaldar": {"task": "marco.respaldar", "schedule": 1800.0},
    "respaldar-seguido": {"task": "marco.respaldar_seguido", "schedule": 60.0},
    "olvidar-sesiones": {"task": "instancias.olvidar_sesiones", "schedule": 86400.0},
}

WAGTAIL_SITE_NAME = "Aula de la Instancia"
# As a date is written here. The calendar of the editor takes another one for none, and puts today in its place.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAILADMIN_BASE_URL = entorno.direccion("KUSKA_URL", "http://localhost:8000")
WAGTAILADMIN_LOGIN_URL = "/entrar"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/entrar"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_WEBP_QUALITY = 60
WAGTAILIMAGES_JPEG_QUALITY = 60
WAGTAILIMAGES_IMAGE_FORM_BASE = "cursos.forms_imagenes.FormularioDeImagen"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "mp3", "m4a", "ogg", "opus"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cursos.forms_archivos.FormularioDeDocumento"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "ol", "ul", "link"]},
    }
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# The editor shows previews in a frame of the same origin; every other origin is refused here and by the CSP.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "report-uri": "/bloqueos",
    },
}
# The editor of Wagtail still writes inline scripts and styles: it has its own policy, for /admin only.
CSP_DEL_EDITOR = (
    f"default-src 'self'; script-src 'self' {UNSAFE_INLINE}; style-src 'self' {UNSAFE_INLINE}; "
    "img-src 'self' data: blob:; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'; "
    "report-uri /bloqueos"
)

# How many proxies of ours stand before the site, in every profile: with none, nobody says another address than theirs.
KUSKA_PROXIES = entorno.entero("KUSKA_PROXIES", 0, hasta=10)
# Megabytes left on a disk under which the site only reads; milliseconds from which a statement is told in the log; and
# the key with which a machine of yours reads /metricas, that is not there without one.
KUSKA_DISCO_MINIMO = entorno.entero("KUSKA_DISCO_MINIMO", 200)
KUSKA_SENTENCIA_LENTA = entorno.entero("KUSKA_SENTENCIA_LENTA", 1000)
KUSKA_LLAVE_DE_METRICAS = entorno.texto("KUSKA_LLAVE_DE_METRICAS", "")
KUSKA_MIRAR_TLS = entorno.booleano("KUSKA_MIRAR_TLS", por_defecto=True)
if KUSKA_LLAVE_DE_METRICAS:  # where each process writes its part, before anything of the library is imported
    METRICAS = VAR_DIR / "metricas"
    METRICAS.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(METRICAS))
# Copies: where they go, and what closes them. Without it there are none, and the panel says so.
KUSKA_RESPALDOS = entorno.texto("KUSKA_RESPALDOS", str(VAR_DIR / "respaldos"))
KUSKA_CLAVE_DE_RESPALDO = entorno.texto("KUSKA_CLAVE_DE_RESPALDO", "")
KUSKA_MINUTOS_ENTRE_COPIAS = (
    entorno.entero("KUSKA_MINUTOS_ENTRE_COPIAS", 0, hasta=1440)
    if entorno.texto("KUSKA_MINUTOS_ENTRE_COPIAS", "")
    else None
)
# The office that accompanies people here, as it is said.
KUSKA_OFICINA = "el CEM"
# The programme of this site and the certificate that it begins with, as files.
KUSKA_PROGRAMA = BASE_DIR / "cms" / "programa" / "ley-30364"
# Questions that certify, outside the repository: a folder, or a sealed file with its key (docs/contenido.md).
KUSKA_BANCO = entorno.texto("KUSKA_BANCO", "") or None
KUSKA_LLAVE_DEL_BANCO = entorno.texto("KUSKA_LLAVE_DEL_BANCO", "")
# Keys of the receipts of what people send; the first signs. From the environment (docs/plugin.md).
KUSKA_LLAVES_DE_RECIBO = entorno.lista("KUSKA_LLAVES_DE_RECIBO")
KUSKA_CERTIFICADO = BASE_DIR / "cms" / "programa" / "leoncio-prado" / "certificado.yaml"
# Words that the programme does not use, and what to write instead.
KUSKA_VOZ = BASE_DIR / "cms" / "programa" / "voz.yaml"
# A sheet of invented people that the import page offers; empty: none.
KUSKA_PADRON_DE_EJEMPLO = "cms/padron-ejemplo.xlsx"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"texto": {"()": "marco.diario.EnTexto"}, "json": {"()": "marco.diario.EnJson"}},
    "handlers": {"consola": {"()": "marco.diario.SinEspera", "formatter": "texto"}},
    "root": {"handlers": ["consola"], "level": "WARNING"},
}
