"""Pages of a person who learns. Reading writes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks

from instancias.acceso.guardas import integrante_requerido
from marco.contexto import oficina_de
from marco.paginas_dibujadas import dar
from marco.sin_senal import se_queda

from .. import clases
from ..consultas import inicio_dibujado
from ..consultas.acceso import SinPagina, acceder_al_curso, la_otra
from ..consultas.bienvenida import lo_de_antes, primera_pedida
from ..consultas.calendario import proxima_de
from ..consultas.como_va import como_va
from ..consultas.contenido import ficha_de
from ..consultas.dibujo import dibujar
from ..consultas.inicio import CursoEnInicio, asientos_de, cursos_de, empieza_el, sin_cursos
from ..consultas.logros import logros_hechos
from ..consultas.recorrido import ModuloDeCurso, hechos_y_por_hacer, modulos_de, segundos_que_faltan
from ..consultas.siguiente import cuenta_de, en_pausa_para, nombre_de
from ..consultas.temario import FilaDeTemario, temario_de
from ..errores import CursoError
from ..models import Inscripcion
from ..services.inscripcion import falta_inscribir, inscribir_al_entrar
from ..tiempo import en_palabras
from .avisos import de_lo_que_quedo_a_medias, de_otra_edicion, de_su_asiento, de_sus_pedidos
from .comunes import acceder, ahorra, con_acceso, enlaces_al_terminar, por_donde_sigue
from .dudas import de_sus_dudas


@require_safe
@integrante_requerido
def inicio(request: HttpRequest) -> HttpResponse:
    """Continue in one touch."""
    avisos = avisos_de(request)
    cursos = cursos_de(persona=request.persona, hoy=timezone.localdate())
    abiertos = [uno for uno in cursos if uno.inscripcion.estado != Inscripcion.Estado.TERMINADA]
    seguir = next((uno for uno in abiertos if uno.disponible and uno.url and not uno.termino), None)
    terminados = [uno.inscripcion for uno in cursos if uno.disponible and uno not in abiertos]
    todo_terminado = bool(cursos) and not abiertos
    dejo_el, respuesta = _lo_de_la_persona(request, cursos)
    avisos += [*de_sus_dudas(cursos), *de_sus_pedidos(respuesta)]
    avisos += avisos_de_lo_terminado(request, terminados)
    avisos += de_lo_que_quedo_a_medias(cursos, hoy=timezone.localdate())
    avisos += [aviso for uno in cursos for aviso in de_otra_edicion(request, uno.inscripcion, uno.de_antes)]
    avisos += de_su_asiento(dejo_el, sigue=seguir is not None) if dejo_el and cursos else []
    empieza = seguir is not None and seguir.bienvenida is not None
    otros, va, ficha, enlaces, dichos = cursos, None, None, [], []
    if seguir and not empieza:
        va = como_va(seguir.inscripcion, seguir.temario, seguir.paso)
        otros = [uno for uno in cursos if uno is not seguir]
    elif todo_terminado:
        ultima = cursos[0].inscripcion
        enlaces, dichos = enlaces_al_terminar(request, ultima), _lo_que_dicen(request, ultima)
        if cursos[0].disponible:
            va, ficha = como_va(ultima, cursos[0].temario), ficha_de(curso=ultima.curso)
    proxima = proxima_de(persona=request.persona, cursos=cursos, hoy=timezone.localdate())
    huecos = {
        "nombre": request.persona.nombres,
        "avisos": inicio_dibujado.avisos(avisos),
        "bienvenida": inicio_dibujado.bienvenida(seguir, oficina_de(request)) if seguir and empieza else "",
        "por_donde_va": inicio_dibujado.por_donde_va(seguir, va) if seguir and va else "",
        "dichos": inicio_dibujado.crecimiento(dichos),
        "camino": inicio_dibujado.camino(seguir) if seguir and empieza else "",
        "logros": inicio_dibujado.logros(
            va.logros if va else (), ficha.aprendera if ficha else (), terminado=todo_terminado
        ),
        "mis_cursos": inicio_dibujado.mis_cursos(otros, va.falta if va else "") if otros else "",
        "a_la_mano": inicio_dibujado.a_la_mano(proxima),
    }
    lugar: dict[str, Any] = {
        "hay": bool(seguir or otros),
        "empieza": empieza,
        "sigue": seguir is not None,
        "todo_terminado": todo_terminado,
        "por_abrir": not cursos and falta_inscribir(persona=request.persona, hoy=timezone.localdate()),
        "empieza_el": None if cursos else empieza_el(persona=request.persona, hoy=timezone.localdate()),
        "dejo_el": None if cursos else dejo_el,
    }
    if enlaces:  # to papers of one person
        return render(request, "kuska/cursos/inicio.html", {**lugar, **huecos, "enlaces": enlaces})
    return dar(request, "kuska/cursos/inicio.html", lugar, huecos=huecos)


def _lo_de_la_persona(
    request: HttpRequest, cursos: list[CursoEnInicio]
) -> tuple[datetime.date | None, datetime.datetime | None]:
    """The last day of a seat that ended, and when they were last answered. Both were asked with the courses, if any."""
    if cursos:
        una: Any = cursos[0].inscripcion
        return una.dejo_el, una.pedido_respondido_en
    return sin_cursos(persona=request.persona, hoy=timezone.localdate())  # type: ignore[attr-defined]


@require_POST
@integrante_requerido
def abrir_curso(request: HttpRequest) -> HttpResponse:
    """Her seat began while she was inside: she asks for the course herself, whether or not the daily work ran."""
    inscribir_al_entrar(persona_id=request.persona.pk, ahora=timezone.now())
    return redirect("kuska_cursos:inicio")


@require_safe
@integrante_requerido
@con_acceso
@se_queda
def curso(request: HttpRequest, curso: int) -> HttpResponse:
    """What is left of a course."""
    hoy = timezone.localdate()
    avisos: list[dict[str, str]] = []
    ahora, hay = timezone.now(), PorAvisar(tuple(hooks.get_hooks("hay_avisos_del_aula")))
    inscripcion = acceder_al_curso(persona=request.persona, curso=curso, hoy=hoy, ademas=hay, ahora=ahora)
    if any(getattr(inscripcion, cual) for cual in que_avisan(hay)):
        # Being told may be what makes it happen: what was read is read again.
        avisos = avisos_de(request, curso)
        inscripcion = acceder_al_curso(persona=request.persona, curso=curso, hoy=hoy)
    temario = temario_de(inscripcion.curso)
    asientos = asientos_de(persona=request.persona, hoy=hoy) if temario.hay_rutas else ()
    modulos = modulos_de(inscripcion=inscripcion, asientos=asientos)
    terminado = inscripcion.estado == Inscripcion.Estado.TERMINADA
    termino = inscripcion.termino(hoy)
    avisos = [*avisos, *avisos_de_lo_terminado(request, [inscripcion] if terminado else [])]
    avisos += de_otra_edicion(request, inscripcion, la_otra(inscripcion))
    lugar = None if terminado or termino else _por_donde_seguir(inscripcion, modulos)
    contexto = {
        "inscripcion": inscripcion,
        "numero": curso,
        "avisos": avisos,
        "ficha": ficha_de(curso=inscripcion.curso),
        **_esquema(inscripcion, modulos),
        "en_pausa": en_pausa_para(inscripcion, temario),
        "cuenta": cuenta_de(inscripcion, temario),
        "tiempo": en_palabras(temario.segundos),
        "termino": termino,
        "falta": en_palabras(falta) if (falta := segundos_que_faltan(modulos)) else "",
        "seguir": lugar,
        **(_lo_que_gasta(request, inscripcion, lugar["fila"]) if lugar else {}),
        "enlaces": enlaces_al_terminar(request, inscripcion) if terminado else [],
        "dichos": _lo_que_dicen(request, inscripcion) if terminado else [],
    }
    respuesta = render(request, "kuska/cursos/curso.html", contexto)
    patch_vary_headers(respuesta, ["Save-Data"])
    return respuesta


@require_safe
@integrante_requerido
@con_acceso
def seguir(request: HttpRequest, curso: int) -> HttpResponse:
    """Go where «Continuar» of a course leads today: what a message links to, found when it is asked for.

    Whoever is not in that course starts where everybody does: a message is no dead end.
    """
    hoy = timezone.localdate()
    try:
        inscripcion = acceder_al_curso(persona=request.persona, curso=curso, hoy=hoy)
    except SinPagina:
        raise
    except CursoError:
        return redirect("kuska_cursos:inicio")
    lugar = None
    if inscripcion.estado != Inscripcion.Estado.TERMINADA and not inscripcion.termino(hoy):
        asientos = asientos_de(persona=request.persona, hoy=hoy) if temario_de(inscripcion.curso).hay_rutas else ()
        lugar = _por_donde_seguir(inscripcion, modulos_de(inscripcion=inscripcion, asientos=asientos))
    return redirect(lugar["url"] if lugar else reverse("kuska_cursos:curso", args=[curso]))


@require_safe
@integrante_requerido
@con_acceso
def unidad(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Go where this unit is done: of a lesson, the step where the person left it."""
    acceso = acceder(request, curso, unidad)
    clase = clases.clase_de(acceso.unidad.clase)
    paso = 0 if acceso.terminada else min(acceso.por_ver, acceso.unidad.pasos)
    return redirect(clase.url_para_seguir(curso=curso, numero=unidad, paso=paso))


