"""The form: start, answer, save on the way, review."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cursos.consultas.siguiente import url_de
from evaluaciones import reglas
from evaluaciones.consultas import dibujo, lectura
from evaluaciones.consultas.plazo import cierra_en
from evaluaciones.errores import EvaluacionError
from evaluaciones.libro import RespuestaDada, Respuestas
from evaluaciones.models import Intento
from evaluaciones.services.cierre import situacion_al_dia
from evaluaciones.services.entrada import saltar as dejar_de_lado
from evaluaciones.services.intentos import abierto_en, iniciar, lineas_de, respuestas_de
from evaluaciones.services.respuestas import guardar_entrega, responder
from evaluaciones.visible import de_las_clases
from marco.paginas_dibujadas import dar
from marco.sin_senal import se_queda

from .comunes import acto, hay_algo, integrante, leer_entero, leer_entrega, leer_uuid, pide_json, url_de_evaluacion


@integrante
@acto("preguntas")
@se_queda
def empezar(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Freeze the form and answer with it: one request, so that a weak network has one chance less to fail."""
    ahora = timezone.now()
    situacion = situacion_al_dia(persona=request.persona, curso=curso, unidad=unidad, ahora=ahora)
    intento = iniciar(situacion=situacion, ahora=ahora, numero=leer_entero(request.POST, "numero"))
    if intento.estado == Intento.Estado.CERRADO:
        return redirect("kuska_evaluaciones:evaluacion", curso, unidad)
    if intento.estado != Intento.Estado.EN_CURSO:
        return redirect("kuska_evaluaciones:resultado", curso, unidad, intento.numero)
    if intento.reglas.clase == reglas.PRACTICA:
        return redirect("kuska_evaluaciones:preguntas", curso, unidad)
    if intento.pk == situacion.en_curso_id:
        primera = lectura.primera_sin_responder(intento, respuestas_de(intento))
        return redirect(url_de_evaluacion("preguntas", curso, unidad) + (f"#p{primera}" if primera else ""))
    respuesta = mostrar(request, curso, unidad, intento, {})
    respuesta["Content-Location"] = url_de_evaluacion("preguntas", curso, unidad)
    return respuesta


