"""The base page of the site: Wagtail's own, or the one that the host names in ``WAGTAIL_PAGE_MODEL``.

Wagtail lets a site swap its base page. A package that inherits from ``wagtail.models.Page`` breaks there; one that
asks for the class by its name works in both. The link to it carries the same name everywhere, so that one migration
serves every site.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import swapper
from django.apps import apps
from django.db import models

BASE = swapper.get_model_name("wagtailcore", "Page")


def _base() -> Any:
    """Return the class. Models are still being loaded: the ones of its app are, first, when they are not yet."""
    app, nombre = BASE.split(".")
    import_module(f"{apps.get_app_config(app).name}.models")
    return apps.get_registered_model(app, nombre)


def enlace_a_la_base() -> models.OneToOneField:
    return models.OneToOneField(BASE, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False)


if TYPE_CHECKING:
    from wagtail.models import Page as PaginaBase
else:
    PaginaBase = _base()
