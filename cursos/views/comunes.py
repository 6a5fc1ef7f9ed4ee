"""What the views of this room share: who enters, what is said of what cannot be opened, where to go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from .. import clases
from ..consultas.acceso import Acceso, Ademas, SinPagina, acceder_a_la_unidad
from ..consultas.siguiente import lo_que_sigue, url_de
from ..consultas.temario import FilaDeTemario, Temario
from ..errores import CursoError
from ..models import Inscripcion

TITULOS = {
    "unidad_retirada": gettext_lazy("Esta lección cambió o ya no está"),
    "unidad_en_pausa": gettext_lazy("Esta parte está en pausa"),
    "unidad_sin_clase": gettext_lazy("Esta parte no se puede abrir por ahora"),
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
    al_curso = error.codigo.startswith("unidad_")
    url = (
        reverse("kuska_cursos:curso", args=[error.inscripcion.curso.numero])
        if al_curso
        else reverse("kuska_cursos:inicio")
    )
    contexto = {
        "titulo": TITULOS[error.codigo],
        "mensaje": _("Lo que usted avanzó está guardado.") if error.codigo == "unidad_retirada" else error.mensaje,
        "url": url,
        "boton": _("Ir al curso") if al_curso else _("Ir a Inicio"),
        "con_ayuda": error.codigo == "curso_retirado",
    }
    estado = 200 if error.codigo == "aun_no_empieza" else 410
    if error.codigo == "unidad_en_pausa":
        estado = 200 if request.method in {"GET", "HEAD"} else 409
    return render(request, "kuska/cursos/no_esta.html", contexto, status=estado)


def acceder(request: HttpRequest, curso: int, unidad: int, *, clase: str = "", ademas: Ademas | None = None) -> Acceso:
    """Return the unit if this person may open it; of another kind than the address says, it is absent.

    ``ademas`` gives annotations of the enrolment, in the same statement.
    """
    hoy = timezone.localdate()
    acceso = acceder_a_la_unidad(persona=request.persona, curso=curso, unidad=unidad, hoy=hoy, ademas=ademas)
    if clase and acceso.unidad.clase != clase:
        raise Http404
    return acceso


def enlaces_al_terminar(request: HttpRequest, inscripcion: Inscripcion) -> list[dict[str, str]]:
    """Return what the rooms above offer to who finished a course: each gives {"url", "texto"} or None."""
    ofrecidos = (funcion(request, inscripcion) for funcion in hooks.get_hooks("al_terminar_un_curso"))
    return [enlace for enlace in ofrecidos if enlace]


def enlaces_al_terminar_una_leccion(
    temario: Temario, fila: FilaDeTemario, sigue: FilaDeTemario | None
) -> list[dict[str, str]]:
    """Return what the rooms above offer beside what follows a lesson: each gives {"url", "texto"} or None."""
    ofrecidos = (funcion(temario, fila, sigue) for funcion in hooks.get_hooks("al_terminar_una_leccion"))
    return [enlace for enlace in ofrecidos if enlace]


def por_donde_sigue(inscripcion: Inscripcion, unidad_id: int) -> dict[str, str] | None:
    """Return where to go after a unit, {"url", "texto"}: the next thing asked for that is open and not done."""
    fila = lo_que_sigue(inscripcion=inscripcion, unidad_id=unidad_id)
    return {"url": url_de(fila, inscripcion.curso.numero), "texto": ir_a(fila)} if fila else None


def ir_a(fila: FilaDeTemario) -> str:
    """«Ir a la lección 1», or to what is not counted by its title."""
    return _("Ir %(hacia)s") % {"hacia": clases.clase_de(fila.clase).hacia(fila)}


def ahorra(request: HttpRequest) -> bool:
    """Whether pictures wait to be asked for: by the browser, by the person's choice, and not asked for just now."""
    pide = request.persona.ahorra_datos or request.headers.get("Save-Data", "").lower() == "on"
    return pide and "imagenes" not in request.GET
