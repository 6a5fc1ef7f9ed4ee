"""The profile of one machine, with a clock in a hurry in the short run, and static files as they are written."""

from cms.settings.embebido import *  # noqa: F403
from cms.settings.embebido import CELERY_BEAT_SCHEDULE, STORAGES
from tests.fallas.prisa import SIN_COMPRIMIR, de_prisa

CELERY_BEAT_SCHEDULE = de_prisa(CELERY_BEAT_SCHEDULE)
STORAGES = {**STORAGES, "staticfiles": SIN_COMPRIMIR}
