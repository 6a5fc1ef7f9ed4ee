"""The key, asked again in the editor of Wagtail: before a list leaves as a file, and where rights are given.

Wagtail has no hook for either. It has one class that writes every file, and one that every screen that adds, changes
or takes away a register goes through once it knows that its person may: ours goes there, so a screen of tomorrow asks.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from ..models import Alcance
from .confirmar import pedir_clave


def da_derechos(modelo: Any) -> bool:
    """Whether who changes a row of this model changes what somebody may do."""
    return isinstance(modelo, type) and issubclass(modelo, (get_user_model(), Group, Alcance))


def pedir_la_clave() -> None:
    """Make the screens of the editor ask. Once: a site starts its rooms more than once in the tests."""
    from wagtail.admin.views.generic.mixins import BeforeAfterHookMixin
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    if getattr(SpreadsheetExportMixin, "pide_la_clave", False):
        return
    escribir, seguir = SpreadsheetExportMixin.as_spreadsheet, BeforeAfterHookMixin.dispatch

    def as_spreadsheet(self: Any, queryset: Any, formato: str) -> Any:
        pide = pedir_clave(self.request) if hasattr(self, "request") else None
        return pide or escribir(self, queryset, formato)

    def dispatch(self: Any, *args: Any, **kwargs: Any) -> Any:
        pide = pedir_clave(self.request) if da_derechos(getattr(self, "model", None)) else None
        return pide or seguir(self, *args, **kwargs)

    SpreadsheetExportMixin.as_spreadsheet = as_spreadsheet
    SpreadsheetExportMixin.pide_la_clave = True
    BeforeAfterHookMixin.dispatch = dispatch
