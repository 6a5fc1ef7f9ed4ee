"""What this room tells on the pages of the rooms below."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cursos.models import Inscripcion
from evaluaciones.consultas.aplicacion import por_aplicar
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


def de_lo_que_se_aplico(inscripciones: list[Inscripcion]) -> list[dict[str, str]]:
    """Ask, months after a course, what was done with it. It is optional, and nothing waits for it."""
    abiertas = por_aplicar(inscripciones, hoy=timezone.localdate())
    return [
        {
            "texto": _(
                "Ya pasó un tiempo desde que terminó su curso. Cuéntenos qué pudo aplicar: es opcional y toma poco."
            ),
            "enlace": _("Responder"),
            "url": url_de_evaluacion("evaluacion", una.curso, una.unidad),
        }
        for una in abiertas
    ]
