"""Celery application: one API for the embedded profile, the tests and production."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")

TRANSPORT_ALIASES["filesystem"] = "cms.cola:Transporte"

app = Celery("kuska")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
