#!/usr/bin/env python
"""Command line of the project; without DJANGO_SETTINGS_MODULE, ``cms.orden`` says with which settings."""

import gc
import os
import sys

# What is imported stays to the end, and so do the models of each migration while it runs: looking through them for what
# may go took a tenth of the start of any command, and a sixth of the first «migrate».
gc.set_threshold(20_000, 20)

from django.core.exceptions import ImproperlyConfigured  # noqa: E402

from marco.version_de_la_base import ejecutar  # noqa: E402

if __name__ == "__main__":
    entorno = dict(os.environ)  # as it was given: the application of Celery names those of production
    from cms.orden import ajustes_de

    os.environ["DJANGO_SETTINGS_MODULE"] = ajustes_de(sys.argv, entorno)
    try:
        ejecutar(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
