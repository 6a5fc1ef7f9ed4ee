"""Sending, and what came of it."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from cursos.consultas.logros import LogroDeModulo, logros_de, logros_hechos
from cursos.consultas.siguiente import lo_que_viene, que_viene, url_de
from cursos.consultas.temario import temario_de
from cursos.models import Inscripcion
from cursos.views import enlaces_al_terminar
from evaluaciones import reglas
from evaluaciones.consultas import dibujo, lectura
from evaluaciones.consultas.aplicacion import se_abrira_para
from evaluaciones.consultas.aprendido import de_la_entrada, lo_aprendido
from evaluaciones.consultas.plazo import aviso_de_plazo, vencido
from evaluaciones.errores import EvaluacionError
from evaluaciones.models import EstadoDeNota, Intento
from evaluaciones.services.avisos import cierre_en_palabras
from evaluaciones.services.cierre import cerrar_vencidos
from evaluaciones.services.envio import enviar as enviar_intento
from evaluaciones.services.intentos import del_lugar, lineas_de
from evaluaciones.services.respuestas import guardar_entrega
from marco.codigos import formatear
from marco.paginas_dibujadas import dar

from .comunes import acto, error_en, integrante, leer_entrega, leer_uuid, pide_json, url_de_evaluacion
from .preguntas import mostrar_revision


@integrante
@acto("revisar")
def enviar(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Grade once and answer with the result. Sent again, it is the same result."""
    ahora = timezone.now()
    datos = {
        "persona": request.persona,
        "intento": leer_uuid(request.POST, "intento"),
        "entrega": leer_entrega(request.POST),
        "lugar": (curso, unidad),
    }
    try:
        envio = enviar_intento(**datos, ahora=ahora)
    except EvaluacionError as error:
        if error.codigo != "faltan_respuestas" or pide_json(request):
            raise
        guardada = guardar_entrega(**datos, ahora=ahora)
        if guardada.intento.reglas.clase == reglas.PRACTICA:
            return redirect("kuska_evaluaciones:preguntas", curso, unidad)
        problema = error_en(str(error), "faltan")
        return mostrar_revision(request, curso, unidad, guardada.intento, guardada.respuestas, **problema)
    intento = envio.intento
    if pide_json(request):
        return JsonResponse(_lo_recibido(intento, curso, unidad))
    if intento.estado == Intento.Estado.CERRADO:
        return redirect("kuska_evaluaciones:evaluacion", curso, unidad)
    if envio.repetido:
        return redirect("kuska_evaluaciones:resultado", curso, unidad, intento.numero)
    visible = lectura.resultado_visible(
        intento, envio.respuestas, enviados=intento.numero, aprobada=bool(intento.aprobado), notas=envio.notas
    )
    aviso = aviso_de_plazo(intento) if envio.tarde else ""
    terminado = envio.curso_terminado or _curso_terminado(intento)
    return _mostrar(request, curso, unidad, intento, visible, terminado=terminado, aviso=aviso)


@require_safe
@integrante
def ver(request: HttpRequest, curso: int, unidad: int, numero: int) -> HttpResponse:
    """The result of an attempt, for as long as the person is in the course, whatever became of the page."""
    propios = del_lugar(persona=request.persona, curso=curso, unidad=unidad).annotate(
        **de_la_entrada(), **lo_que_viene(inscripcion="inscripcion", unidad="unidad")
    )
    intento = propios.filter(numero=numero).first()
    if intento is not None and intento.estado == Intento.Estado.EN_CURSO and vencido(intento, timezone.now()):
        cerrar_vencidos(ahora=timezone.now(), de=Q(pk=intento.pk))
        intento = propios.filter(numero=numero).first()
    if intento is None or intento.estado != Intento.Estado.ENVIADO:
        raise Http404
    todos = Intento.objects.enviados().filter(inscripcion=intento.inscripcion, unidad=intento.unidad)
    suma = todos.aggregate(ultimo=Max("numero"), aprobado=Max("numero", filter=Q(aprobado=True)))
    lineas = lineas_de(intento)
    visible = lectura.resultado_visible(
        intento,
        {n: linea.valor for n, linea in lineas.items()},
        enviados=suma["ultimo"],
        aprobada=suma["aprobado"] is not None,
        notas={n: linea.nota for n, linea in lineas.items() if linea.nota},
    )
    aviso = _se_cerro(intento) if intento.cierre else ""
    return _mostrar(request, curso, unidad, intento, visible, terminado=_curso_terminado(intento), aviso=aviso)


