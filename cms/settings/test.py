"""Settings of the tests: the same rooms, on SQLite by default or on the database named by DATABASE_URL."""

import atexit
import gc
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

gc.set_threshold(100_000, 50, 100)  # thousands of tests are collected, and they stay


def _quitar(carpeta: str, de: int) -> None:
    """Whoever made the folder takes it away, and no process that was forked from it."""
    if os.getpid() == de:
        shutil.rmtree(carpeta, ignore_errors=True)


if "KUSKA_VAR" not in os.environ:
    os.environ["KUSKA_VAR"] = tempfile.mkdtemp(prefix="kuska-pruebas-")
    atexit.register(_quitar, os.environ["KUSKA_VAR"], os.getpid())

from .base import *  # noqa: E402, F403
from .base import BASE_DIR, DATABASES, INSTALLED_APPS, STORAGES, VAR_DIR, entorno  # noqa: E402

# A kind of unit that no room knows of: its table, for the tests that register it.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.talleres.solo_tablas.SoloTablas"]
SECRET_KEY = "solo-para-pruebas-" + "0" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
KUSKA_LLAVES_DE_RECIBO = ["cHJ1ZWJhLXBydWViYS1wcnVlYmEtcHJ1ZWJhLXBydWU"]  # of nobody: only for the tests
KUSKA_DISCO_MINIMO = 0  # no test is about the disk of whoever runs it
KUSKA_SENTENCIA_LENTA = 0
KUSKA_SEGUNDO_FACTOR = False  # asked for by the tests that are about it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that threads and processes meet on the same database, and so that it can be reused. Each checkout has
    # its own: two that are tried at once would write over each other.
    copia = hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:8]
    nombre = entorno.texto("KUSKA_TEST_DB", f"pruebas-{copia}")
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # nothing here outlives the machine
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"kuska-{nombre}.sqlite3")}
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)
    if nombre := entorno.texto("KUSKA_TEST_DB", ""):
        DATABASES["default"]["TEST"] = {"NAME": f"kuska-{nombre}"}
MEDIA_ROOT = VAR_DIR / "media"
WAGTAILADMIN_BASE_URL = "http://testserver"
# No rule of ours asks Wagtail's index of words: writing it took a tenth of the time of the tests.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
