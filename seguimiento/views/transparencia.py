"""The public page of figures: off at first, of the last month that ended, and the same for everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from marco.grupos import en_palabras
from marco.models import AjustesDelAula

from .. import datos_abiertos, papel
from ..consultas import publicado
from ..models import Publicacion

Vista = Callable[..., HttpResponse]
UNA_HORA = 3600


def si_se_publica(vista: Vista) -> Vista:
    """Answer only where the settings say so. The answer is of nobody: it may be kept on the way, and asks no cookie."""

    @wraps(vista)
    def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not AjustesDelAula.actuales().transparencia_activa:
            raise Http404
        respuesta = vista(request, *args, **kwargs)
        patch_cache_control(respuesta, public=True, max_age=UNA_HORA)
        return respuesta

    return envoltura


def publicada_o_404(ubigeo: str) -> Publicacion:
    una = publicado.publicada(ubigeo[:4])
    if una is None:
        raise Http404
    return una


@require_safe
@si_se_publica
def inicio(request: HttpRequest) -> HttpResponse:
    """The provinces; of only one, its own page."""
    todas = list(publicado.publicadas())
    if len(todas) == 1:
        return redirect("kuska_seguimiento:transparencia_de", ubigeo=todas[0].provincia_id)
    filas = [
        {"una": una, "total": una.cifras["total"], "terminaron": en_palabras(publicado.terminaron(una))}
        for una in todas
    ]
    return render(request, "kuska/seguimiento/publico/inicio.html", {"filas": filas})


@require_safe
@si_se_publica
def de_un_lugar(request: HttpRequest, ubigeo: str) -> HttpResponse:
    una = publicada_o_404(ubigeo)
    filas = [{**fila, "terminaron": en_palabras(fila["terminaron"])} for fila in publicado.instancias(una)]
    comun = {"una": una, "otro_dia": una.personas_al != una.corte}
    if len(ubigeo) == 6:
        suya = next((fila for fila in filas if fila["ubigeo"] == ubigeo), None)
        if suya is None:
            raise Http404
        asientos = [fila for fila in una.asientos if fila["ubigeo"] == ubigeo]
        return render(request, "kuska/seguimiento/publico/distrito.html", {**comun, "fila": suya, "asientos": asientos})
    contexto = {
        **comun,
        "filas": filas,
        "total": una.cifras["total"],
        "terminaron": en_palabras(publicado.terminaron(una)),
        "certificaciones": publicado.certificaciones(una),
        "cierre": publicado.ultimo_cierre(una),
        "entidad": papel.entidad(),
        "de_la_provincia": [fila for fila in una.asientos if fila["ubigeo"] == una.provincia_id],
    }
    return render(request, "kuska/seguimiento/publico/provincia.html", contexto)


@require_safe
@si_se_publica
def diccionario(request: HttpRequest) -> HttpResponse:
    return render(request, "kuska/seguimiento/publico/diccionario.html", {"campos": datos_abiertos.diccionario()})


@require_safe
@si_se_publica
def diccionario_csv(request: HttpRequest) -> HttpResponse:
    return _archivo(datos_abiertos.diccionario_csv(), "diccionario.csv", "text/csv; charset=utf-8")


@require_safe
@si_se_publica
def instancias_csv(request: HttpRequest, ubigeo: str) -> HttpResponse:
    una = publicada_o_404(ubigeo)
    return _archivo(datos_abiertos.instancias_csv(una), _nombre(una, "instancias", "csv"), "text/csv; charset=utf-8")


@require_safe
@si_se_publica
def asientos_csv(request: HttpRequest, ubigeo: str) -> HttpResponse:
    una = publicada_o_404(ubigeo)
    return _archivo(datos_abiertos.asientos_csv(una), _nombre(una, "asientos", "csv"), "text/csv; charset=utf-8")


@require_safe
@si_se_publica
def datos_json(request: HttpRequest, ubigeo: str) -> HttpResponse:
    una = publicada_o_404(ubigeo)
    contenido = datos_abiertos.en_json(
        una, certificaciones=publicado.certificaciones(una), cierre=publicado.ultimo_cierre(una)
    )
    return _archivo(contenido, _nombre(una, "datos", "json"), "application/json")


def _nombre(una: Publicacion, que: str, tipo: str) -> str:
    return f"{que}-{una.provincia_id}-{una.corte.isoformat()}.{tipo}"


def _archivo(contenido: bytes, nombre: str, tipo: str) -> HttpResponse:
    respuesta = HttpResponse(contenido, content_type=tipo)
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
    respuesta["Access-Control-Allow-Origin"] = "*"
    return respuesta