def _lo_recibido(intento: Intento, curso: int, unidad: int) -> dict[str, str]:
    """What a phone keeps of what it sent: that it was received, when, and its receipt."""
    se_ve = intento.estado == Intento.Estado.ENVIADO
    return {
        "estado": "enviada" if se_ve and not intento.cierre else "cerrada",
        "recibida": date_format(timezone.localtime(intento.enviado_en), "DATETIME_FORMAT"),
        "codigo": formatear(intento.codigo_de_recibo),
        "recibo": intento.recibo,
        "url": url_de_evaluacion("resultado", curso, unidad, intento.numero)
        if se_ve
        else url_de_evaluacion("evaluacion", curso, unidad),
    }


def _recibo_de(intento: Intento) -> dict[str, str]:
    """What the page of the result tells of the receipt; nothing when there is none."""
    if not intento.recibo:
        return {}
    return {
        "codigo": formatear(intento.codigo_de_recibo),
        "texto": intento.recibo,
        "cuando": date_format(timezone.localtime(intento.enviado_en), "DATETIME_FORMAT"),
        "url": reverse("kuska_evaluaciones:recibo", args=[intento.codigo_de_recibo]),
    }


def _se_cerro(intento: Intento) -> str:
    assert intento.enviado_en is not None  # noqa: S101 (it is over)
    return cierre_en_palabras(
        titulo=intento.reglas.titulo,
        clase=intento.reglas.clase,
        cuando=intento.enviado_en,
        puntos=intento.puntos,
        posibles=intento.puntos_posibles,
        aprobado=intento.aprobado,
        por_calificar=intento.nota == EstadoDeNota.POR_CALIFICAR,
    )


def _encuesta(intento: Intento, curso: int) -> str:
    """Address of the course's survey, if it has one: optional, and it delays nothing."""
    filas = temario_de(intento.inscripcion.curso).de_clase(intento.unidad.clase)
    fila = next((fila for fila in filas if fila.variante == reglas.ENCUESTA), None)
    return url_de(fila, curso) if fila else ""


def _lo_que_puede(intento: Intento, terminado: bool) -> list[LogroDeModulo]:
    """Return what whoever passed can do now: that of its module; of all of them, when the course is done."""
    curso = intento.inscripcion.curso
    return logros_de(curso)[::-1] if terminado else logros_hechos(curso, [intento.unidad.clave_del_modulo])


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
    repasar = [
        {"texto": fila.titulo, "url": reverse("kuska_cursos:unidad", args=[curso, fila.numero])}
        for fila in visible.repasar
    ]
    recibo, filas = _recibo_de(intento), visible.explicaciones
    lugar = {
        "curso": curso,
        "unidad": unidad,
        "puede": tuple(_lo_que_puede(intento, terminado)) if visible.con_nota and visible.aprobado else (),
        "terminado": terminado and visible.con_nota,
        "termino": intento.inscripcion.termino(timezone.localdate()),
        "encuesta": _encuesta(intento, curso) if terminado else "",
        "aplicacion": se_abrira_para(intento.inscripcion) if terminado else None,
        "con_explicaciones": bool(filas),
        "con_recibo": bool(recibo),
        **otros,
    }
    huecos = {
        "clave": str(intento.clave),
        "en": str(int(intento.enviado_en.timestamp())) if intento.enviado_en else "",
        "explicaciones": dibujo.explicadas(filas),
        **{f"recibo_{nombre}": texto for nombre, texto in recibo.items()},
    }
    como = dataclasses.replace(visible, explicaciones=[], enviado_en=datetime.datetime.min)
    que_paso = {
        "resultado": como,
        "sigue": que_viene(intento, curso),
        "repasar": repasar,
    }
    de_ella = {
        "aprendido": None if visible.ya_aprobada else lo_aprendido(intento),
        "acciones": enlaces_al_terminar(request, intento.inscripcion) if terminado else [],
    }
    entera = {"resultado": visible}  # a site whose page tells more of it
    if any(de_ella.values()):
        todo = {**lugar, **que_paso, **de_ella, **huecos, **entera}
        return render(request, "kuska/evaluaciones/resultado.html", todo)
    lugar["como"] = repr(que_paso)  # the same for everybody whom the same happened to
    return dar(request, "kuska/evaluaciones/resultado.html", lugar, que_paso, huecos=huecos, si_entera=entera)
