"""Sending, and what came of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cursos.models import Inscripcion
from cursos.services.recorrido import url_de
from cursos.services.temario import temario_de
from cursos.unidades import clase_de
from cursos.views import enlaces_al_terminar
from evaluaciones import reglas
from evaluaciones.models import Intento
from evaluaciones.services import lectura
from evaluaciones.services.envio import enviar as enviar_intento
from evaluaciones.services.errores import EvaluacionError
from evaluaciones.services.intentos import del_lugar, elegidas_de
from evaluaciones.services.respuestas import aviso_de_plazo, guardar_hoja

from .comunes import acto, error_en, integrante, leer_hoja, leer_uuid
from .preguntas import mostrar_revision


@integrante
@acto("revisar")
def enviar(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Grade once and answer with the result. Sent again, it is the same result."""
    ahora = timezone.now()
    clave, hoja = leer_uuid(request.POST, "intento"), leer_hoja(request.POST)
    try:
        envio = enviar_intento(persona=request.persona, intento=clave, hoja=hoja, ahora=ahora)
    except EvaluacionError as error:
        if error.codigo != "faltan_respuestas":
            raise
        guardada = guardar_hoja(persona=request.persona, intento=clave, hoja=hoja, ahora=ahora)
        if guardada.intento.reglas["clase"] == reglas.PRACTICA:
            return redirect("evaluaciones:preguntas", curso, unidad)
        problema = error_en(str(error), "faltan")
        return mostrar_revision(request, curso, unidad, guardada.intento, guardada.elegidas, **problema)
    intento = envio.intento
    if envio.repetido:
        return redirect("evaluaciones:resultado", curso, unidad, intento.numero)
    visible = lectura.resultado_visible(
        intento, envio.elegidas, enviados=intento.numero, aprobada=bool(intento.aprobado)
    )
    aviso = aviso_de_plazo(intento) if envio.tarde else ""
    terminado = envio.curso_terminado or _curso_terminado(intento)
    return _mostrar(request, curso, unidad, intento, visible, terminado=terminado, aviso=aviso)


@require_safe
@integrante
def ver(request: HttpRequest, curso: int, unidad: int, numero: int) -> HttpResponse:
    """The result of an attempt, for as long as the person is in the course, whatever became of the page."""
    propios = del_lugar(persona=request.persona, curso=curso, unidad=unidad).enviados()
    intento = propios.filter(numero=numero).first()
    if intento is None:
        raise Http404
    todos = Intento.objects.enviados().filter(inscripcion=intento.inscripcion, unidad=intento.unidad)
    suma = todos.aggregate(ultimo=Max("numero"), aprobado=Max("numero", filter=Q(aprobado=True)))
    visible = lectura.resultado_visible(
        intento, elegidas_de(intento), enviados=suma["ultimo"], aprobada=suma["aprobado"] is not None
    )
    return _mostrar(request, curso, unidad, intento, visible, terminado=_curso_terminado(intento))


def _encuesta(intento: Intento, curso: int) -> str:
    """Address of the course's survey, if it has one: optional, and it delays nothing."""
    filas = temario_de(intento.inscripcion.curso).de_clase(intento.unidad.clase)
    fila = next((fila for fila in filas if fila.variante == reglas.ENCUESTA), None)
    return url_de(fila, curso) if fila else ""


def _curso_terminado(intento: Intento) -> bool:
    return intento.inscripcion.estado == Inscripcion.Estado.TERMINADA


def _mostrar(
    request: HttpRequest,
    curso: int,
    unidad: int,
    intento: Intento,
    visible: lectura.ResultadoVisible,
    *,
    terminado: bool,
    **otros: Any,
) -> HttpResponse:
    leccion = clase_de("leccion")
    repasar = [
        {"texto": fila["titulo"], "url": leccion.url(curso=curso, numero=fila["numero"])}
        for fila in visible.repasar
        if leccion
    ]
    contexto = {
        "curso": curso,
        "unidad": unidad,
        "resultado": visible,
        "repasar": repasar,
        "acciones": enlaces_al_terminar(request, intento.inscripcion) if terminado else [],
        "encuesta": _encuesta(intento, curso) if terminado else "",
        **otros,
    }
    return render(request, "evaluaciones/resultado.html", contexto)
