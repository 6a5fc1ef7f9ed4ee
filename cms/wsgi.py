"""WSGI entry point; production names its settings in DJANGO_SETTINGS_MODULE."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from marco.version_de_la_base import BaseDeOtraEdicion, exigir_base_conocida

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
try:
    application = get_wsgi_application()
    exigir_base_conocida()
except (ImproperlyConfigured, BaseDeOtraEdicion) as error:  # a sentence, and not where in the code it was noticed
    raise SystemExit(str(error)) from None
