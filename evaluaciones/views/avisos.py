"""What this room tells on the pages of the rooms below."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluaciones.services.avisos import cierres_de

from .comunes import url_de_evaluacion


def de_lo_que_se_cerro(request: HttpRequest, curso: int | None = None) -> list[dict[str, str]]:
    """Return what closed by itself, each with the way to it: its result, or the evaluation when it has none."""
    cierres = cierres_de(persona=request.persona, ahora=timezone.now(), curso=curso)  # type: ignore[attr-defined]
    return [
        {
            "texto": uno.texto,
            "enlace": _("Ver mi resultado") if uno.numero else _("Ver la evaluación"),
            "url": url_de_evaluacion("resultado", uno.curso, uno.unidad, uno.numero)
            if uno.numero
            else url_de_evaluacion("evaluacion", uno.curso, uno.unidad),
        }
        for uno in cierres
    ]
