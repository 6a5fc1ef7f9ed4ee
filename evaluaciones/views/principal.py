"""The page where an evaluation starts, calmly; or that says why it is closed."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from cursos.services.acceso import SinPagina
from evaluaciones import reglas
from evaluaciones.models import Intento
from evaluaciones.services.intentos import del_lugar
from evaluaciones.services.publicado import Publicado
from evaluaciones.services.situacion import Situacion, por_que_no, situacion_de

from .comunes import contestar_error, integrante

# What the browser's tab says; never what the evaluation is about.
NOMBRES = {reglas.PRACTICA: gettext_lazy("Práctica"), reglas.ENCUESTA: gettext_lazy("Encuesta")}


@require_safe
@integrante
def evaluacion(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    hoy = timezone.localdate(timezone.now())
    try:
        situacion = situacion_de(persona=request.persona, curso=curso, unidad=unidad, hoy=hoy)
    except SinPagina as error:
        return _retirada(request, error, curso, unidad)
    publicado = situacion.publicado
    impedimento = None if situacion.en_curso_id else por_que_no(situacion, publicado)
    clase = situacion.unidad.variante
    return render(
        request,
        "evaluaciones/evaluacion.html",
        {
            "curso": curso,
            "unidad": unidad,
            "titulo": situacion.unidad.titulo,
            "nombre": NOMBRES.get(clase, _("Evaluación")),
            "presentacion": publicado.reglas["presentacion"] if publicado else "",
            "filas": filas(situacion, publicado) if publicado else [],
            "con_nota": clase in reglas.CON_NOTA,
            "en_curso": situacion.en_curso_id is not None,
            "siguiente": situacion.ultimo + 1,
            "aprobada": situacion.aprobada,
            "impedimento": str(impedimento) if impedimento else "",
            "sin_intentos": impedimento is not None and impedimento.codigo == "sin_intentos",
            "resultados": _resultados(situacion),
        },
    )


def filas(situacion: Situacion, publicado: Publicado) -> list[dict[str, str]]:
    """What to know before starting, in the order of the question that people ask."""
    clase, dias = publicado.reglas["clase"], publicado.reglas["dias_de_plazo"]
    lineas = [(_("Preguntas"), str(publicado.cuantas)), (_("Tiempo"), _tiempo(dias))]
    if clase in reglas.CON_NOTA:
        lineas.append((_("Para aprobar"), _para_aprobar(publicado)))
        lineas.append((_("Intentos"), _intentos(situacion.quedan(publicado) or 0)))
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
    sobre = reglas.sobre_veinte(publicado.reglas["nota_minima"])
    cuentas = {"necesita": publicado.necesarios, "total": publicado.cuantas, "sobre": sobre}
    if sobre is None or publicado.cuantas == 20:
        return _("Necesita %(necesita)d de %(total)d.") % cuentas
    return _("Necesita %(necesita)d de %(total)d. Equivale a %(sobre)d de 20.") % cuentas


def _intentos(quedan: int) -> str:
    return ngettext("Le queda %(quedan)d.", "Le quedan %(quedan)d.", quedan) % {"quedan": quedan}


def _resultados(situacion: Situacion) -> list[dict]:
    if not situacion.enviados:
        return []
    enviados = Intento.objects.enviados().filter(inscripcion=situacion.inscripcion, unidad=situacion.unidad)
    return _enviados(enviados)


def _enviados(enviados: QuerySet[Intento]) -> list[dict]:
    campos = ("numero", "puntos", "puntos_posibles", "aprobado", "enviado_en")
    return list(enviados.order_by("-numero").values(*campos))


def _retirada(request: HttpRequest, error: SinPagina, curso: int, unidad: int) -> HttpResponse:
    """The page went away; what the person did there did not."""
    propios = del_lugar(persona=request.persona, curso=curso, unidad=unidad).filter(inscripcion=error.inscripcion)
    resultados = _enviados(propios.enviados())
    en_curso = propios.filter(estado=Intento.Estado.EN_CURSO).exists()
    if not resultados and not en_curso:
        return contestar_error(request, error, curso=curso, unidad=unidad)
    return render(
        request,
        "evaluaciones/retirada.html",
        {
            "curso": curso,
            "unidad": unidad,
            "resultados": resultados,
            "con_nota": propios.filter(reglas__clase__in=sorted(reglas.CON_NOTA)).exists(),
            "en_curso": en_curso,
        },
    )
