"""Lists behind the numbers, whom to remind, a person, and «Ya avisé»."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as avisos
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from instancias import rastro
from instancias.acceso.guardas import del_panel, personal_requerido
from marco.numeros import entero_de

from ..consultas import asientos, cuantas, donde, personas, recordar
from ..consultas.ambito import Ambito
from ..models import Recordatorio
from ..services.recordatorios import Aviso, RecordatorioError, anotar_recordatorio, anotar_recordatorios
from .comun import POR_PAGINA, ambito_de, base, consulta_de, firma_de
from .de_varias import elegir_a_quien_recordar, elegir_lugar, son_varias_provincias, son_varios_departamentos
from .espera import Espera
from .mensajes_de_filas import con_mensaje_de_vacante, con_su_mensaje, dibujar
from .paginas import pagina_por_clave, por_pk

DE_ALGUN_LUGAR = {**personas.FILTROS, **asientos.FILTROS}


@require_safe
@personal_requerido
def lista(request: HttpRequest) -> HttpResponse:
    """People or seats of a filter. The number on top is the one that was clicked."""
    ambito = ambito_de(request)
    ver = request.GET.get("ver", "integrantes")
    if ver in DE_ALGUN_LUGAR and son_varios_departamentos(ambito):
        return elegir_lugar(request, ambito, DE_ALGUN_LUGAR[ver].titulo)
    if ver in asientos.FILTROS:
        return _lista_de_asientos(request, ambito, asientos.FILTROS[ver])
    if ver not in personas.FILTROS:
        raise Http404
    filtro = personas.FILTROS[ver]
    ambito = ambito.de_hoy() if filtro.solo_de_hoy else ambito
    unidad, hecha = _numero_pedido(request, "unidad"), request.GET.get("hecha") != "0"
    piden_ayuda = cuantas.piden_ayuda(ambito) if filtro.por_ayudar else None
    gente = personas.listar(ambito, filtro, unidad=unidad, hecha=hecha, piden_ayuda=piden_ayuda)
    modulo = _numero_pedido(request, "modulo")
    if modulo is not None:
        gente = donde.detenidas_en(gente, modulo)
    de_una_parte = unidad is not None or modulo is not None
    pagina = pagina_por_clave(
        request,
        gente,
        por_pk(gente, "orden_alfabetico"),
        lambda cuales: personas.filas(cuales, ambito, filtro),
        contados=None if de_una_parte else _contadas(ambito, ver),
    )
    filas = pagina.filas
    if ambito.al is None:
        con_su_mensaje(filas, firma_de(request), ambito)
    rastro.se_vio(request, [fila.id for fila in filas])
    personas.poner_asientos(ambito, filas)
    propios = {"instancia": ambito.instancia, "unidad": unidad, "hecha": request.GET.get("hecha"), "modulo": modulo}
    contexto = {
        **base(request, ambito),
        **_titulo(filtro, hecha if unidad else None, modulo),
        "pagina": pagina,
        "filas": filas,
        "consulta_de_pagina": consulta_de(ambito, ver=ver, **propios),
        "contrario": personas.FILTROS.get(filtro.contrario),
        **_para_elegir(request, any(fila.se_avisa for fila in filas)),
        "sin_dia": filtro.solo_de_hoy,
    }
    return render(request, "kuska/seguimiento/lista.html", contexto)


def _contadas(ambito: Ambito, ver: str) -> int | None:
    """How many rows a list of several provinces has, where the panel keeps it; of one, counting them takes nothing."""
    return cuantas.de_una_lista(ambito, ver) if son_varias_provincias(ambito) else None


def _numero_pedido(request: HttpRequest, campo: str) -> int | None:
    texto = request.GET.get(campo, "")
    if not texto:
        return None
    numero = entero_de(texto)
    if numero is None:
        raise Http404
    return numero


def _titulo(filtro: Any, hecha: bool | None, modulo: int | None = None) -> dict[str, Any]:
    titulos = {None: filtro.titulo, True: _("Terminaron esta parte"), False: _("Les falta esta parte")}
    titulo = titulos[hecha] if modulo is None else _("Se quedaron en: %(modulo)s") % {"modulo": donde.titulo(modulo)}
    return {"titulo": titulo, "ver": filtro.clave}


def _lista_de_asientos(request: HttpRequest, ambito: Ambito, filtro: asientos.FiltroDeAsientos) -> HttpResponse:
    sillas = asientos.listar(ambito, filtro)
    contados = _contadas(ambito, filtro.clave)
    pagina = pagina_por_clave(
        request,
        sillas,
        por_pk(sillas, *asientos.ORDEN),
        lambda cuales: asientos.filas(cuales, ambito),
        contados=contados,
    )
    filas = pagina.filas
    rastro.se_vio(request, [fila.quien_sigue for fila in filas])
    if ambito.al is None:
        con_mensaje_de_vacante([fila for fila in filas if fila.aviso], firma_de(request))
    contexto = {
        **base(request, ambito),
        **_titulo(filtro, None),
        "pagina": pagina,
        "filas": filas,
        "consulta_de_pagina": consulta_de(ambito, ver=filtro.clave, instancia=ambito.instancia),
        "contrario": asientos.FILTROS.get(filtro.contrario),
        **_para_elegir(request, any(fila.aviso for fila in filas)),
    }
    return render(request, "kuska/seguimiento/lista_de_asientos.html", contexto)


def _para_elegir(request: HttpRequest, hay: bool) -> dict[str, Any]:
    """What the boxes of a list need: whether there are any, and the address where all of this page come chosen."""
    todas = request.GET.copy()
    todas["elegir"] = "todas"
    elegidas = request.GET.get("elegir") == "todas"
    return {"hay_a_quien_avisar": hay, "elegir_todas": f"?{todas.urlencode()}", "elegidas": elegidas}


@require_safe
@personal_requerido
def por_recordar(request: HttpRequest) -> HttpResponse:
    """Everybody to remind, by reason; the seats without anybody apart. Of today, whatever the day of the address."""
    ambito = ambito_de(request).de_hoy()
    if son_varios_departamentos(ambito):
        return elegir_a_quien_recordar(request, ambito)
    espera = Espera(ambito)
    sillas, cuentas = recordar.vacantes(ambito), espera.cuentas
    motivo = request.GET.get("motivo", "")
    if motivo and motivo not in recordar.ORDEN:
        raise Http404
    contexto = {
        **base(request, ambito, seccion="recordar"),
        "sin_dia": True,
        "motivo": motivo,
        "motivos": [(uno, cuentas[uno]) for uno in recordar.ORDEN],
        "total_de_personas": sum(n for uno, n in cuentas.items() if uno != Recordatorio.Motivo.VACANTE),
        "consulta_de_pagina": consulta_de(ambito, motivo=motivo, instancia=ambito.instancia),
    }
    if motivo == Recordatorio.Motivo.VACANTE:
        en_orden = por_pk(sillas, *asientos.ORDEN)
        pagina = pagina_por_clave(
            request, sillas, en_orden, lambda cuales: asientos.filas(cuales, ambito), contados=cuentas[motivo]
        )
        gente, vacantes = [], pagina.filas
    else:
        pagina = espera.pagina(request, motivo)
        gente, vacantes = pagina.filas, []
        rastro.se_vio(request, [fila.id for fila in gente])
        personas.poner_asientos(ambito, gente)
    contexto["filas"] = [*gente, *vacantes]
    contexto["filas_dibujadas"] = _dibujadas(request, ambito, gente, vacantes)
    return render(request, "kuska/seguimiento/recordar.html", {**contexto, "pagina": pagina})


def _dibujadas(request: HttpRequest, ambito: Ambito, gente: list[Any], vacantes: list[Any]) -> str:
    """The rows, each with its box to be chosen with others."""
    if not gente and not vacantes:
        return ""
    return dibujar(request, ambito, gente, vacantes, para_elegir={"se_eligen": True, **_para_elegir(request, hay=True)})


@require_POST
@personal_requerido
def ya_avise(request: HttpRequest) -> HttpResponse:
    """Of one row (``solo``), or of those that were chosen (``aviso``)."""
    quien: dict[str, Any] = {"alcance": request.alcance, "por": request.user, "ahora": timezone.now()}
    try:
        cuantos = _anotar(request, quien)
    except RecordatorioError as error:
        if error.codigo == "no_encontrado":
            raise Http404 from error
        avisos.error(request, str(error))
    else:
        frase = ngettext(
            "Anotado. Si en 7 días hace falta otro aviso, estará en «A quién recordar».",
            "Anotados: %(n)d. Si en 7 días hace falta otro aviso, estarán en «A quién recordar».",
            cuantos,
        )
        avisos.success(request, frase % {"n": cuantos})
    return redirect(_volver(request))


def _anotar(request: HttpRequest, quien: dict[str, Any]) -> int:
    if "aviso" in request.POST and "solo" not in request.POST:
        leidos = [Aviso.leer(texto) for texto in request.POST.getlist("aviso")[:POR_PAGINA]]
        return anotar_recordatorios(avisos=[uno for uno in leidos if uno], **quien)
    if "solo" in request.POST:
        uno = Aviso.leer(request.POST["solo"]) or Aviso("")
    elif "persona" in request.POST or "asiento" in request.POST:  # a page read before its rows had one form
        persona, asiento = (entero_de(request.POST.get(campo, "")) for campo in ("persona", "asiento"))
        uno = Aviso(request.POST.get("motivo", ""), persona, asiento)
    else:
        raise RecordatorioError("nadie", _("Elija en la lista a quiénes avisó y toque otra vez."))
    anotar_recordatorio(motivo=uno.motivo, persona=uno.persona, asiento=uno.asiento, **quien)
    return 1


def _volver(request: HttpRequest) -> str:
    """Back to the page of ours that held the button, filters included."""
    return del_panel(request.POST.get("volver", "")) or reverse("kuska_seguimiento:recordar")
