"""What the editor asks before it acts on evaluations."""

from __future__ import annotations

from typing import Any

import swapper
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from evaluaciones import reglas


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
    hoy = timezone.localdate()
    preguntas = [pregunta.contenido(hoy=hoy) for pregunta in borrador.preguntas.all()]
    if not preguntas and not borrador.preguntas_de_id:
        return _("Agregue al menos una pregunta.")
    malas = [str(n) for n, pregunta in enumerate(preguntas, 1) if reglas.problemas(pregunta, borrador.clase)]
    return _("Complete estas preguntas: %(lista)s.") % {"lista": ", ".join(malas)} if malas else ""
