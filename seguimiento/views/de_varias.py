"""The panel of who follows several provinces: their sums, and the way into each. People are of the province."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from instancias.consultas import pedidos

from ..consultas import contadores, lugares, personas
from ..consultas.ambito import Ambito
from ..consultas.pocos import MINIMO_DEL_GRUPO
from .comun import base
from .dias import esperar_el_dia
from .frases import en_cuenta, frases

DE_PAGINA = ("tras", "antes", "en")


def son_varias_provincias(ambito: Ambito) -> bool:
    return not ambito.instancia and len(lugares.dentro_de(ambito.prefijos, lugares.PROVINCIA)) > 1


def son_varios_departamentos(ambito: Ambito) -> bool:
    return not ambito.instancia and len(lugares.dentro_de(ambito.prefijos, lugares.DEPARTAMENTO)) > 1


def lugares_por_elegir(ambito: Ambito) -> list[str]:
    """The departments of the scope; of only one, its provinces."""
    departamentos = lugares.dentro_de(ambito.prefijos, lugares.DEPARTAMENTO)
    return departamentos if len(departamentos) > 1 else lugares.dentro_de(ambito.prefijos, lugares.PROVINCIA)


def panel_de_varias(request: HttpRequest, ambito: Ambito) -> HttpResponse:
    codigos = lugares_por_elegir(ambito)
    try:
        cuentas, total = contadores.sumar(ambito)
    except contadores.FaltaContar as falta:
        return esperar_el_dia(request, ambito, falta, codigos)
    contexto = {
        **base(request, ambito),
        "total": total,
        "frases": frases(total, de_hoy=False),
        "pasos": [(personas.FILTROS[clave], cuantas) for clave, cuantas in en_cuenta(total)],
        "en_papel": total.integrantes >= MINIMO_DEL_GRUPO,
        "de_departamentos": any(len(codigo) == lugares.DEPARTAMENTO for codigo in codigos),
        "pedidos": pedidos.por_responder(request.alcance, hoy=ambito.hoy, cuenta=request.user)
        if ambito.al is None
        else None,
        "provincias": contadores.por_lugar(cuentas, total, lugares.nombres(), codigos),
    }
    return render(request, "kuska/seguimiento/panel.html", contexto)


def elegir_a_quien_recordar(request: HttpRequest, ambito: Ambito) -> HttpResponse:
    """Messages are of who works near: of a whole country the page asks first where."""
    nota = _("Elija un departamento. Los avisos se hacen desde cada lugar, a quienes se puede acompañar.")
    return elegir_lugar(request, ambito, _("A quién recordar"), nota, seccion="recordar", sin_dia=True)


def elegir_lugar(
    request: HttpRequest, ambito: Ambito, titulo: str, nota: str = "", *, seccion: str = "panel", sin_dia: bool = False
) -> HttpResponse:
    """Names, and where people stop, are told from a department on: of a whole country the page asks first where.

    Each place leads to the address that was asked, with that place.
    """
    pedido = {clave: valor for clave, valor in request.GET.items() if clave not in ("territorio", *DE_PAGINA)}
    nombres = lugares.nombres()
    contexto = {
        **base(request, ambito, seccion=seccion, con_despues=False),
        "sin_dia": sin_dia,
        "titulo": titulo,
        "nota": nota or _("Elija un departamento: de varios a la vez solo se muestran las cifras."),
        "lugares": [
            (f"{request.path}?{urlencode({**pedido, 'territorio': codigo})}", nombres.get(codigo, codigo))
            for codigo in lugares_por_elegir(ambito)
        ],
    }
    return render(request, "kuska/seguimiento/elegir_departamento.html", contexto)
