"""Pages of a person who learns. Reading writes nothing; «Continuar» is the only act."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail import hooks

from instancias.vistas import integrante_requerido

from .. import unidades as registro
from ..models import Inscripcion
from ..services.acceso import Acceso, SinPagina, acceder_a_la_unidad, acceder_al_curso
from ..services.avance import PasoSalteado, registrar_avance
from ..services.contenido import cierre_de, ficha_de, paso_de
from ..services.errores import CursoError
from ..services.inscripcion import falta_inscribir, inscribir_al_entrar
from ..services.recorrido import (
    asientos_de,
    cuenta_de,
    cursos_de,
    empieza_el,
    modulos_de,
    nombre_de,
    siguiente_de,
    terminadas_en,
    url_de,
)
from ..services.temario import temario_de
from ..unidades import TEMA_DIFICIL

TITULOS = {
    "unidad_retirada": gettext_lazy("Esta lección cambió o ya no está"),
    "curso_retirado": gettext_lazy("Este curso no está disponible por ahora"),
    "aun_no_empieza": gettext_lazy("Este curso todavía no empieza"),
}


def con_acceso(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer in words what cannot be opened. What is not there and what is of others are the same absent page."""

    @wraps(vista)
    def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return vista(request, *args, **kwargs)
        except SinPagina as error:
            return sin_pagina(request, error)
        except CursoError as error:
            raise Http404(error.codigo) from error

    return envoltura


def sin_pagina(request: HttpRequest, error: SinPagina) -> HttpResponse:
    """Say what happened and where to go on. Nothing was lost."""
    al_curso = error.codigo == "unidad_retirada"
    url = reverse("cursos:curso", args=[error.inscripcion.curso.numero]) if al_curso else reverse("cursos:inicio")
    contexto = {
        "titulo": TITULOS[error.codigo],
        "mensaje": _("Lo que usted avanzó está guardado.") if al_curso else error.mensaje,
        "url": url,
        "boton": _("Ir al curso") if al_curso else _("Ir a Inicio"),
    }
    estado = 200 if error.codigo == "aun_no_empieza" else 410
    return render(request, "cursos/no_esta.html", contexto, status=estado)


@require_safe
@integrante_requerido
def inicio(request: HttpRequest) -> HttpResponse:
    """Continue in one touch."""
    cursos = cursos_de(persona=request.persona, hoy=timezone.localdate())
    abiertos = [uno for uno in cursos if uno.inscripcion.estado != Inscripcion.Estado.TERMINADA]
    seguir = next((uno for uno in abiertos if uno.disponible and uno.url), None)
    contexto = {"cursos": cursos, "seguir": seguir, "todo_terminado": bool(cursos) and not abiertos}
    if not cursos:
        contexto["por_abrir"] = falta_inscribir(persona=request.persona, hoy=timezone.localdate())
        contexto["empieza_el"] = empieza_el(persona=request.persona, hoy=timezone.localdate())
    return render(request, "cursos/inicio.html", contexto)


@require_POST
@integrante_requerido
def abrir_curso(request: HttpRequest) -> HttpResponse:
    """Her seat began while she was inside: she asks for the course herself, whether or not the daily work ran."""
    inscribir_al_entrar(persona_id=request.persona.pk, ahora=timezone.now())
    return redirect("cursos:inicio")


@require_safe
@integrante_requerido
@con_acceso
def curso(request: HttpRequest, curso: int) -> HttpResponse:
    """What is left of a course."""
    hoy = timezone.localdate()
    inscripcion = acceder_al_curso(persona=request.persona, curso=curso, hoy=hoy)
    temario = temario_de(inscripcion.curso)
    asientos = asientos_de(persona=request.persona, hoy=hoy) if temario.hay_rutas else ()
    modulos = modulos_de(inscripcion=inscripcion, asientos=asientos)
    terminado = inscripcion.estado == Inscripcion.Estado.TERMINADA
    contexto = {
        "inscripcion": inscripcion,
        "numero": curso,
        "ficha": ficha_de(curso=inscripcion.curso),
        "modulos": modulos,
        "cuenta": cuenta_de(inscripcion, temario),
        "tiempo": en_horas(temario.minutos),
        "seguir": None if terminado else _por_donde_seguir(inscripcion, modulos),
        "enlaces": enlaces_al_terminar(request, inscripcion) if terminado else [],
    }
    return render(request, "cursos/curso.html", contexto)


