"""The panel of who follows several provinces: their sums, and the way into each. People are of the province."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from instancias.consultas import pedidos

from ..consultas import contadores, distritos, lugares, personas
from ..consultas.ambito import Ambito
from .comun import base
from .frases import en_cuenta, frases

DEPARTAMENTO, PROVINCIA = 2, 4  # letters of their codes


def son_varias_provincias(ambito: Ambito) -> bool:
    return not ambito.instancia and len(lugares.dentro_de(ambito.prefijos, PROVINCIA)) > 1


def son_varios_departamentos(ambito: Ambito) -> bool:
    return not ambito.instancia and len(lugares.dentro_de(ambito.prefijos, DEPARTAMENTO)) > 1


def lugares_por_elegir(ambito: Ambito) -> list[str]:
    """The departments of the scope; of only one, its provinces."""
    departamentos = lugares.dentro_de(ambito.prefijos, DEPARTAMENTO)
    return departamentos if len(departamentos) > 1 else lugares.dentro_de(ambito.prefijos, PROVINCIA)


def panel_de_varias(request: HttpRequest, ambito: Ambito) -> HttpResponse:
    cuentas, total = contadores.sumar(ambito)
    codigos = lugares_por_elegir(ambito)
    contexto = {
        **base(request, ambito),
        "total": total,
        "frases": frases(total, de_hoy=False),
        "pasos": [(personas.FILTROS[clave], cuantas) for clave, cuantas in en_cuenta(total)],
        "en_papel": total.integrantes >= distritos.MINIMO_DEL_GRUPO,
        "de_departamentos": any(len(codigo) == DEPARTAMENTO for codigo in codigos),
        "pedidos": pedidos.por_responder(request.alcance, hoy=ambito.hoy, cuenta=request.user)
        if ambito.al is None
        else None,
        "provincias": contadores.por_lugar(ambito, cuentas, lugares.nombres(), codigos),
    }
    return render(request, "kuska/seguimiento/panel.html", contexto)


def elegir_a_quien_recordar(request: HttpRequest, ambito: Ambito) -> HttpResponse:
    """Messages are of who works near: of a whole country the page asks first where."""
    nombres = lugares.nombres()
    contexto = {
        **base(request, ambito, seccion="recordar"),
        "sin_dia": True,
        "lugares": [(codigo, nombres.get(codigo, codigo)) for codigo in lugares_por_elegir(ambito)],
    }
    return render(request, "kuska/seguimiento/recordar_donde.html", contexto)
