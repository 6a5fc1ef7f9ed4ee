"""What this room gives to the editor. Hooks only register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from .views import editor
from .viewsets import EvaluacionesViewSetGroup


@hooks.register("register_admin_viewset")
def registros_de_evaluaciones() -> EvaluacionesViewSetGroup:
    return EvaluacionesViewSetGroup()


@hooks.register("before_bulk_action")
def antes_de_publicar_en_lote(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    return editor.frenar_publicacion_en_lote(request, action_type, objects)
