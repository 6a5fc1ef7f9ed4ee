#!/usr/bin/env python
"""Command line of the project; without DJANGO_SETTINGS_MODULE, ``cms.orden`` says with which settings."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

from marco.version_de_la_base import ejecutar

if __name__ == "__main__":
    entorno = dict(os.environ)  # as it was given: the application of Celery names those of production
    from cms.orden import ajustes_de

    os.environ["DJANGO_SETTINGS_MODULE"] = ajustes_de(sys.argv, entorno)
    try:
        ejecutar(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
