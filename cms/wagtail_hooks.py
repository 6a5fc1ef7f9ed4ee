"""The editor of this host: who only writes sees only what writing needs. Hooks only register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

# Sounds are chosen and uploaded from the step that plays them.
OCULTOS = {"documents"}


@hooks.register("construct_main_menu", order=100)
def menu_de_quien_escribe(request: HttpRequest, menu_items: list[Any]) -> None:
    if not request.user.is_superuser:
        menu_items[:] = [uno for uno in menu_items if uno.name not in OCULTOS]


@hooks.register("construct_homepage_summary_items", order=100)
def inicio_sin_cuentas(request: HttpRequest, summary_items: list[Any]) -> None:
    """How many pages and pictures there are helps nobody to write."""
    if not request.user.is_superuser:
        summary_items.clear()
