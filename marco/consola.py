"""The «kuska» of the command line: «kuska servir», and every other command of the site, wherever it is installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def principal() -> None:
    """Run a command of the site named by DJANGO_SETTINGS_MODULE, or of the one in this folder."""
    aqui = Path.cwd()
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        if not (aqui / "manage.py").is_file():
            sys.exit(
                "Falta saber de qué sitio se habla: entre en la carpeta que tiene su manage.py, o diga sus ajustes en "
                "la variable DJANGO_SETTINGS_MODULE."
            )
        os.execv(sys.executable, [sys.executable, str(aqui / "manage.py"), *sys.argv[1:]])  # noqa: S606
    sys.path.insert(0, str(aqui))
    from django.core.exceptions import ImproperlyConfigured

    from .version_de_la_base import ejecutar

    try:
        ejecutar(["kuska", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        sys.exit(str(error))
