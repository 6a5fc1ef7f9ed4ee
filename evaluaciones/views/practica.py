"""Practice: one question at a time, explained at once."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from evaluaciones import reglas
from evaluaciones.consultas import lectura
from evaluaciones.services.intentos import respuestas_de
from evaluaciones.visible import de_las_clases
from marco.sin_senal import se_queda

from .comunes import error_en, integrante
from .preguntas import en_curso


@require_safe
@integrante
@se_queda
def pregunta(request: HttpRequest, curso: int, unidad: int, numero: int) -> HttpResponse:
    """A question of the practice in progress: to answer it, or what there is to learn from the answer."""
    intento = en_curso(request, curso, unidad)
    if intento is None:
        return redirect("kuska_evaluaciones:evaluacion", curso, unidad)
    if intento.reglas.clase != reglas.PRACTICA:
        return redirect("kuska_evaluaciones:preguntas", curso, unidad)
    total = len(intento.formulario)
    if not 1 <= numero <= total:
        raise Http404
    respuestas = respuestas_de(intento)
    sin_responder = intento.formulario.sin_responder(respuestas)
    contexto = {
        "curso": curso,
        "unidad": unidad,
        "titulo": intento.reglas.titulo,
        "intento": str(intento.clave),
        "numero": numero,
        "total": total,
    }
    if numero not in sin_responder and "otra" not in request.GET and "falta" not in request.GET:
        contexto["explicacion"] = lectura.explicacion_de_practica(intento, numero, respuestas.get(numero))
        contexto["sigue"] = next(iter(sin_responder), None)
        return render(request, "kuska/evaluaciones/practica_respuesta.html", contexto)
    a_medias = {numero: respuestas.get(numero)} if numero in sin_responder else {}
    contexto["pregunta"] = una = lectura.preguntas_visibles(intento, a_medias)[numero - 1]
    contexto["operacion"] = str(uuid.uuid4())
    contexto.update(de_las_clases([una]))
    if "falta" in request.GET:
        contexto.update(error_en(una.falta, f"pregunta-{numero}"))
    return render(request, "kuska/evaluaciones/practica_pregunta.html", contexto)
