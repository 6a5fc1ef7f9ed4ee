"""The panel, a table, the map and a course: what is going on and where to act today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
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
    asientos,
    ayuda,
    capacitadas,
    curso,
    distritos,
    matriz,
    personas,
    plazos,
    recordar,
)
from ..consultas.ambito import Ambito
from ..consultas.distritos import Instancia
from ..consultas.instancia import asientos_abiertos, asientos_de_la_instancia
from ..models import Recordatorio
from .comun import ambito_de, base, exigir_en_alcance, firma_de
from .de_varias import panel_de_varias, son_varias_provincias
from .frases import en_cuenta, frases
from .paginas import pagina_por_clave, por_pk

MAXIMO_EN_EL_PANEL = 20
SILLAS_POR_PAGINA = 20  # each with its titular and its alterno


@require_safe
@personal_requerido
def panel(request: HttpRequest) -> HttpResponse:
    ambito = ambito_de(request)
    if son_varias_provincias(ambito):
        return panel_de_varias(request, ambito)
    instancias = distritos.instancias(ambito)
    total = distritos.totales(ambito, instancias)
    por_ayudar = ayuda.personas_por_ayudar(ambito)
    contexto = {
        **base(request, ambito),
        "instancias": instancias,
        "total": total,
        "frases": frases(total, de_hoy=ambito.al is None),
        **_capacitadas(ambito, instancias),
        "pasos": [(personas.FILTROS[clave], cuantas) for clave, cuantas in en_cuenta(total)],
        "en_papel": ambito.es_de_varias and total.integrantes >= distritos.MINIMO_DEL_GRUPO,
        **(_por_recordar(request, ambito, por_ayudar) if ambito.al is None else {}),
        "pedidos": pedidos.por_responder(request.alcance, hoy=ambito.hoy, cuenta=request.user)
        if ambito.al is None
        else None,
        "teselas": mosaico.armar(instancias),
        "escala": mosaico.ESCALA,
        **_matrices(ambito, instancias, por_ayudar),
    }
    return render(request, "kuska/seguimiento/panel.html", contexto)


def _capacitadas(ambito: Ambito, instancias: Sequence[Instancia]) -> dict[str, Any]:
    """The state of each table, and how many are certified. Known of today only."""
    if ambito.al is not None:
        return {}
    estados = capacitadas.estados_de(ambito, instancias)
    return {"estados": estados, "certificadas": sum(uno.capacitada for uno in estados.values())}


def _matrices(ambito: Ambito, instancias: Sequence[Instancia], por_ayudar: list[int]) -> dict[str, Any]:
    """One matrix for the district tables and one for the provincial: the law gives each its own list of seats."""
    contados = matriz.puestos(ambito, por_ayudar=por_ayudar)
    propias = [instancia for instancia in instancias if instancia.es_propia and instancia.convocada]
    return {
        "matriz": matriz.armar([instancia for instancia in propias if not instancia.es_provincial], contados),
        "matriz_provincial": matriz.armar([instancia for instancia in propias if instancia.es_provincial], contados),
    }


def _por_recordar(request: HttpRequest, ambito: Ambito, por_ayudar: list[int]) -> dict[str, Any]:
    """People first; the seats without anybody take the places left."""
    gente = recordar.filas(recordar.personas(ambito, por_ayudar=por_ayudar)[: MAXIMO_EN_EL_PANEL + 1])
    hay_mas = len(gente) > MAXIMO_EN_EL_PANEL
    gente = gente[:MAXIMO_EN_EL_PANEL]
    rastro.se_vio(request, [fila.id for fila in gente])
    personas.poner_asientos(ambito, gente)
    libres = MAXIMO_EN_EL_PANEL - len(gente)
    sillas = [] if hay_mas or not libres else asientos.filas(recordar.vacantes(ambito)[: libres + 1])
    return {
        "por_recordar": con_mensaje(gente, firma_de(request), ambito),
        "vacantes_por_recordar": con_mensaje_de_vacante(sillas[:libres], firma_de(request)),
        "hay_mas_por_recordar": hay_mas or not libres or len(sillas) > libres,
    }


def con_mensaje(gente: Sequence[personas.FilaDePersona], firmado: str, ambito: Ambito) -> list[dict[str, Any]]:
    """Add the reason in words and the text to send: none for whoever would find the door closed."""
    para_todos: dict[str, Any] = {"firmado": firmado, "curso": ambito.curso_numero}
    para_todos["textos"] = mensajes.Textos.actuales()
    return [
        {
            "persona": fila,
            "motivo": Recordatorio.Motivo(fila.motivo),
            "mensaje": mensajes.a_la_persona(fila, motivo=fila.motivo, **para_todos),
        }
        for fila in gente
    ]


def con_su_mensaje(gente: Iterable[personas.FilaDePersona], firmado: str, ambito: Ambito) -> None:
    """Put on each the text that fits how they are doing, where what they do still counts."""
    textos = mensajes.Textos.actuales()
    for fila in gente:
        if plazos.sigue(fila.hasta, ambito):
            fila.mensaje = mensajes.segun_su_situacion(fila, firmado=firmado, curso=ambito.curso_numero, textos=textos)


def con_mensaje_de_vacante(sillas: Sequence[asientos.FilaDeAsiento], firmado: str) -> list[dict[str, Any]]:
    textos = mensajes.Textos.actuales()
    return [{"asiento": una, "mensaje": mensajes.por_la_vacante(una, firmado=firmado, textos=textos)} for una in sillas]


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
    instancias = distritos.instancias(ambito)
    contornos = dict(
        Territorio.objects.bajo(ambito.prefijos).distritos().order_by("ubigeo").values_list("ubigeo", "contorno")
    )
    por_ubigeo = {instancia.ubigeo: instancia for instancia in instancias}
    trazado = mapa.trazar(contornos)
    contexto = {
        **base(request, ambito),
        "instancias": instancias,
        **(certificado := _capacitadas(ambito, instancias)),
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
