"""Reference host of the plugin: settings, addresses, home page, the programme's content."""

from .celery import app as celery_app

__all__ = ["celery_app"]
