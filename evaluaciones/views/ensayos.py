"""Answering a step «Decida», and «Repaso de hoy»: ideas that were missed, asked again. Nothing here is marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cursos.clases.leccion import CLAVE as LECCION
from cursos.clases.leccion.contenido import PasoMostrado
from cursos.clases.leccion.views import mostrar
from cursos.consultas.acceso import Acceso
from cursos.consultas.temario import temario_de
from cursos.decida import Alrededor
from cursos.errores import CursoError
from cursos.models import Unidad
from cursos.views import acceder, con_acceso
from evaluaciones.clases import Json, RespuestaInvalida
from evaluaciones.consultas.ensayos import ensayos_de, ideas_para, paso_nombrado, preguntar
from evaluaciones.libro import PreguntaMostrada
from evaluaciones.models import Ensayo
from evaluaciones.planteos import pregunta_de
from evaluaciones.repaso import Idea
from evaluaciones.services.ensayar import ensayar
from instancias.acceso.guardas import guarda_lo_enviado, integrante_requerido
from marco.numeros import entero_de

from .comunes import error_en, leer_entrega

ANCLA = "#decida"


@dataclass(frozen=True)
class Leido:
    """What a form answered: the value, or what is wrong with it."""

    valor: Json = None
    error: str = ""


def _leer(request: HttpRequest, pregunta: PreguntaMostrada) -> Leido:
    try:
        valor = pregunta.leer(leer_entrega(request.POST).get(1, {}))
    except RespuestaInvalida as error:
        return Leido(error=str(error))
    return Leido(valor, pregunta.falta(valor))


def _vez(request: HttpRequest) -> int:
    return entero_de(request.POST.get("vez", "")) or 1


@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@guarda_lo_enviado
@con_acceso
def decidir(request: HttpRequest, curso: int, unidad: int, paso: int) -> HttpResponse:
    """Keep what was chosen in a step and show why. The step is found by what it is: it may have moved since."""
    acceso = acceder(request, curso, unidad, clase=LECCION)
    if request.method != "POST":
        return redirect("kuska_cursos:paso", curso, unidad, paso)
    mostrado = paso_nombrado(acceso.unidad, request.POST.get("este", ""), paso)
    if mostrado is None or mostrado.planteo is None:
        return redirect("kuska_cursos:paso", curso, unidad, paso)
    pregunta = pregunta_de(mostrado.planteo, mostrado.id)
    url = reverse("kuska_cursos:paso", args=[curso, unidad, mostrado.numero])
    leido = _leer(request, pregunta)
    if leido.error:
        suyas = ensayos_de(acceso.inscripcion, Idea(acceso.unidad.pk, mostrado.id))
        asi = preguntar(
            pregunta, mostrado, suyas, url=request.path, url_del_paso=url, a_medias=leido.valor, error=leido.error
        )
        return mostrar(request, acceso, mostrado, Alrededor(asi), estado=422, **error_en(leido.error, "pregunta-1"))
    try:
        ensayar(
            inscripcion=acceso.inscripcion,
            unidad=acceso.unidad,
            pregunta=pregunta,
            valor=leido.valor,
            vez=_vez(request),
            ahora=timezone.now(),
        )
    except CursoError as error:
        messages.warning(request, error.mensaje)
    return redirect(url + ANCLA)


@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@guarda_lo_enviado
@con_acceso
def repaso(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Ask again, before a unit, what was missed; with «visto», explain what was just answered."""
    acceso = acceder(request, curso, unidad)
    filas = ensayos_de(acceso.inscripcion)
    ideas = ideas_para(acceso.unidad, temario_de(acceso.inscripcion.curso), filas)
    url = reverse("kuska_evaluaciones:repaso", args=[curso, unidad])
    if request.method == "POST":
        return _repasar(request, acceso, filas, ideas, url)
    visto = next((una for una in filas if str(una.pk) == request.GET.get("visto")), None)
    if visto is not None:
        return _en_pantalla(request, acceso, Idea(visto.unidad_id, visto.paso), [visto], url, faltan=len(ideas))
    for idea in ideas:
        respuesta = _en_pantalla(request, acceso, idea, [], url, faltan=len(ideas), filas=filas)
        if respuesta is not None:
            return respuesta
    return redirect("kuska_cursos:unidad", curso, unidad)


def _repasar(request: HttpRequest, acceso: Acceso, filas: list[Ensayo], ideas: list[Idea], url: str) -> HttpResponse:
    idea = next((una for una in ideas if una.paso == request.POST.get("este")), None)
    lugar = _idea(acceso, idea) if idea else None
    if idea is None or lugar is None:
        return redirect(url)
    de_ella, mostrado = lugar
    pregunta = pregunta_de(mostrado.planteo, mostrado.id)
    leido = _leer(request, pregunta)
    if leido.error:
        return _en_pantalla(request, acceso, idea, [], url, faltan=len(ideas), filas=filas, leido=leido) or redirect(
            url
        )
    try:
        ensayo = ensayar(
            inscripcion=acceso.inscripcion,
            unidad=de_ella,
            pregunta=pregunta,
            valor=leido.valor,
            vez=_vez(request),
            ahora=timezone.now(),
            repaso_en=acceso.unidad,
        )
    except CursoError as error:
        messages.warning(request, error.mensaje)
        return redirect("kuska_cursos:unidad", acceso.unidad.curso.numero, acceso.unidad.numero)
    return redirect(f"{url}?visto={ensayo.pk}{ANCLA}")


def _en_pantalla(
    request: HttpRequest,
    acceso: Acceso,
    idea: Idea,
    vistas: list[Ensayo],
    url: str,
    *,
    faltan: int,
    filas: list[Ensayo] | None = None,
    leido: Leido | None = None,
) -> Any:
    """Show one idea. ``vistas``: the answer to explain; none while it is asked."""
    lugar = _idea(acceso, idea)
    if lugar is None:
        return None
    de_ella, mostrado = lugar
    suyas = vistas or [una for una in filas or () if (una.unidad_id, una.paso) == idea]
    leido = leido or Leido()
    preguntado = preguntar(
        pregunta_de(mostrado.planteo, mostrado.id),
        mostrado,
        suyas,
        url=url,
        otra=not vistas,
        a_medias=leido.valor,
        error=leido.error,
    )
    contexto = {
        "curso": acceso.unidad.curso.numero,
        "unidad": acceso.unidad.numero,
        "de": de_ella.titulo,
        "paso": mostrado,
        "preguntado": preguntado,
        "explicada": bool(vistas),
        "faltan": faltan,
        "url": url,
        **(error_en(leido.error, "pregunta-1") if leido.error else {}),
    }
    return render(request, "kuska/evaluaciones/repaso.html", contexto, status=422 if leido.error else 200)


def _idea(acceso: Acceso, idea: Idea) -> tuple[Unidad, PasoMostrado] | None:
    """Return the lesson of an idea and its step, if it still asks."""
    de_ella = Unidad.objects.select_related("curso").filter(pk=idea.unidad, curso=acceso.unidad.curso_id).first()
    if de_ella is None or de_ella.pagina_id is None:
        return None
    mostrado = paso_nombrado(de_ella, idea.paso, 0)
    return (de_ella, mostrado) if mostrado is not None and mostrado.planteo is not None else None
