"""Practice: one question at a time, explained at once."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from evaluaciones import reglas
from evaluaciones.services import lectura
from evaluaciones.services.intentos import elegidas_de

from .comunes import elija_una, error_en, integrante
from .preguntas import en_curso


@require_safe
@integrante
def pregunta(request: HttpRequest, curso: int, unidad: int, numero: int) -> HttpResponse:
    """A question of the practice in progress: to answer it, or what there is to learn from the answer."""
    intento = en_curso(request, curso, unidad)
    if intento is None:
        return redirect("evaluaciones:evaluacion", curso, unidad)
    if intento.reglas["clase"] != reglas.PRACTICA:
        return redirect("evaluaciones:preguntas", curso, unidad)
    total = len(intento.formulario)
    if not 1 <= numero <= total:
        raise Http404
    elegidas = elegidas_de(intento)
    contexto = {
        "curso": curso,
        "unidad": unidad,
        "titulo": intento.reglas["titulo"],
        "intento": str(intento.clave),
        "numero": numero,
        "total": total,
    }
    if elegidas.get(numero) and "otra" not in request.GET and "falta" not in request.GET:
        contexto["explicacion"] = lectura.explicacion_de_practica(intento, numero, elegidas[numero])
        contexto["sigue"] = next((n for n in range(1, total + 1) if not elegidas.get(n)), None)
        return render(request, "evaluaciones/practica_respuesta.html", contexto)
    contexto["pregunta"] = lectura.preguntas_visibles(intento, {})[numero - 1]
    contexto["operacion"] = str(uuid.uuid4())
    if "falta" in request.GET:
        contexto.update(error_en(elija_una(), f"pregunta-{numero}"))
    return render(request, "evaluaciones/practica_pregunta.html", contexto)
