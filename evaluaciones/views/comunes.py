"""What every view of this room shares: who enters, how a form is read, how a refusal is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cursos.errores import CursoError
from evaluaciones.entrega import leer_entrega as leer_pares
from evaluaciones.errores import EvaluacionError, no_encontrado
from instancias.acceso.guardas import guarda_lo_enviado, integrante_requerido
from marco.errores import ErrorDeDominio
from marco.numeros import entero_de

Vista = Callable[..., HttpResponse]


def integrante(vista: Vista) -> Vista:
    """Let members in and turn a rule that is not met into its sentence."""

    @wraps(vista)
    def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return vista(request, *args, **kwargs)
        except (CursoError, EvaluacionError) as error:
            return contestar_error(request, error, curso=kwargs["curso"], unidad=kwargs["unidad"])

    return integrante_requerido(guarda_lo_enviado(envoltura))


def acto(pagina: str) -> Callable[[Vista], Vista]:
    """Let a form in. Opening its address, as a browser does after signing in, leads to the page that shows it."""

    def decorar(vista: Vista) -> Vista:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(vista)
        def envoltura(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
            if request.method != "POST":
                return redirect(f"kuska_evaluaciones:{pagina}", curso, unidad)
            return vista(request, curso, unidad)

        return envoltura

    return decorar


def contestar_error(request: HttpRequest, error: ErrorDeDominio, *, curso: int, unidad: int) -> HttpResponse:
    """Tell a script with a code and a person with a page; what is not there and what is not theirs look the same."""
    if pide_json(request):
        estado = 404 if error.codigo == "no_encontrado" else 409
        return JsonResponse({"codigo": error.codigo, "mensaje": str(error)}, status=estado)
    if error.codigo == "no_encontrado":
        raise Http404
    propio = isinstance(error, EvaluacionError)
    contexto = {
        "mensaje": str(error),
        "curso": curso,
        "sigue": url_de_evaluacion("evaluacion", curso, unidad) if propio else "",
    }
    estado = 409 if request.method == "POST" else 200
    return render(request, "kuska/evaluaciones/cerrada.html", contexto, status=estado)


def pide_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def url_de_evaluacion(nombre: str, curso: int, unidad: int, *otros: int) -> str:
    return reverse(f"kuska_evaluaciones:{nombre}", args=[curso, unidad, *otros])


def leer_uuid(datos: QueryDict, campo: str) -> uuid.UUID:
    """Return an identifier of a form. One that is not an identifier is of nothing that exists."""
    try:
        return uuid.UUID(datos.get(campo, ""))
    except ValueError:
        raise no_encontrado() from None


def leer_entero(datos: QueryDict, campo: str) -> int | None:
    return entero_de(datos.get(campo, ""))


def leer_entrega(datos: QueryDict) -> dict[int, dict[str, list[str]]]:
    return leer_pares((campo, valor) for campo in datos for valor in datos.getlist(campo))


def hay_algo(enviado: Mapping[str, list[str]]) -> bool:
    """Whether any field of a question says something."""
    return any(valor for valores in enviado.values() for valor in valores)


def error_en(mensaje: str, ancla: str) -> dict[str, Any]:
    """Context of a page that comes back with a problem: the box at the top and «Error:» in the title."""
    return {"hay_errores": True, "errores": [{"texto": mensaje, "ancla": ancla}]}
