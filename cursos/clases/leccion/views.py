"""The pages of a lesson: its steps, its end, what to keep of it, its sounds and its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.images import get_image_model

from cursos.consultas.acceso import Acceso
from cursos.consultas.siguiente import lo_que_sigue, nombre_de, url_de
from cursos.consultas.temario import temario_de
from cursos.decida import Alrededor, quien_pregunta
from cursos.errores import CursoError
from cursos.models import Inscripcion
from cursos.rango import responder_archivo
from cursos.services.avance import PasoSalteado, registrar_avance
from cursos.templatetags.kuska_cursos import tipo_de_audio
from cursos.views.comunes import (
    acceder,
    ahorra,
    con_acceso,
    enlaces_al_terminar,
    enlaces_al_terminar_una_leccion,
    ir_a,
)
from cursos.views.medios import responder
from instancias.acceso.guardas import integrante_requerido
from marco.paginas_dibujadas import Adelanto, dar
from marco.sin_senal import se_queda

from . import CLAVE, TEMA_DIFICIL
from .contenido import PasoMostrado, audio_de, cierre_de, imagen_de, paso_de, pasos_a_mano
from .paquete import adonde

PLANTILLA = "kuska/cursos/paso.html"


@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@con_acceso
@se_queda
def paso(request: HttpRequest, curso: int, unidad: int, paso: int) -> HttpResponse:
    """Show a step; with POST, record that it was seen and go on."""
    if request.method == "POST":
        return _continuar(request, acceder(request, curso, unidad, clase=CLAVE), paso)
    ademas = quien_pregunta().ademas_al_empezar if paso == 1 else quien_pregunta().ademas
    acceso = acceder(request, curso, unidad, clase=CLAVE, ademas=ademas)
    ahorro = ahorra(request)
    mostrado = paso_de(unidad=acceso.unidad, numero=paso, hoy=timezone.localdate(), ahorro=ahorro)
    return mostrar(request, acceso, mostrado, quien_pregunta().alrededor(request, acceso, mostrado))


def mostrar(
    request: HttpRequest,
    acceso: Acceso,
    mostrado: PasoMostrado,
    alrededor: Alrededor,
    *,
    estado: int = 200,
    **otros: Any,
) -> HttpResponse:
    """Answer with a step and what is around it. ``otros`` adds to the context, such as what was answered wrong."""
    termino = acceso.inscripcion.termino(timezone.localdate())
    contexto = _de_todos(acceso, mostrado, alrededor, es_nuevo=_se_agrego(acceso, mostrado.numero), termino=termino)
    dados = {"preguntado": alrededor.preguntado, "repaso": alrededor.repaso}
    como = alrededor.preguntado.como if alrededor.preguntado else ()
    if termino or otros or como is None:
        entero = {**contexto, **dados, "inscripcion": acceso.inscripcion, **otros}
        respuesta = render(request, PLANTILLA, entero, status=estado)
    else:  # what only tells, and what is asked by touch: the same for everybody who stands in it the same way
        solo_cuenta = not (dados["preguntado"] or dados["repaso"])
        despues = _los_demas(acceso, desde=mostrado.numero, ahorro=ahorra(request)) if solo_cuenta else None
        respuesta = dar(request, PLANTILLA, contexto, {**dados, "inscripcion": None}, despues=despues)
    patch_vary_headers(respuesta, ["Save-Data"])
    return respuesta


def _de_todos(
    acceso: Acceso, mostrado: PasoMostrado, alrededor: Alrededor, *, es_nuevo: bool = False, termino: bool = False
) -> dict[str, Any]:
    """What a step is drawn of, the same for everybody who stands in it the same way."""
    curso, unidad = acceso.unidad.curso.numero, acceso.unidad.numero
    preguntado = alrededor.preguntado
    return {
        "curso": curso,
        "unidad": unidad,
        "leccion": acceso.unidad.titulo,
        "paso": mostrado,
        "es_nuevo": es_nuevo,
        "termino": termino,
        "url_volver": _atras(curso, unidad, mostrado.numero),
        "se_sigue": preguntado is None or preguntado.se_sigue,
        "como": preguntado.como if preguntado else (),
        "que_vuelve": tuple((alrededor.repaso or {}).items()),
    }


def _los_demas(acceso: Acceso, *, desde: int, ahorro: bool) -> Adelanto:
    """The other steps of the lesson, those that whoever reads one goes on to before those that they come from: those
    that only tell, and are at hand."""
    hoy, unidad = timezone.localdate(), acceso.unidad

    def paginas() -> Iterator[dict[str, Any]]:
        a_mano = pasos_a_mano(unidad=unidad, hoy=hoy, ahorro=ahorro)
        for otro in sorted(a_mano, key=lambda uno: uno.numero <= desde):
            if otro.planteo is None:
                yield _de_todos(acceso, otro, Alrededor())

    return Adelanto(("pasos", unidad.pk, unidad.curso.revision, hoy, ahorro), paginas)


@require_safe
@integrante_requerido
@con_acceso
@se_queda
def fin(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Close a lesson and open what comes next. Only for who finished it."""
    acceso = acceder(request, curso, unidad, clase=CLAVE)
    if not acceso.terminada:
        return redirect("kuska_cursos:unidad", curso, unidad)
    inscripcion = acceso.inscripcion
    terminado = inscripcion.estado == Inscripcion.Estado.TERMINADA
    temario = temario_de(inscripcion.curso)
    fila = temario.por_id[acceso.unidad.pk]
    sigue = lo_que_sigue(inscripcion=inscripcion, unidad_id=fila.id)
    contexto = {
        "curso": curso,
        "unidad": unidad,
        "hoja": temario.hoja_del_grupo(fila.grupo),
        "nombre": "" if fila.es_ruta else nombre_de(fila).lower(),
        "cierre": cierre_de(unidad=acceso.unidad),
        "termino": inscripcion.termino(timezone.localdate()),
        "terminado": terminado,
        "siguiente": {"url": url_de(sigue, curso), "texto": ir_a(sigue)} if sigue else None,
        "ademas": enlaces_al_terminar_una_leccion(temario, fila, sigue),
        "enlaces": enlaces_al_terminar(request, inscripcion) if terminado else [],
    }
    return render(request, "kuska/cursos/fin.html", contexto)