@require_safe
@integrante_requerido
@con_acceso
def unidad(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Go where this unit is done: of a lesson, the step where the person left it."""
    acceso = acceder(request, curso, unidad)
    clase = registro.clase_de(acceso.unidad.clase)
    if clase is None:
        raise Http404
    paso = 0 if acceso.terminada else min(acceso.paso + 1, acceso.unidad.pasos)
    return redirect(clase.url_para_seguir(curso=curso, numero=unidad, paso=paso))


@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@con_acceso
def paso(request: HttpRequest, curso: int, unidad: int, paso: int) -> HttpResponse:
    """Show a step; with POST, record that it was seen and go on."""
    acceso = acceder(request, curso, unidad, clase="leccion")
    if request.method == "POST":
        return _continuar(request, acceso, paso)
    ahorro = _ahorra(request)
    mostrado = paso_de(unidad=acceso.unidad, numero=paso, hoy=timezone.localdate(), ahorro=ahorro)
    contexto = {
        "curso": curso,
        "unidad": unidad,
        "leccion": acceso.unidad.titulo,
        "paso": mostrado,
        "url_volver": _atras(curso, unidad, mostrado.numero),
    }
    respuesta = render(request, "cursos/paso.html", contexto)
    patch_vary_headers(respuesta, ["Save-Data"])
    return respuesta


@require_safe
@integrante_requerido
@con_acceso
def fin(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Close a lesson and open what comes next. Only for who finished it."""
    acceso = acceder(request, curso, unidad, clase="leccion")
    if not acceso.terminada:
        return redirect("cursos:unidad", curso, unidad)
    inscripcion = acceso.inscripcion
    terminado = inscripcion.estado == Inscripcion.Estado.TERMINADA
    temario = temario_de(inscripcion.curso)
    fila = temario.por_id[acceso.unidad.pk]
    siguiente = None
    if not terminado:
        siguiente = siguiente_de(inscripcion=inscripcion, fila=fila, terminadas=terminadas_en(inscripcion))
    contexto = {
        "curso": curso,
        "unidad": unidad,
        "hoja": temario.hoja_del_grupo(fila.grupo),
        "nombre": "" if fila.es_ruta else nombre_de(fila).lower(),
        "cierre": cierre_de(unidad=acceso.unidad),
        "terminado": terminado,
        "siguiente": siguiente and {"url": url_de(siguiente, curso), "texto": _ir_a(siguiente)},
        "enlaces": enlaces_al_terminar(request, inscripcion) if terminado else [],
    }
    return render(request, "cursos/fin.html", contexto)


@require_safe
@integrante_requerido
@con_acceso
def resumen(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """What to remember of a lesson, as a text that any phone keeps and opens. Its name says nothing."""
    acceso = acceder(request, curso, unidad, clase="leccion")
    if not acceso.terminada:
        return redirect("cursos:unidad", curso, unidad)
    cierre = cierre_de(unidad=acceso.unidad)
    lineas = [cierre.titulo, "", *(f"- {linea}" for linea in (*cierre.sabe_ahora, *cierre.resumen))]
    respuesta = HttpResponse("\r\n".join(lineas) + "\r\n", content_type="text/plain; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="curso-{curso}-{unidad}-resumen.txt"'
    return respuesta


def enlaces_al_terminar(request: HttpRequest, inscripcion: Inscripcion) -> list[dict[str, str]]:
    """Return what the rooms above offer to who finished a course: each gives {"url", "texto"} or None."""
    ofrecidos = (funcion(request, inscripcion) for funcion in hooks.get_hooks("al_terminar_un_curso"))
    return [enlace for enlace in ofrecidos if enlace]


def acceder(request: HttpRequest, curso: int, unidad: int, *, clase: str = "") -> Acceso:
    """Return the unit if this person may open it; of another kind than the address says, it is absent."""
    acceso = acceder_a_la_unidad(persona=request.persona, curso=curso, unidad=unidad, hoy=timezone.localdate())
    if clase and acceso.unidad.clase != clase:
        raise Http404
    return acceso


def _continuar(request: HttpRequest, acceso: Acceso, paso: int) -> HttpResponse:
    curso, unidad = acceso.unidad.curso.numero, acceso.unidad
    dificil = unidad.variante == TEMA_DIFICIL
    try:
        resultado = registrar_avance(
            inscripcion=acceso.inscripcion, unidad=unidad, paso=paso, ahora=timezone.now(), sin_orden=dificil
        )
    except PasoSalteado as error:
        messages.warning(request, error.mensaje)
        return redirect("cursos:paso", curso, unidad.numero, error.paso)
    if resultado.unidad_terminada:
        return redirect("cursos:fin", curso, unidad.numero)
    if dificil and "saltar" in request.POST:
        return redirect("cursos:paso", curso, unidad.numero, unidad.pasos)
    return redirect("cursos:paso", curso, unidad.numero, resultado.paso + 1)


def _atras(curso: int, unidad: int, paso: int) -> str:
    if paso > 1:
        return reverse("cursos:paso", args=[curso, unidad, paso - 1])
    return reverse("cursos:curso", args=[curso])


def _ahorra(request: HttpRequest) -> bool:
    """Whether pictures wait to be asked for: by the browser, by the person's choice, and not asked for just now."""
    pide = request.persona.ahorra_datos or request.headers.get("Save-Data", "").lower() == "on"
    return pide and "imagenes" not in request.GET


def _por_donde_seguir(inscripcion: Inscripcion, modulos: list[Any]) -> dict[str, str] | None:
    """Return where «Continuar» leads: where the person is, or the first open unit not done."""
    filas = [fila for modulo in modulos for fila in modulo.filas if fila.url and fila.estado != "terminada"]
    actual = next((fila for fila in filas if fila.fila.id == inscripcion.unidad_actual_id), None)
    elegida = actual or next((fila for fila in filas if not fila.opcional), None)
    return {"url": elegida.url} if elegida else None


def _ir_a(fila: Any) -> str:
    if fila.clase == "leccion" and not fila.es_ruta:
        return _("Ir a la lección %(n)d") % {"n": fila.posicion}
    return _("Ir a: %(titulo)s") % {"titulo": fila.titulo}


def en_horas(minutos: int) -> str:
    """«45 min», «2 h», «2 h 30 min»."""
    horas, resto = divmod(minutos, 60)
    if not horas:
        return _("%(n)d min") % {"n": resto}
    if not resto:
        return _("%(n)d h") % {"n": horas}
    return _("%(horas)d h %(minutos)d min") % {"horas": horas, "minutos": resto}