@integrante
@acto("evaluacion")
def saltar(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Leave the entry evaluation aside and go on with the course."""
    situacion = situacion_al_dia(persona=request.persona, curso=curso, unidad=unidad, ahora=timezone.now())
    fila = dejar_de_lado(situacion)
    return redirect(url_de(fila, curso) if fila else reverse("kuska_cursos:curso", args=[curso]))


@require_safe
@integrante
@se_queda
def lista(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """The questions of the attempt in progress, with what was answered; on any device, where the person left it."""
    intento = en_curso(request, curso, unidad)
    if intento is None:
        return redirect("kuska_evaluaciones:evaluacion", curso, unidad)
    lineas = lineas_de(intento)
    if intento.reglas.clase == reglas.PRACTICA:
        respuestas = {n: linea.valor for n, linea in lineas.items()}
        sigue = lectura.primera_sin_responder(intento, respuestas) or len(intento.formulario)
        return redirect("kuska_evaluaciones:pregunta", curso, unidad, sigue)
    return mostrar(request, curso, unidad, intento, lineas)


def en_curso(request: HttpRequest, curso: int, unidad: int) -> Intento | None:
    return abierto_en(persona=request.persona, curso=curso, unidad=unidad, ahora=timezone.now())


def mostrar(
    request: HttpRequest, curso: int, unidad: int, intento: Intento, lineas: Mapping[int, RespuestaDada]
) -> HttpResponse:
    respuestas = {n: linea.valor for n, linea in lineas.items()}
    preguntas = lectura.preguntas_visibles(intento, respuestas)
    de_ellas = {nombre: tuple(cuales) for nombre, cuales in de_las_clases(preguntas).items()}
    return dar(
        request,
        "kuska/evaluaciones/preguntas.html",
        {
            "curso": curso,
            "unidad": unidad,
            "titulo": intento.reglas.titulo,
            **de_ellas,
            "total": len(intento.formulario),
            "respondidas": sum(not pregunta.falta for pregunta in preguntas),
            "primera": next((pregunta.numero for pregunta in preguntas if pregunta.falta), 0),
            "vence_en": cierra_en(intento),
            "admite_blancos": reglas.admite_blancos(intento.reglas.clase),
        },
        huecos={
            "intento": str(intento.clave),
            "visto": str(max((linea.secuencia for linea in lineas.values()), default=0)),
            "secciones": dibujo.del_formulario(preguntas),
        },
    )


@integrante
@acto("preguntas")
def respuesta(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Save one answer. A script gets what became of it; a form goes on to the question."""
    numero = leer_entero(request.POST, "pregunta") or 0
    enviado = leer_entrega(request.POST).get(numero, {})
    operacion = leer_uuid(request.POST, "operacion")
    if not pide_json(request):
        if not hay_algo(enviado):
            return redirect(url_de_evaluacion("pregunta", curso, unidad, numero) + "?falta=1")
        # The form carries one identifier: going back and answering something else is another operation.
        operacion = uuid.uuid5(operacion, json.dumps(enviado))
    guardada = responder(
        persona=request.persona,
        intento=leer_uuid(request.POST, "intento"),
        pregunta=numero,
        enviado=enviado,
        operacion=operacion,
        visto=leer_entero(request.POST, "visto"),
        ahora=timezone.now(),
        lugar=(curso, unidad),
    )
    if pide_json(request):
        return JsonResponse({"estado": "guardada", "secuencia": guardada.secuencia, "reemplazo": guardada.reemplazo})
    falta = "?falta=1" if guardada.falta else ""
    return redirect(url_de_evaluacion("pregunta", curso, unidad, numero) + falta)


@require_http_methods(["GET", "HEAD", "POST"])
@integrante
def revisar(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Show what is answered before sending; with POST, save the whole form first. «Back» finds the page again."""
    if request.method != "POST":
        return _revision(request, curso, unidad)
    clave = leer_uuid(request.POST, "intento")
    try:
        guardada = guardar_entrega(
            persona=request.persona,
            intento=clave,
            entrega=leer_entrega(request.POST),
            visto=leer_entero(request.POST, "visto"),
            ahora=timezone.now(),
            lugar=(curso, unidad),
        )
    except EvaluacionError as error:
        if error.codigo != "ya_enviado":
            raise
        return redirect("kuska_evaluaciones:evaluacion", curso, unidad)
    cambio = ".".join(str(n) for n in guardada.reemplazadas)
    return redirect(url_de_evaluacion("revisar", curso, unidad) + (f"?cambio={cambio}" if cambio else ""))


def _revision(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    intento = en_curso(request, curso, unidad)
    if intento is None:
        return redirect("kuska_evaluaciones:evaluacion", curso, unidad)
    if intento.reglas.clase == reglas.PRACTICA:
        return redirect("kuska_evaluaciones:preguntas", curso, unidad)
    reemplazadas = [int(n) for n in request.GET.get("cambio", "").split(".") if re.fullmatch("[0-9]{1,3}", n)]
    return mostrar_revision(request, curso, unidad, intento, respuestas_de(intento), reemplazadas)


def mostrar_revision(
    request: HttpRequest,
    curso: int,
    unidad: int,
    intento: Intento,
    respuestas: Respuestas,
    reemplazadas: list[int] | None = None,
    **otros: Any,
) -> HttpResponse:
    filas = lectura.revision(intento, respuestas)
    contexto = {
        "curso": curso,
        "unidad": unidad,
        "titulo": intento.reglas.titulo,
        "intento": str(intento.clave),
        "filas": filas,
        "faltan": sum(bool(fila.falta) for fila in filas),
        "total": len(filas),
        "admite_blancos": reglas.admite_blancos(intento.reglas.clase),
        "aviso_de_reemplazo": _aviso_de_reemplazo(reemplazadas or []),
        **otros,
    }
    return render(request, "kuska/evaluaciones/revisar.html", contexto)


def _aviso_de_reemplazo(reemplazadas: list[int]) -> str:
    """Tell that an answer given elsewhere was superseded: the rule is that the last one received is the answer."""
    if not reemplazadas:
        return ""
    lista_de_numeros = ", ".join(str(n) for n in reemplazadas)
    return _("Desde otro lugar había respondido distinto: %(preguntas)s. Quedó lo que marcó aquí.") % {
        "preguntas": lista_de_numeros
    }
