"""The form: start, answer, save on the way, review."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaluaciones import reglas
from evaluaciones.models import Intento
from evaluaciones.services import lectura
from evaluaciones.services.errores import EvaluacionError
from evaluaciones.services.intentos import del_lugar, elegidas_de, iniciar, lineas_de
from evaluaciones.services.respuestas import aviso_de_plazo, guardar_hoja, responder
from evaluaciones.services.situacion import situacion_de

from .comunes import acto, direccion, integrante, leer_entero, leer_hoja, leer_uuid, pide_json


@integrante
@acto("preguntas")
def empezar(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Freeze the form and answer with it: one request, so that a weak network has one chance less to fail."""
    ahora = timezone.now()
    situacion = situacion_de(persona=request.persona, curso=curso, unidad=unidad, hoy=timezone.localdate(ahora))
    intento = iniciar(situacion=situacion, ahora=ahora, numero=leer_entero(request.POST, "numero"))
    if intento.estado != Intento.Estado.EN_CURSO:
        return redirect("evaluaciones:resultado", curso, unidad, intento.numero)
    if intento.reglas["clase"] == reglas.PRACTICA:
        return redirect("evaluaciones:preguntas", curso, unidad)
    es_nuevo = intento.pk != situacion.en_curso_id
    return mostrar(request, curso, unidad, intento, {} if es_nuevo else lineas_de(intento))


@require_safe
@integrante
def lista(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """The questions of the attempt in progress, with what was answered; on any device, where the person left it."""
    intento = en_curso(request, curso, unidad)
    if intento is None:
        return redirect("evaluaciones:evaluacion", curso, unidad)
    lineas = lineas_de(intento)
    if intento.reglas["clase"] == reglas.PRACTICA:
        total = len(intento.formulario)
        sigue = next((n for n in range(1, total + 1) if n not in lineas), total)
        return redirect("evaluaciones:pregunta", curso, unidad, sigue)
    return mostrar(request, curso, unidad, intento, lineas)


def en_curso(request: HttpRequest, curso: int, unidad: int) -> Intento | None:
    propios = del_lugar(persona=request.persona, curso=curso, unidad=unidad)
    return propios.filter(estado=Intento.Estado.EN_CURSO).first()


def mostrar(
    request: HttpRequest, curso: int, unidad: int, intento: Intento, lineas: dict[int, tuple[int, list[str]]]
) -> HttpResponse:
    elegidas = {n: eleccion for n, (_secuencia, eleccion) in lineas.items()}
    tarde = reglas.fuera_de_plazo(intento.vence_en, timezone.now())
    return render(
        request,
        "evaluaciones/preguntas.html",
        {
            "curso": curso,
            "unidad": unidad,
            "titulo": intento.reglas["titulo"],
            "intento": str(intento.clave),
            "visto": max((secuencia for secuencia, _eleccion in lineas.values()), default=0),
            "preguntas": lectura.preguntas_visibles(intento, elegidas),
            "total": len(intento.formulario),
            "vence_en": intento.vence_en,
            "aviso_de_plazo": aviso_de_plazo(intento) if tarde else "",
        },
    )


@integrante
@acto("preguntas")
def respuesta(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Save one answer. A script gets what became of it; a form goes on to the question."""
    numero = leer_entero(request.POST, "pregunta") or 0
    elegidas = request.POST.getlist(f"p{numero}")
    operacion = leer_uuid(request.POST, "operacion")
    if not pide_json(request):
        if not elegidas:
            return redirect(direccion("pregunta", curso, unidad, numero) + "?falta=1")
        # The form carries one identifier: going back and choosing another option is another operation.
        operacion = uuid.uuid5(operacion, "|".join(sorted(elegidas)))
    guardada = responder(
        persona=request.persona,
        intento=leer_uuid(request.POST, "intento"),
        pregunta=numero,
        elegidas=elegidas,
        operacion=operacion,
        visto=leer_entero(request.POST, "visto"),
        ahora=timezone.now(),
    )
    if pide_json(request):
        return JsonResponse({"estado": "guardada", "secuencia": guardada.secuencia, "reemplazo": guardada.reemplazo})
    return redirect("evaluaciones:pregunta", curso, unidad, numero)


@require_http_methods(["GET", "HEAD", "POST"])
@integrante
def revisar(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Show what is answered before sending; with POST, save the whole form first. «Back» finds the page again."""
    if request.method != "POST":
        return _revision(request, curso, unidad)
    clave = leer_uuid(request.POST, "intento")
    try:
        guardada = guardar_hoja(
            persona=request.persona,
            intento=clave,
            hoja=leer_hoja(request.POST),
            visto=leer_entero(request.POST, "visto"),
            ahora=timezone.now(),
        )
    except EvaluacionError as error:
        if error.codigo != "ya_enviado":
            raise
        return redirect("evaluaciones:evaluacion", curso, unidad)
    cambio = ".".join(str(n) for n in guardada.reemplazadas)
    return redirect(direccion("revisar", curso, unidad) + (f"?cambio={cambio}" if cambio else ""))


def _revision(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    intento = en_curso(request, curso, unidad)
    if intento is None:
        return redirect("evaluaciones:evaluacion", curso, unidad)
    if intento.reglas["clase"] == reglas.PRACTICA:
        return redirect("evaluaciones:preguntas", curso, unidad)
    reemplazadas = [int(n) for n in request.GET.get("cambio", "").split(".") if re.fullmatch("[0-9]{1,3}", n)]
    return mostrar_revision(request, curso, unidad, intento, elegidas_de(intento), reemplazadas)


def mostrar_revision(
    request: HttpRequest,
    curso: int,
    unidad: int,
    intento: Intento,
    elegidas: lectura.Elegidas,
    reemplazadas: list[int] | None = None,
    **otros: Any,
) -> HttpResponse:
    filas = lectura.revision(intento, elegidas)
    contexto = {
        "curso": curso,
        "unidad": unidad,
        "titulo": intento.reglas["titulo"],
        "intento": str(intento.clave),
        "filas": filas,
        "faltan": sum(not fila["respuestas"] for fila in filas),
        "total": len(filas),
        "aviso_de_reemplazo": _aviso_de_reemplazo(reemplazadas or []),
        **otros,
    }
    return render(request, "evaluaciones/revisar.html", contexto)


def _aviso_de_reemplazo(reemplazadas: list[int]) -> str:
    """Tell that an answer given elsewhere was superseded: the rule is that the last one received is the answer."""
    if not reemplazadas:
        return ""
    lista_de_numeros = ", ".join(str(n) for n in reemplazadas)
    return _("Desde otro lugar había respondido distinto: %(preguntas)s. Quedó lo que marcó aquí.") % {
        "preguntas": lista_de_numeros
    }
