"""The screens of Wagtail that name people: accounts, scopes, history. They are not ours, so they are read as drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from wagtail.models import BaseLogEntry, ModelLogEntry

from ..models import Persona
from .peticiones import se_busco, se_saco, se_vio

# Where a screen keeps what it shows.
DONDE = ("object", "instance", "object_list", "results", "items")
# Who wrote a page, beside it, is no look at a person: only lists of accounts and of what they did are.
DE_PAGINAS = {"Page", "Revision"}


def es_del_editor(request: HttpRequest) -> bool:
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False


def mirar_el_editor(request: HttpRequest, respuesta: HttpResponse) -> None:
    """Say whom a screen of the editor shows, by the rows that it was drawn with. A statement only if there are any."""
    contexto = getattr(respuesta, "context_data", None) or {}
    mostrados = [uno for donde in DONDE for uno in _leidos(contexto.get(donde))]
    personas, sin_numero = personas_de(mostrados)
    if not personas and not sin_numero:
        return
    if texto := request.GET.get("q", "").strip():
        se_busco(request, personas, texto=texto)
        return
    se_vio(request, personas, sin_numero=sin_numero)


def personas_de(filas: Iterable[Any]) -> tuple[list[int], int]:
    """The people of some rows, and how many accounts there are that are of nobody registered."""
    personas: dict[int, None] = {}
    cuentas: dict[Any, None] = {}
    cuenta = get_user_model()
    for fila in filas:
        if isinstance(fila, Persona):
            personas[fila.pk] = None
        elif isinstance(fila, cuenta):
            cuentas[fila.pk] = None
        elif isinstance(fila, BaseLogEntry):
            if isinstance(fila, ModelLogEntry) and fila.content_type.model_class() is Persona:
                personas[int(fila.object_id)] = None
            cuentas[fila.user_id] = None
        elif isinstance(fila, Model) and type(fila).__name__ not in DE_PAGINAS:
            personas[getattr(fila, "persona_id", None)] = None  # type: ignore[index]
            cuentas[getattr(fila, "cuenta_id", None)] = None
    personas.pop(None, None)  # type: ignore[call-overload]
    cuentas.pop(None, None)
    suyas = list(Persona.objects.filter(cuenta__in=cuentas).values_list("pk", flat=True)) if cuentas else []
    personas.update(dict.fromkeys(suyas))
    return list(personas), len(cuentas) - len(suyas)


def _leidos(valor: Any) -> list[Any]:
    """What was read to draw the screen; nothing is asked again."""
    if isinstance(valor, Model):
        return [valor]
    if isinstance(valor, QuerySet):
        return list(valor) if valor._result_cache is not None else []
    return list(valor) if isinstance(valor, list | tuple) else []


def anotar_descargas() -> None:
    """Make every list that Wagtail exports say whom it names. All of them are a ``SpreadsheetExportMixin``."""
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    if getattr(SpreadsheetExportMixin, "deja_rastro", False):
        return
    escribir = SpreadsheetExportMixin.as_spreadsheet

    def as_spreadsheet(self: Any, queryset: Any, formato: str) -> Any:
        personas, sin_numero = personas_de(queryset)  # read once: what is written comes from the same rows
        if hasattr(self, "request") and (personas or sin_numero):
            se_saco(self.request, personas, sin_numero=sin_numero, detalle=formato)
        return escribir(self, queryset, formato)

    SpreadsheetExportMixin.as_spreadsheet = as_spreadsheet
    SpreadsheetExportMixin.deja_rastro = True
