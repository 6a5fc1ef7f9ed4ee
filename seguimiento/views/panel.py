"""The panel, a table, the map and a course: what is going on and where to act today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cursos.models import Inscripcion
from instancias.models import Territorio
from instancias.vistas import personal_requerido

from .. import chispa, mapa, mensajes, mosaico
from ..consultas import actividad, asientos, ayuda, curso, distritos, lugares, matriz, mesa, personas, recordar
from ..consultas.ambito import Ambito
from ..consultas.distritos import Instancia, Totales
from ..models import Recordatorio
from .comun import ambito_de, base, exigir_en_alcance

MAXIMO_EN_EL_PANEL = 20


@dataclass(frozen=True)
class Frase:
    """A sentence with its numerator, its denominator and the list behind it."""

    cifra: str
    texto: str
    ver: str
    clase: str = ""


@dataclass(frozen=True)
class Provincia:
    """The tables of a province added up, for who follows more than one."""

    ubigeo: str
    nombre: str
    integrantes: int
    terminaron: int
    asientos: int
    sin_persona: int

    @property
    def porcentaje(self) -> int:
        return distritos.porcentaje(self.terminaron, self.integrantes)


def frases(total: Totales) -> list[Frase]:
    return [
        Frase(
            _("%(n)d de %(m)d") % {"n": total.terminaron, "m": total.integrantes},
            ngettext("integrante terminó (%(p)d %%)", "integrantes terminaron (%(p)d %%)", total.integrantes)
            % {"p": total.porcentaje},
            "terminaron",
        ),
        Frase(
            _("%(n)d de %(m)d") % {"n": total.alcaldias_al_dia, "m": total.alcaldias},
            ngettext("distrito con su alcaldía al día", "distritos con su alcaldía al día", total.alcaldias),
            "alcaldias_al_dia",
        ),
        Frase(
            _("%(n)d de %(m)d") % {"n": total.sin_persona, "m": total.asientos},
            ngettext("asiento sin persona", "asientos sin persona", total.asientos),
            "sin_persona",
        ),
        Frase(
            _("%(n)d de %(m)d") % {"n": total.sin_actividad, "m": total.pendientes},
            _("que no han terminado, sin actividad en 14 días"),
            "sin_actividad",
        ),
    ]


@require_safe
@personal_requerido
def panel(request: HttpRequest) -> HttpResponse:
    ambito = ambito_de(request)
    tablas = distritos.instancias(ambito)
    total = distritos.totales(ambito, tablas)
    por_ayudar = ayuda.personas_por_ayudar(ambito)
    contexto = {
        **base(request, ambito),
        "tablas": tablas,
        "total": total,
        "frases": frases(total),
        **_por_recordar(request, ambito, por_ayudar),
    }
    provincias = {tabla.ubigeo[:4] for tabla in tablas}
    if len(provincias) > 1:
        contexto["provincias"] = _provincias(tablas)
    else:
        contexto |= {"teselas": mosaico.armar(tablas), "escala": mosaico.ESCALA}
        contexto |= _matrices(ambito, tablas, por_ayudar)
    return render(request, "seguimiento/panel.html", contexto)


def _provincias(tablas: Sequence[Instancia]) -> list[Provincia]:
    grupos: dict[str, list[Instancia]] = {}
    for tabla in tablas:
        grupos.setdefault(tabla.ubigeo[:4], []).append(tabla)
    return [
        Provincia(
            ubigeo,
            lugares.nombres().get(ubigeo, ubigeo),
            sum(tabla.integrantes for tabla in grupo),
            sum(tabla.terminaron for tabla in grupo),
            sum(tabla.exigidos for tabla in grupo),
            sum(tabla.sin_persona for tabla in grupo),
        )
        for ubigeo, grupo in sorted(grupos.items())
    ]


def _matrices(ambito: Ambito, tablas: Sequence[Instancia], por_ayudar: list[int]) -> dict[str, Any]:
    """One matrix for the district tables and one for the provincial: the law gives each its own list of seats."""
    contados = matriz.puestos(ambito, por_ayudar=por_ayudar)
    propias = [tabla for tabla in tablas if tabla.es_propia and tabla.convocada]
    return {
        "matriz": matriz.armar([tabla for tabla in propias if not tabla.es_provincial], contados),
        "matriz_provincial": matriz.armar([tabla for tabla in propias if tabla.es_provincial], contados),
    }


def _por_recordar(request: HttpRequest, ambito: Ambito, por_ayudar: list[int]) -> dict[str, Any]:
    """People first; the seats without anybody take the places left."""
    gente = recordar.filas(recordar.personas(ambito, por_ayudar=por_ayudar)[: MAXIMO_EN_EL_PANEL + 1])
    hay_mas = len(gente) > MAXIMO_EN_EL_PANEL
    gente = gente[:MAXIMO_EN_EL_PANEL]
    personas.poner_asientos(ambito, gente)
    libres = MAXIMO_EN_EL_PANEL - len(gente)
    sillas = [] if hay_mas or not libres else asientos.filas(recordar.vacantes(ambito)[: libres + 1])
    return {
        "por_recordar": con_mensaje(gente, request.user),
        "vacantes_por_recordar": con_mensaje_de_vacante(sillas[:libres], request.user),
        "hay_mas_por_recordar": hay_mas or not libres or len(sillas) > libres,
    }


def con_mensaje(gente: Sequence[personas.FilaDePersona], por: Any) -> list[dict[str, Any]]:
    """Add the reason in words and the text to send."""
    return [
        {
            "persona": fila,
            "motivo": Recordatorio.Motivo(fila.motivo),
            "mensaje": mensajes.a_la_persona(fila, motivo=fila.motivo, por=por),
        }
        for fila in gente
    ]


def con_mensaje_de_vacante(sillas: Sequence[asientos.FilaDeAsiento], por: Any) -> list[dict[str, Any]]:
    return [{"asiento": fila, "mensaje": mensajes.por_la_vacante(fila, por=por)} for fila in sillas]


@require_safe
@personal_requerido
def distrito(request: HttpRequest, ubigeo: str) -> HttpResponse:
    exigir_en_alcance(request.alcance, ubigeo)
    ambito = ambito_de(request).en(ubigeo)
    tabla = next(iter(distritos.instancias(ambito)), None)
    if tabla is None:
        raise Http404
    por_ayudar = ayuda.personas_por_ayudar(ambito)
    asientos_de_la_mesa = mesa.mesa(ambito, por_ayudar=por_ayudar)
    for fila in (una for asiento in asientos_de_la_mesa for una in (asiento.titular, asiento.alterno) if una):
        fila.mensaje = mensajes.segun_su_situacion(fila, por=request.user)
    semanas = actividad.por_semana(ambito).get(ubigeo, [0] * actividad.SEMANAS)
    contexto = {
        **base(request, ambito),
        "tabla": tabla,
        "nombre": mensajes.nombre_de_la_instancia(tabla),
        "asientos": asientos_de_la_mesa,
        "chispa": chispa.dibujar(semanas),
        "chispa_en_palabras": chispa.contar(semanas),
        "para_el_grupo": mensajes.al_grupo(tabla, ahora=ambito.hoy),
    }
    return render(request, "seguimiento/distrito.html", contexto)


@require_safe
@personal_requerido
def ver_mapa(request: HttpRequest) -> HttpResponse:
    ambito = ambito_de(request)
    tablas = distritos.instancias(ambito)
    contornos = dict(
        Territorio.objects.bajo(ambito.prefijos).distritos().order_by("ubigeo").values_list("ubigeo", "contorno")
    )
    por_ubigeo = {tabla.ubigeo: tabla for tabla in tablas}
    trazado = mapa.trazar(contornos)
    contexto = {
        **base(request, ambito),
        "tablas": tablas,
        "total": distritos.totales(ambito, tablas),
        "mapa": trazado,
        "trazos": [(trazo, por_ubigeo[trazo.ubigeo]) for trazo in trazado.trazos] if trazado else [],
        "escala": mosaico.ESCALA,
    }
    return render(request, "seguimiento/mapa.html", contexto)


@require_safe
@personal_requerido
def ver_curso(request: HttpRequest, numero: int) -> HttpResponse:
    ambito = ambito_de(request, curso=numero)
    if ambito.edicion is None or ambito.edicion.curso_numero != numero:
        raise Http404
    lo_lleva = _lo_esta_llevando(request, ambito)
    # Of a part of the scope, what is left of the whole by subtraction could be one person's answer.
    de_una_parte = (ambito.instancia or ambito.territorio or None) not in {None, *request.alcance.prefijos}
    contexto = {
        **base(request, ambito),
        "peldanos": curso.embudo(ambito),
        "de_una_parte": de_una_parte,
        "aprendido": None if de_una_parte else curso.aprendido(ambito),
        "lo_lleva": lo_lleva,
        "preguntas": [] if lo_lleva or de_una_parte else curso.preguntas_dificiles(ambito),
        "minimo": curso.MINIMO_DE_RESPUESTAS,
    }
    return render(request, "seguimiento/curso.html", contexto)


def _lo_esta_llevando(request: HttpRequest, ambito: Ambito) -> bool:
    """Whoever is still taking the course sees no question of it, not even as staff."""
    persona = getattr(request.user, "persona", None)
    if persona is None or ambito.edicion is None:
        return False
    propias = Inscripcion.objects.activas().filter(persona=persona, curso_id=ambito.edicion.curso_id)
    return propias.exclude(estado=Inscripcion.Estado.TERMINADA).exists()
