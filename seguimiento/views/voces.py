"""What people said of a course and how much they learned."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluaciones.consultas.ganancia import MINIMO
from evaluaciones.tandas import ultimo_dia
from instancias.acceso.guardas import personal_requerido
from instancias.models import Institucion
from marco import grupos

from ..consultas import voces
from .comun import ambito_de, base, lugares_para_elegir, nombre_del_ambito
from .de_varias import elegir_lugar, son_varios_departamentos


@require_safe
@personal_requerido
def ver(request: HttpRequest, numero: int) -> HttpResponse:
    """From a department on: the marks of each person are read to tell how much was learned."""
    ambito = ambito_de(request, curso=numero)
    if ambito.edicion is None or ambito.edicion.curso_numero != numero:
        raise Http404
    if son_varios_departamentos(ambito):
        return elegir_lugar(request, ambito, _("Resultados del curso"))
    pedido = request.GET.get("sector") or None
    if pedido is not None and pedido not in Institucion.Sector.values:
        raise Http404
    por_sector = voces.se_ve_por_sector(ambito)
    sector = pedido if por_sector else None
    leido = voces.ganado(ambito)
    contexto = {
        **base(request, ambito),
        **lugares_para_elegir(request, ambito),
        "filtro_en_palabras": _("%(curso)s, %(edicion)s. Quienes se inscribieron en %(lugar)s.")
        % {"curso": ambito.edicion.curso, "edicion": ambito.edicion.nombre, "lugar": nombre_del_ambito(ambito)},
        "encuestas": voces.voces(ambito, sector=sector),
        "por_sector": por_sector,
        "sectores": Institucion.Sector.choices,
        "sector": sector,
        "sector_en_palabras": voces.nombre_del_sector(sector) if sector else "",
        "sin_sector": pedido is not None and not por_sector,
        "hasta": ultimo_dia(ambito.dia),
        "minimo": grupos.MINIMO,
        "ganancia": voces.ganancia_del(ambito, leido),
        "ganancias": [] if ambito.instancia else voces.ganancia_por_lugar(ambito, leido),
        "minimo_de_ganancia": MINIMO,
    }
    return render(request, "kuska/seguimiento/voces.html", contexto)