@require_safe
@integrante_requerido
@con_acceso
def sigue(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Go to what comes after a unit, found when it is asked for: pages that cannot afford to know link here."""
    acceso = acceder(request, curso, unidad)
    lugar = por_donde_sigue(acceso.inscripcion, acceso.unidad.pk)
    return redirect(lugar["url"] if lugar else reverse("kuska_cursos:curso", args=[curso]))


def _lo_que_dicen(request: HttpRequest, inscripcion: Inscripcion) -> list[Any]:
    """Return what the rooms above tell who finished a course: each has ``titulo`` and ``texto``, or is None."""
    dichos = (funcion(request, inscripcion) for funcion in hooks.get_hooks("al_pie_de_un_curso_terminado"))
    return [dicho for dicho in dichos if dicho]


def avisos_de(request: HttpRequest, curso: int | None = None) -> list[dict[str, str]]:
    """Return what the rooms above tell of what happened by itself, each {"url", "texto", "enlace"}.

    Being told may be what makes it happen: a page asks for it before it reads anything, or reads again afterwards.
    """
    return [aviso for funcion in hooks.get_hooks("avisos_del_aula") for aviso in funcion(request, curso)]


def avisos_de_lo_terminado(request: HttpRequest, inscripciones: list[Inscripcion]) -> list[dict[str, str]]:
    """Return what the rooms above ask of who finished, once it is finished: like ``avisos_de``, and optional."""
    if not inscripciones:
        return []
    funciones = hooks.get_hooks("avisos_de_lo_terminado")
    return [aviso for funcion in funciones for aviso in funcion(request, inscripciones)]


@dataclass(frozen=True)
class PorAvisar:
    """Whether each room above has something to tell of an enrolment, as annotations of its statement."""

    funciones: tuple[Callable[[datetime.datetime], dict[str, Any]], ...]

    def __call__(self, ahora: datetime.datetime) -> dict[str, Any]:
        return {nombre: si for funcion in self.funciones for nombre, si in funcion(ahora).items()}


@lru_cache(maxsize=8)
def que_avisan(hay: PorAvisar) -> tuple[str, ...]:
    """Return the names of those annotations. They are the same whatever the hour."""
    return tuple(hay(timezone.now()))


def _esquema(inscripcion: Inscripcion, modulos: list[ModuloDeCurso]) -> dict[str, Any]:
    """Return the outline as the page shows it: what is of the person's seat, what is behind, and the rest."""
    suyo = [uno for uno in modulos if uno.es_de_su_asiento]
    hechos, por_hacer = hechos_y_por_hacer([uno for uno in modulos if uno not in suyo])
    todos = [*suyo, *hechos, *por_hacer]
    dibujo = dict(zip(map(id, todos), dibujar(inscripcion.curso, todos), strict=True))
    logrados = (una.fila.clave_del_modulo for uno in modulos if uno.numero and uno.completo for una in uno.pedidas)
    return {
        "suyo": [dibujo[id(uno)] for uno in suyo],
        "hechos": [dibujo[id(uno)] for uno in hechos],
        "cuantos_hechos": sum(uno.numero > 0 for uno in hechos),
        "por_hacer": [dibujo[id(uno)] for uno in por_hacer],
        "logros": logros_hechos(inscripcion.curso, logrados),
    }


def _lo_que_gasta(request: HttpRequest, inscripcion: Inscripcion, fila: FilaDeTemario) -> dict[str, int]:
    """Return what the next unit takes of this person's data: its pictures apart, where they wait to be asked for."""
    gasto = clases.clase_de(fila.clase).gasto(fila=fila, curso=inscripcion.curso)
    gasta, con_imagenes = gasto.dicho(ahorra=ahorra(request))
    return {"gasta": gasta, "con_imagenes": con_imagenes}


def _por_donde_seguir(inscripcion: Inscripcion, modulos: list[ModuloDeCurso]) -> dict[str, Any] | None:
    """Return where «Continuar» leads: where the person is, or the first open unit not done.

    Of who has not begun, the first that is asked for, as «Inicio» says; what is optional before it goes ``antes``.
    """
    filas = [fila for modulo in modulos for fila in modulo.filas if not fila.cierre and not fila.hecha]
    actual = next((fila for fila in filas if fila.fila.id == inscripcion.unidad_actual_id), None)
    primera = None if inscripcion.unidad_actual_id else next((fila for fila in filas if not fila.fila.es_ruta), None)
    elegida = actual or primera or next((fila for fila in filas if not fila.opcional), None)
    if elegida is None:
        return None
    antes = None
    if inscripcion.iniciada_en is None:
        temario = temario_de(inscripcion.curso)
        pedida, antes = primera_pedida(temario, elegida.fila), lo_de_antes(temario, elegida.fila)
        elegida = next((fila for fila in filas if fila.fila.id == pedida.id), elegida)
    nombre, titulo = nombre_de(elegida.fila), elegida.fila.titulo
    datos = {"n": elegida.paso, "total": elegida.fila.pasos}
    clase = clases.clase_de(elegida.fila.clase)
    paso = _("Paso %(n)d de %(total)d") % datos if clase.por_pasos and elegida.paso else ""
    return {
        "url": elegida.url,
        "que": nombre if nombre == titulo else f"{nombre}. {titulo}",
        "donde": paso or (_("Opcional") if elegida.opcional and not elegida.paso else ""),
        "impedimento": clase.impedimento(fila=elegida.fila, inscripcion=inscripcion),
        "fila": elegida.fila,
        "antes": antes,
    }
