"""PostgreSQL, Redis, gunicorn and Celery, with the floor."""

from cms.settings.production import *  # noqa: F403
from cms.settings.production import AUTHENTICATION_BACKENDS, MIDDLEWARE

from . import APARTE, CUENTA

MIDDLEWARE = [APARTE, *MIDDLEWARE]
AUTHENTICATION_BACKENDS = [*AUTHENTICATION_BACKENDS, CUENTA]
KUSKA_SEGUNDO_FACTOR = False  # whoever measures the panel has no telephone
