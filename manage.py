#!/usr/bin/env python
"""Command line of the project; the settings default to the embedded profile."""

import os
import sys

from marco.version_de_la_base import ejecutar

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    ejecutar(sys.argv)