@require_safe
@integrante_requerido
@con_acceso
def resumen(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """What to remember of a lesson, as a text that any phone keeps and opens. Its name says nothing."""
    acceso = acceder(request, curso, unidad, clase=CLAVE)
    if not acceso.terminada:
        return redirect("kuska_cursos:unidad", curso, unidad)
    cierre = cierre_de(unidad=acceso.unidad)
    lineas = [cierre.titulo, "", *(f"- {linea}" for linea in (*cierre.sabe_ahora, *cierre.resumen))]
    respuesta = HttpResponse("\r\n".join(lineas) + "\r\n", content_type="text/plain; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="curso-{curso}-{unidad}-resumen.txt"'
    return respuesta


@require_safe
@integrante_requerido
@con_acceso
def audio(request: HttpRequest, curso: int, unidad: int, paso: int, cual: int) -> HttpResponseBase:
    """Serve one of the two formats of an audio. ``cual`` is 1 or 2."""
    acceso = acceder(request, curso, unidad, clase=CLAVE)
    documento = audio_de(unidad=acceso.unidad, numero=paso, alterno=cual == 2, marca=request.GET.get("v", ""))
    if documento is None or cual not in (1, 2):
        raise Http404
    return responder_archivo(
        request, documento.file, tipo=tipo_de_audio(documento), marca=documento.file_hash or str(documento.pk)
    )


@require_safe
@integrante_requerido
@con_acceso
def imagen(request: HttpRequest, curso: int, unidad: int, paso: int, ancho: int, formato: str) -> HttpResponseBase:
    """The picture of a step, in one of its sizes and formats, for who takes the course."""
    acceso = acceder(request, curso, unidad, clase=CLAVE)
    nombre = imagen_de(unidad=acceso.unidad, numero=paso).get((formato, ancho))
    if nombre is None:
        raise Http404
    almacen = get_image_model().get_rendition_model()._meta.get_field("file").storage
    return responder(request, almacen, nombre)


def _continuar(request: HttpRequest, acceso: Acceso, paso: int) -> HttpResponse:
    curso, unidad = acceso.unidad.curso.numero, acceso.unidad
    dificil = unidad.variante == TEMA_DIFICIL
    try:
        resultado = registrar_avance(
            inscripcion=acceso.inscripcion,
            unidad=unidad,
            paso=paso,
            paso_id=request.POST.get("este", ""),
            ahora=timezone.now(),
            sin_orden=dificil,
        )
    except PasoSalteado as error:
        messages.warning(request, error.mensaje)
        return redirect("kuska_cursos:paso", curso, unidad.numero, error.paso)
    except CursoError as error:
        if error.codigo != "edicion_terminada":
            raise
        messages.warning(request, error.mensaje)
        return redirect("kuska_cursos:paso", curso, unidad.numero, paso)
    return redirect(adonde(curso, unidad, resultado, saltar="saltar" in request.POST))


def _se_agrego(acceso: Acceso, numero: int) -> bool:
    """Whether a step was put behind what the person has seen: it is told, so that nobody thinks of a mistake."""
    sin_ver = acceso.sin_ver
    return numero in sin_ver and (acceso.terminada or numero < max(_vistos(acceso, sin_ver), default=0))


def _vistos(acceso: Acceso, sin_ver: list[int]) -> set[int]:
    return set(range(1, acceso.unidad.pasos + 1)).difference(sin_ver)


def _atras(curso: int, unidad: int, paso: int) -> str:
    if paso > 1:
        return reverse("kuska_cursos:paso", args=[curso, unidad, paso - 1])
    return reverse("kuska_cursos:curso", args=[curso])
