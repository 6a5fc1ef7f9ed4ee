"""The page where an evaluation starts, calmly; or that says why it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cursos.clases import clase_de
from cursos.consultas.acceso import SinPagina
from cursos.consultas.siguiente import lo_que_sigue, url_de
from cursos.consultas.temario import temario_de
from cursos.views import por_donde_sigue
from evaluaciones import reglas
from evaluaciones.consultas import dibujo, lectura
from evaluaciones.consultas.ensayos import repaso_antes_de
from evaluaciones.consultas.practicas import practica_de
from evaluaciones.consultas.publicado import Publicado
from evaluaciones.consultas.situacion import Situacion, lecciones_que_faltan, por_que_no
from evaluaciones.libro import Formulario
from evaluaciones.models import EstadoDeNota, Intento
from evaluaciones.services.avisos import cierre_en_palabras
from evaluaciones.services.cierre import situacion_al_dia
from evaluaciones.services.entrada import con_no_lo_se
from evaluaciones.services.intentos import abierto_en, del_lugar, respuestas_de
from marco.paginas_dibujadas import dar, en_camino

from .comunes import contestar_error, integrante

PLANTILLA = "kuska/evaluaciones/evaluacion.html"
# What the browser's tab says; never what the evaluation is about.
NOMBRES = {
    reglas.PRACTICA: gettext_lazy("Práctica"),
    reglas.ENCUESTA: gettext_lazy("Encuesta"),
    reglas.APLICACION: gettext_lazy("Encuesta"),
}

# When there is nothing more to do here, «Continuar» leads to the next thing to do.
SIGUE_EL_CURSO = frozenset({"ya_aprobada", "ya_respondida", "sin_intentos", "entrada_tarde", "por_calificar"})


@require_safe
@integrante
def evaluacion(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    try:
        situacion = situacion_al_dia(persona=request.persona, curso=curso, unidad=unidad, ahora=timezone.now())
    except SinPagina as error:
        return _retirada(request, error, curso, unidad)
    publicado = situacion.publicado
    impedimento = None if situacion.en_curso_id else por_que_no(situacion, publicado)
    clase = situacion.unidad.variante
    codigo = impedimento.codigo if impedimento else ""
    contexto = {
        "curso": curso,
        "unidad": unidad,
        "titulo": situacion.unidad.titulo,
        "nombre": str(NOMBRES.get(clase, _("Evaluación"))),
        "presentacion": publicado.reglas.presentacion if publicado else "",
        "filas": filas(situacion, publicado) if publicado else [],
        "con_nota": clase in reglas.CON_NOTA,
        "en_curso": situacion.en_curso_id is not None,
        "siguiente": situacion.ultimo + 1,
        "aprobada": situacion.aprobada,
        "impedimento": str(impedimento) if impedimento else "",
        "sin_intentos": codigo == "sin_intentos",
        "faltan": _faltan(situacion) if codigo == "faltan_lecciones" else [],
        "sigue": por_donde_sigue(situacion.inscripcion, situacion.unidad.pk) if codigo in SIGUE_EL_CURSO else None,
        "por_responder": _por_responder(situacion),
        **_antes_de_empezar(situacion, abierta=impedimento is None),
        "saltar": _saltar(situacion) if clase == reglas.ENTRADA and not impedimento else "",
        **_hechos(_resultados(situacion), situacion.unidad.titulo, clase),
    }
    if contexto["resultados"]:  # of one person
        respuesta = render(request, PLANTILLA, contexto)
    else:
        respuesta = dar(request, PLANTILLA, {"como": repr(contexto)}, contexto)
    if publicado and impedimento is None and clase != reglas.PRACTICA:
        _lo_que_se_va_a_preguntar(respuesta, situacion, publicado)
    return respuesta


def _lo_que_se_va_a_preguntar(respuesta: HttpResponse, situacion: Situacion, publicado: Publicado) -> None:
    """Let the questions, and what is told of their right answers, be drawn while the person reads what comes first."""
    unidad, clase = situacion.unidad, publicado.reglas.clase
    formulario = con_no_lo_se(Formulario(publicado.preguntas), clase)

    def adelantar() -> Iterator[None]:
        visibles, explicadas = lectura.si_todas_se_preguntan(formulario), lectura.si_se_aciertan(formulario, clase)
        yield from dibujo.por_adelantado(visibles, explicadas)

    de_hoy = ("preguntas", unidad.pk, unidad.curso.revision, timezone.localdate(), get_language())
    en_camino(respuesta, de_hoy, adelantar)


def _antes_de_empezar(situacion: Situacion, *, abierta: bool) -> dict[str, Any]:
    """What is offered before the evaluation of a module: ideas that come back, and its practice."""
    if situacion.unidad.variante != reglas.MODULO or situacion.en_curso_id is not None or situacion.aprobada:
        return {}
    temario = temario_de(situacion.inscripcion.curso)
    fila = temario.por_id.get(situacion.unidad.pk)
    return {
        "repaso": repaso_antes_de(situacion.unidad, situacion.inscripcion)
        if abierta and situacion.con_ensayos
        else None,
        "practica": practica_de(temario, fila.grupo) if fila else None,
    }


def _saltar(situacion: Situacion) -> str:
    """What the button to leave the entry evaluation aside says."""
    fila = lo_que_sigue(inscripcion=situacion.inscripcion, unidad_id=situacion.unidad.pk)
    if fila is None:
        return _("Saltar y volver al curso")
    return _("Saltar e ir %(hacia)s") % {"hacia": clase_de(fila.clase).hacia(fila)}


def _faltan(situacion: Situacion) -> list[dict[str, str]]:
    """The lessons that open it, to go to each: {"texto", "url"}."""
    curso = situacion.inscripcion.curso.numero
    return [
        {"texto": f"{fila.posicion}. {fila.titulo}" if fila.posicion else fila.titulo, "url": url_de(fila, curso)}
        for fila in lecciones_que_faltan(situacion)
    ]


def _por_responder(situacion: Situacion) -> int | None:
    """The first question without an answer of the attempt in progress; 0 when all have one, None without attempt."""
    intento = Intento.objects.filter(pk=situacion.en_curso_id).first() if situacion.en_curso_id else None
    return None if intento is None else lectura.primera_sin_responder(intento, respuestas_de(intento))


def filas(situacion: Situacion, publicado: Publicado) -> list[dict[str, str]]:
    """What to know before starting, in the order of the question that people ask."""
    clase, dias = publicado.reglas.clase, publicado.reglas.dias_de_plazo
    lineas = [(_("Preguntas"), str(publicado.cuantas)), (_("Tiempo"), _tiempo(dias))]
    if clase in reglas.CON_NOTA:
        lineas.append((_("Para aprobar"), _para_aprobar(publicado)))
        lineas.append((_("Intentos"), _intentos(situacion.quedan(publicado) or 0)))
    elif clase == reglas.ENTRADA:
        lineas.append((_("¿Es obligatoria?"), _("No. Puede saltarla: no cambia su avance ni su nota.")))
        lineas.append((_("Si no sabe algo"), _("Marque «No lo sé» o déjelo en blanco.")))
    elif clase in reglas.ENCUESTAS:
        lineas.append((_("¿Es obligatoria?"), _("No. Si la empieza, se responde entera.")))
    elif clase == reglas.PRACTICA:
        lineas.append((_("Intentos"), _("Los que quiera. No cuenta para su nota.")))
    return [{"nombre": nombre, "valor": valor} for nombre, valor in lineas]


def _tiempo(dias: int | None) -> str:
    if not dias:
        return _("Sin límite. Puede parar y seguir otro día.")
    mensaje = ngettext(
        "Desde que empieza tiene %(dias)d día para enviarla.",
        "Desde que empieza tiene %(dias)d días para enviarla.",
        dias,
    )
    return mensaje % {"dias": dias}


def _para_aprobar(publicado: Publicado) -> str:
    sobre = reglas.sobre_veinte(publicado.reglas.nota_minima)
    cuentas = {"necesita": publicado.necesarios, "total": publicado.cuantas, "sobre": sobre}
    if sobre is None or publicado.cuantas == 20:
        return _("Necesita %(necesita)d de %(total)d.") % cuentas
    return _("Necesita %(necesita)d de %(total)d. Equivale a %(sobre)d de 20.") % cuentas


def _intentos(quedan: int) -> str:
    return ngettext("Le queda %(quedan)d.", "Le quedan %(quedan)d.", quedan) % {"quedan": quedan}


def _resultados(situacion: Situacion) -> list[dict]:
    if not situacion.enviados and not situacion.cerrados:
        return []
    return _pasados(Intento.objects.filter(inscripcion=situacion.inscripcion, unidad=situacion.unidad))


def _pasados(intentos: QuerySet[Intento]) -> list[dict]:
    campos = ("numero", "estado", "cierre", "puntos", "puntos_posibles", "aprobado", "enviado_en", "nota")
    return list(intentos.exclude(estado=Intento.Estado.EN_CURSO).order_by("-numero").values(*campos))


def _hechos(pasados: list[dict], titulo: str, clase: str) -> dict[str, Any]:
    """The attempts that are over, and a notice when the last one closed by itself."""
    ultimo = pasados[0] if pasados else None
    aviso = ""
    if ultimo and ultimo["cierre"]:
        aviso = cierre_en_palabras(
            titulo=titulo,
            clase=clase,
            cuando=ultimo["enviado_en"],
            puntos=ultimo["puntos"],
            posibles=ultimo["puntos_posibles"],
            aprobado=ultimo["aprobado"],
            por_calificar=ultimo["nota"] == EstadoDeNota.POR_CALIFICAR,
        )
    return {"resultados": pasados, "aviso_de_cierre": aviso}


def _retirada(request: HttpRequest, error: SinPagina, curso: int, unidad: int) -> HttpResponse:
    """The page went away; what the person did there did not."""
    propios = del_lugar(persona=request.persona, curso=curso, unidad=unidad).filter(inscripcion=error.inscripcion)
    en_curso = abierto_en(persona=request.persona, curso=curso, unidad=unidad, ahora=timezone.now()) is not None
    resultados = _pasados(propios)
    if not resultados and not en_curso:
        return contestar_error(request, error, curso=curso, unidad=unidad)
    return render(
        request,
        "kuska/evaluaciones/retirada.html",
        {
            "curso": curso,
            "unidad": unidad,
            "resultados": resultados,
            "con_nota": propios.filter(reglas__clase__in=sorted(reglas.CON_NOTA)).exists(),
            "en_curso": en_curso,
            "en_pausa": error.codigo == "unidad_en_pausa",
            # Of the whole course, that has not begun or is not there: the evaluation did not leave it.
            "motivo": "" if error.codigo.startswith("unidad_") else str(error),
        },
    )
