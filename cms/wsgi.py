"""WSGI entry point; production names its settings in DJANGO_SETTINGS_MODULE.

All that a page needs is read here, before the server makes its processes, so that they share it.
"""

import gc
import os

gc.disable()  # what is read stays to the end: looking through it for what may go took a quarter of the start

from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

from marco.servicio.reparto import leer_las_paginas  # noqa: E402
from marco.version_de_la_base import BaseDeOtraEdicion, exigir_base_conocida  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
try:
    application = get_wsgi_application()
    exigir_base_conocida()
    leer_las_paginas()
except (ImproperlyConfigured, BaseDeOtraEdicion) as error:  # a sentence, and not where in the code it was noticed
    raise SystemExit(str(error)) from None
gc.set_threshold(20_000, 20)
gc.enable()
