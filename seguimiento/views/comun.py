"""What every page of the panel reads from its address: edition, territory, table, day and page number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from instancias.acceso.firmas import firma
from instancias.politica import AlcanceEfectivo

from ..consultas import lugares
from ..consultas.ambito import Ambito, EdicionDelAmbito, edicion_por_defecto, ediciones_del
from ..consultas.despues import registrado_despues
from ..dia import dia_pedido, primer_dia

POR_PAGINA = 50
SIGUEN = (
    "ver",
    "unidad",
    "hecha",
    "modulo",
    "instancia",
    "territorio",
    "motivo",
    "edicion",
    "sector",
)  # with another day


def ambito_de(request: HttpRequest, *, curso: int | None = None) -> Ambito:
    """Read the limits from the address. What lies outside the scope answers as what does not exist."""
    alcance: AlcanceEfectivo = request.alcance  # type: ignore[attr-defined]
    ahora = timezone.now()
    ediciones = ediciones_del(alcance)
    ambito = Ambito(prefijos=alcance.prefijos, ahora=ahora, ediciones=ediciones)
    ambito = replace(ambito, al=dia_pedido(request.GET.get("al", ""), ambito).dia)
    ambito = replace(ambito, edicion=_edicion(request, ediciones, ambito, curso))
    if territorio := request.GET.get("territorio", ""):
        exigir_en_alcance(alcance, territorio)
        ambito = replace(ambito, territorio=territorio, prefijos=(territorio,))
    if instancia := request.GET.get("instancia", ""):
        exigir_en_alcance(alcance, instancia)
        ambito = en_el_lugar(ambito, instancia)
    return ambito


def en_el_lugar(ambito: Ambito, ubigeo: str) -> Ambito:
    """The limits of one instancia. Raises Http404 where it lies outside the place that was asked for, or is a whole
    department, that has none."""
    if not ambito.alcanza(ubigeo) or len(ubigeo) == lugares.DEPARTAMENTO:
        raise Http404
    return ambito.en(ubigeo)


def un_lugar(request: HttpRequest) -> Ambito:
    """The limits of the address, for a document; one district is its own table."""
    ambito = ambito_de(request)
    unico = ambito.prefijos[0] if len(ambito.prefijos) == 1 else ""
    return ambito if ambito.instancia or len(unico) < 6 else ambito.en(unico)


def lugares_para_elegir(request: HttpRequest, ambito: Ambito) -> dict[str, Any]:
    """Context of the choice of a place: the whole scope, a province or a district."""
    alcance: AlcanceEfectivo = request.alcance  # type: ignore[attr-defined]
    territorios = alcance.territorios().exclude(nivel="departamento").order_by("ubigeo").defer("contorno")
    return {"territorios": territorios, "elegido": ambito.instancia or ambito.territorio}


def exigir_en_alcance(alcance: AlcanceEfectivo, ubigeo: str) -> None:
    """Raise Http404 unless the territory exists inside the scope."""
    if not alcance.cubre(ubigeo) or ubigeo not in lugares.nombres():
        raise Http404


def _edicion(
    request: HttpRequest, ediciones: Sequence[EdicionDelAmbito], ambito: Ambito, curso: int | None
) -> EdicionDelAmbito | None:
    pedida = request.GET.get("edicion", "")
    if not pedida:
        return edicion_por_defecto(tuple(ediciones), dia=ambito.dia, curso=curso)
    for edicion in ediciones:
        if str(edicion.id) == pedida and curso in (None, edicion.curso_numero):
            return edicion
    raise Http404


def consulta_de(ambito: Ambito, **otros: Any) -> str:
    """Return the filters as an address carries them: the edition only where there is a choice."""
    partes = {clave: valor for clave, valor in otros.items() if valor not in ("", None)}
    if ambito.territorio:
        partes["territorio"] = ambito.territorio
    if ambito.edicion and len(ambito.ediciones) > 1:
        partes["edicion"] = ambito.edicion.id
    if ambito.al:
        partes["al"] = ambito.al.isoformat()
    return urlencode(partes)


def nombre_del_ambito(ambito: Ambito) -> str:
    """Return the place in a few words: its name, two names, or how many districts of which province."""
    return lugares.en_palabras(ambito.limites)


def base(request: HttpRequest, ambito: Ambito, *, seccion: str = "panel", con_despues: bool = True) -> dict[str, Any]:
    """Context of every page: where, of which edition, of which day, with data of which moment.

    ``con_despues`` false: whoever asks puts what was written down later.
    """
    return {
        "seccion": seccion,
        "ambito": ambito,
        "lugar": nombre_del_ambito(ambito),
        "consulta": consulta_de(ambito),
        "datos_al": date_format(timezone.localtime(ambito.ahora), "DATETIME_FORMAT"),
        "filtro_en_palabras": _en_palabras(ambito),
        "siguen_en_marcha": _las_que_siguen(request, ambito),
        "despues": registrado_despues(ambito) if con_despues else None,
        **_del_dia(request, ambito),
    }


def _las_que_siguen(request: HttpRequest, ambito: Ambito) -> list[tuple[EdicionDelAmbito, str]]:
    """The other editions of the course that go on that day, each with its address: when a new one opens, the panel
    begins to tell that one, and those who are half way go on in the former."""
    if ambito.edicion is None or ambito.retirado:
        return []
    resto = [(clave, request.GET[clave]) for clave in SIGUEN if clave != "edicion" and request.GET.get(clave)]
    if ambito.al:
        resto.append(("al", ambito.al.isoformat()))
    return [
        (una, f"?{urlencode([*resto, ('edicion', una.id)])}")
        for una in ambito.ediciones
        if una.curso_id == ambito.edicion.curso_id and una.id != ambito.edicion_id
        if una.inicia <= ambito.dia and not una.termino(ambito.dia)
    ]


def _del_dia(request: HttpRequest, ambito: Ambito) -> dict[str, Any]:
    """What the choice of a day needs: the rest of the address goes along with it."""
    pedido = request.GET.get("al", "")
    resto = [(clave, request.GET[clave]) for clave in SIGUEN if request.GET.get(clave)]
    return {
        "problema_del_dia": dia_pedido(pedido, ambito).problema,
        "solo_es_de_hoy": bool(ambito.al is None and dia_pedido(pedido, ambito).dia),
        "primer_dia": primer_dia(ambito),
        "al_elegir_dia": resto,
        "de_hoy": f"?{urlencode(resto)}",
    }


def _en_palabras(ambito: Ambito) -> str:
    if not ambito.edicion:
        return _("Todavía no hay una edición abierta en este ámbito.")
    frase = (
        _("%(curso)s, %(edicion)s. Integrantes que ese día ocupaban un asiento en %(lugar)s.")
        if ambito.al
        else _("%(curso)s, %(edicion)s. Integrantes que hoy ocupan un asiento en %(lugar)s.")
    )
    return frase % {
        "curso": ambito.edicion.curso,
        "edicion": ambito.edicion.nombre,
        "lugar": lugares.enumerar(ambito.limites),
    }


def pagina_de(request: HttpRequest, lista: Any) -> Page:
    return Paginator(lista, POR_PAGINA).get_page(request.GET.get("pagina"))


def firma_de(request: HttpRequest) -> str:
    """Who signs the messages of this page."""
    return firma(request.user, alcance=request.alcance)  # type: ignore[attr-defined]
