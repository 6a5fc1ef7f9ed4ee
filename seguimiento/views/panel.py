"""The panel, a table, the map and a course: what is going on and where to act today."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cursos.models import Inscripcion
from instancias.acceso.guardas import personal_requerido
from instancias.consultas import pedidos
from instancias.models import Territorio

from .. import mapa, mosaico
from ..consultas import (
    contadas,
    curso,
    partes,
    personas,
)
from ..consultas.ambito import Ambito
from ..consultas.contadores import caben
from ..consultas.instantanea import instantanea
from ..consultas.pocos import MINIMO_DEL_GRUPO
from .comun import ambito_de, base
from .de_varias import elegir_lugar, panel_de_varias, son_varias_provincias, son_varios_departamentos
from .dibujo import Panel, certificadas
from .frases import en_cuenta, frases

MAXIMO_EN_LA_TABLA = 70  # rows, that weigh what a page may


@require_safe
@personal_requerido
def panel(request: HttpRequest) -> HttpResponse:
    ambito = ambito_de(request)
    if son_varias_provincias(ambito):
        return panel_de_varias(request, ambito)
    suyo = Panel(request, ambito).contexto()
    contexto = {
        **base(request, ambito, con_despues=False),
        **suyo,
        "frases": frases(suyo["total"], de_hoy=ambito.al is None),
        "pasos": [(personas.FILTROS[clave], cuantas) for clave, cuantas in en_cuenta(suyo["total"])],
        "en_papel": ambito.es_de_varias and suyo["total"].integrantes >= MINIMO_DEL_GRUPO,
        "pedidos": pedidos.por_responder(request.alcance, hoy=ambito.hoy, cuenta=request.user)
        if ambito.al is None
        else None,
    }
    return render(request, "kuska/seguimiento/panel.html", contexto)


@require_safe
@personal_requerido
def ver_mapa(request: HttpRequest) -> HttpResponse:
    ambito = ambito_de(request)
    if son_varios_departamentos(ambito):
        return elegir_lugar(request, ambito, _("Mapa"))
    if ambito.al is not None and son_varias_provincias(ambito) and not caben(ambito):
        nota = _("Elija una provincia: de tantas personas, el mapa de otro día se muestra por provincia.")
        return elegir_lugar(request, ambito, _("Mapa"), nota)
    instancias, total = contadas.con_totales(ambito)
    contornos = dict(
        Territorio.objects.bajo(ambito.prefijos).distritos().order_by("ubigeo").values_list("ubigeo", "contorno")
    )
    por_ubigeo = {instancia.ubigeo: instancia for instancia in instancias}
    trazado = mapa.trazar(contornos)
    contexto = {
        **base(request, ambito),
        "instancias": instancias[:MAXIMO_EN_LA_TABLA],
        "hay_mas": len(instancias) > MAXIMO_EN_LA_TABLA,
        **(certificado := certificadas(ambito, instancias)),
        "total": total,
        "en_papel": ambito.es_de_varias and total.integrantes >= MINIMO_DEL_GRUPO,
        "mapa": trazado,
        "trazos": [
            (trazo, por_ubigeo[trazo.ubigeo], certificado.get("estados", {}).get(trazo.ubigeo))
            for trazo in (trazado.trazos if trazado else ())
        ],
        "escala": mosaico.ESCALA,
    }
    return render(request, "kuska/seguimiento/mapa.html", contexto)


@require_safe
@personal_requerido
def ver_curso(request: HttpRequest, numero: int) -> HttpResponse:
    ambito = ambito_de(request, curso=numero)
    if ambito.edicion is None or ambito.edicion.curso_numero != numero:
        raise Http404
    if son_varios_departamentos(ambito):
        return elegir_lugar(request, ambito, ambito.edicion.curso)
    lo_lleva = _lo_esta_llevando(request, ambito)
    # Of a part of the scope, what is left of the whole by subtraction could be one person's answer.
    # Of two days, what one adds to the other could be as well.
    de_otro_dia = ambito.al is not None
    de_una_parte = (ambito.instancia or ambito.territorio or None) not in {None, *request.alcance.prefijos}
    with instantanea():  # who repeats is the same for what both tell
        suyas = partes.del_ambito(ambito)
        peldanos = curso.embudo(ambito, suyas)
        con_preguntas = not (lo_lleva or de_una_parte or de_otro_dia)
        preguntas = curso.preguntas_dificiles(ambito, suyas) if con_preguntas else []
    varios = any(uno.piden >= MINIMO_DEL_GRUPO for uno in peldanos)
    contexto = {
        **base(request, ambito),
        "peldanos": peldanos,
        "en_papel": ambito.es_de_varias and varios and not de_una_parte,
        "de_una_parte": de_una_parte,
        "lo_lleva": lo_lleva,
        "preguntas": preguntas,
        "minimo": curso.MINIMO_DE_RESPUESTAS,
    }
    return render(request, "kuska/seguimiento/curso.html", contexto)


def _lo_esta_llevando(request: HttpRequest, ambito: Ambito) -> bool:
    """Whoever is still taking the course sees no question of it, not even as staff."""
    persona = getattr(request.user, "persona", None)
    if persona is None or ambito.edicion is None:
        return False
    propias = Inscripcion.objects.activas().filter(persona=persona, curso_id=ambito.edicion.curso_id)
    return propias.exclude(estado=Inscripcion.Estado.TERMINADA).exists()
