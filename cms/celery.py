"""Celery application: one API for the embedded profile, the tests and production.

A worker that is not told its settings takes those of production, as the web server does: it never works by mistake on
the SQLite file of its own machine.
"""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

TRANSPORT_ALIASES["filesystem"] = "cms.cola:Transporte"

app = Celery("kuska")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
