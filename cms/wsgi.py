"""WSGI entry point; production names its settings in DJANGO_SETTINGS_MODULE."""

import os

from django.core.wsgi import get_wsgi_application

from marco.version_de_la_base import exigir_base_conocida

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()
exigir_base_conocida()
