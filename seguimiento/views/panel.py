"""The panel, a table, the map and a course: what is going on and where to act today."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cursos.models import Inscripcion
from instancias import rastro
from instancias.acceso.guardas import personal_requerido
from instancias.consultas import pedidos
from instancias.models import Territorio
from marco.motivos import LARGO_DEL_MOTIVO

from .. import chispa, mapa, mensajes, mosaico
from ..consultas import (
    actividad,
    ayuda,
    capacitadas,
    curso,
    distritos,
    personas,
    plazos,
)
from ..consultas.ambito import Ambito
from ..consultas.instancia import asientos_abiertos, asientos_de_la_instancia
from .comun import ambito_de, base, exigir_en_alcance, firma_de
from .de_varias import elegir_lugar, panel_de_varias, son_varias_provincias, son_varios_departamentos
from .dibujo import Panel, certificadas
from .frases import en_cuenta, frases
from .mensajes_de_filas import con_su_mensaje
from .paginas import pagina_por_clave, por_pk

SILLAS_POR_PAGINA = 20  # each with its titular and its alterno


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
        "en_papel": ambito.es_de_varias and suyo["total"].integrantes >= distritos.MINIMO_DEL_GRUPO,
        "pedidos": pedidos.por_responder(request.alcance, hoy=ambito.hoy, cuenta=request.user)
        if ambito.al is None
        else None,
    }
    return render(request, "kuska/seguimiento/panel.html", contexto)


@require_safe
@personal_requerido
def distrito(request: HttpRequest, ubigeo: str) -> HttpResponse:
    exigir_en_alcance(request.alcance, ubigeo)
    ambito = ambito_de(request).en(ubigeo)
    instancia = next(iter(distritos.instancias(ambito)), None)
    if instancia is None:
        raise Http404
    por_ayudar = ayuda.personas_por_ayudar(ambito)
    sillas = asientos_abiertos(ambito)
    pagina = pagina_por_clave(
        request,
        sillas,
        por_pk(sillas, "tipo__orden", "numero"),
        lambda cuales: asientos_de_la_instancia(ambito, por_ayudar=por_ayudar, sillas=cuales),
        contados=sum(fila.exigidos + fila.no_aplican for fila in instancia.asientos),
        cuantas=SILLAS_POR_PAGINA,
    )
    sus_asientos = pagina.filas
    turnos = [turno for asiento in sus_asientos for turno in asiento.turnos.values()]
    rastro.se_vio(request, [una.id for turno in turnos for una in (turno.persona, turno.siguiente) if una])
    if ambito.al is None:
        ocupan = [una for asiento in sus_asientos for una in (asiento.titular, asiento.alterno) if una]
        con_su_mensaje(ocupan, firma_de(request), ambito)
    semanas = actividad.por_semana(ambito).get(ubigeo, [0] * actividad.SEMANAS)
    contexto = {
        **base(request, ambito),
        "instancia": instancia,
        "estado": capacitadas.estados_de(ambito, [instancia]).get(ubigeo) if ambito.al is None else None,
        "nombre": mensajes.nombre_de_la_instancia(instancia),
        "asientos": sus_asientos,
        "pagina": pagina,
        "por_ayudar": len(por_ayudar),
        "prorrogas": [] if ambito.al else plazos.del_territorio(ambito),
        "motivo_maximo": LARGO_DEL_MOTIVO,
        "chispa": chispa.dibujar(semanas),
        "chispa_en_palabras": chispa.contar(semanas),
        "para_el_grupo": mensajes.al_grupo(instancia, ahora=ambito.dia, termino=ambito.termino),
        "para_el_papel": mensajes.personas_sin_nombre(instancia, termino=ambito.termino),
    }
    return render(request, "kuska/seguimiento/distrito.html", contexto)


@require_safe
@personal_requerido
def ver_mapa(request: HttpRequest) -> HttpResponse:
    ambito = ambito_de(request)
    if son_varios_departamentos(ambito):
        return elegir_lugar(request, ambito, _("Mapa"))
    instancias = distritos.instancias(ambito)
    contornos = dict(
        Territorio.objects.bajo(ambito.prefijos).distritos().order_by("ubigeo").values_list("ubigeo", "contorno")
    )
    por_ubigeo = {instancia.ubigeo: instancia for instancia in instancias}
    trazado = mapa.trazar(contornos)
    contexto = {
        **base(request, ambito),
        "instancias": instancias,
        **(certificado := certificadas(ambito, instancias)),
        "total": (total := distritos.totales(ambito, instancias)),
        "en_papel": ambito.es_de_varias and total.integrantes >= distritos.MINIMO_DEL_GRUPO,
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
    peldanos = curso.embudo(ambito)
    varios = any(uno.piden >= distritos.MINIMO_DEL_GRUPO for uno in peldanos)
    contexto = {
        **base(request, ambito),
        "peldanos": peldanos,
        "en_papel": ambito.es_de_varias and varios and not de_una_parte,
        "de_una_parte": de_una_parte,
        "lo_lleva": lo_lleva,
        "preguntas": [] if lo_lleva or de_una_parte or de_otro_dia else curso.preguntas_dificiles(ambito),
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
