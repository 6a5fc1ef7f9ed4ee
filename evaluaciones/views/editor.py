"""What the editor asks before it acts on evaluations."""

from __future__ import annotations

from typing import Any

import swapper
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages


def frenar_publicacion_en_lote(request: HttpRequest, accion: str, paginas: Any) -> HttpResponse | None:
    """Publishing from the list asks the same as publishing from the form."""
    if accion != "publish":
        return None
    Evaluacion = swapper.load_model("evaluaciones", "Evaluacion")
    for pagina in paginas:
        borrador = pagina.get_latest_revision_as_object() if hasattr(pagina, "get_latest_revision_as_object") else None
        if isinstance(borrador, Evaluacion) and (falta := _falta(borrador)):
            messages.error(request, f"{pagina.get_admin_display_title()}: {falta}")
            return redirect("wagtailadmin_pages:edit", pagina.pk)
    return None


def _falta(borrador: Any) -> str:
    if not borrador.fuente.preguntas.exists():
        return _("Agregue al menos una pregunta.")
    return borrador.falta_en_sus_preguntas()
