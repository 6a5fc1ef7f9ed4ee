"""Lists behind the numbers, whom to remind, a person, and «Ya avisé»."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as avisos
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evaluaciones.consultas.agotadas import agotadas_de
from evaluaciones.errores import EvaluacionError
from evaluaciones.services.intento_mas import dar_intento
from instancias import rastro
from instancias.acceso.accesos import acceso_de
from instancias.acceso.guardas import del_panel, personal_requerido
from instancias.acceso.invitaciones import Invitacion, con_invitacion
from instancias.consultas.fusion import registro_que_queda
from instancias.models import Persona
from marco.motivos import LARGO_DEL_MOTIVO
from marco.numeros import MAYOR, entero_de

from .. import mensajes
from ..consultas import asientos, persona, personas, plazos, recordar
from ..consultas.ambito import Ambito
from ..consultas.situacion import Situacion
from ..models import Recordatorio
from ..services.al_dia import cursos_al_dia
from ..services.recordatorios import RecordatorioError, anotar_recordatorio
from .comun import ambito_de, base, consulta_de, firma_de
from .de_varias import elegir_a_quien_recordar, elegir_lugar, son_varios_departamentos
from .espera import Espera
from .mensajes_de_filas import con_su_mensaje, dibujar
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
    unidad, hecha = _unidad(request), request.GET.get("hecha") != "0"
    gente = personas.listar(ambito, filtro, unidad=unidad, hecha=hecha)
    pagina = pagina_por_clave(
        request, gente, por_pk(gente, "orden_alfabetico"), lambda cuales: personas.filas(cuales, ambito, filtro)
    )
    filas = pagina.filas
    if ambito.al is None:
        con_su_mensaje(filas, firma_de(request), ambito)
    rastro.se_vio(request, [fila.id for fila in filas])
    personas.poner_asientos(ambito, filas)
    propios = {"instancia": ambito.instancia, "unidad": unidad, "hecha": request.GET.get("hecha")}
    contexto = {
        **base(request, ambito),
        **_titulo(filtro, hecha if unidad else None),
        "pagina": pagina,
        "filas": filas,
        "consulta_de_pagina": consulta_de(ambito, ver=ver, **propios),
        "contrario": personas.FILTROS.get(filtro.contrario),
        "sin_dia": filtro.solo_de_hoy,
    }
    return render(request, "kuska/seguimiento/lista.html", contexto)


def _unidad(request: HttpRequest) -> int | None:
    texto = request.GET.get("unidad", "")
    if not texto:
        return None
    numero = entero_de(texto)
    if numero is None:
        raise Http404
    return numero


def _titulo(filtro: Any, hecha: bool | None) -> dict[str, Any]:
    titulos = {None: filtro.titulo, True: _("Terminaron esta parte"), False: _("Les falta esta parte")}
    return {"titulo": titulos[hecha], "ver": filtro.clave}


def _lista_de_asientos(request: HttpRequest, ambito: Ambito, filtro: asientos.FiltroDeAsientos) -> HttpResponse:
    sillas = asientos.listar(ambito, filtro)
    pagina = pagina_por_clave(request, sillas, por_pk(sillas, *asientos.ORDEN), asientos.filas)
    filas = pagina.filas
    rastro.se_vio(request, [fila.quien_sigue for fila in filas])
    contexto = {
        **base(request, ambito),
        **_titulo(filtro, None),
        "pagina": pagina,
        "filas": filas,
        "consulta_de_pagina": consulta_de(ambito, ver=filtro.clave, instancia=ambito.instancia),
        "contrario": asientos.FILTROS.get(filtro.contrario),
    }
    return render(request, "kuska/seguimiento/lista_de_asientos.html", contexto)


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
    if motivo and motivo not in Recordatorio.Motivo.values:
        raise Http404
    contexto = {
        **base(request, ambito, seccion="recordar"),
        "sin_dia": True,
        "motivo": motivo,
        "motivos": [(uno, cuentas[uno]) for uno in Recordatorio.Motivo],
        "total_de_personas": sum(n for uno, n in cuentas.items() if uno != Recordatorio.Motivo.VACANTE),
        "consulta_de_pagina": consulta_de(ambito, motivo=motivo),
    }
    if motivo == Recordatorio.Motivo.VACANTE:
        en_orden = por_pk(sillas, *asientos.ORDEN)
        pagina = pagina_por_clave(request, sillas, en_orden, asientos.filas, contados=cuentas[motivo])
        gente, vacantes = [], pagina.filas
    else:
        pagina = espera.pagina(request, motivo)
        gente, vacantes = pagina.filas, []
        rastro.se_vio(request, [fila.id for fila in gente])
        personas.poner_asientos(ambito, gente)
    contexto["filas"] = [*gente, *vacantes]
    contexto["filas_dibujadas"] = dibujar(request, ambito, gente, vacantes) if gente or vacantes else ""
    return render(request, "kuska/seguimiento/recordar.html", {**contexto, "pagina": pagina})


@require_POST
@personal_requerido
def ya_avise(request: HttpRequest) -> HttpResponse:
    try:
        anotar_recordatorio(
            motivo=request.POST.get("motivo", ""),
            persona=_numero(request.POST.get("persona")),
            asiento=_numero(request.POST.get("asiento")),
            alcance=request.alcance,
            por=request.user,
            ahora=timezone.now(),
        )
    except RecordatorioError as error:
        if error.codigo == "no_encontrado":
            raise Http404 from error
        avisos.error(request, str(error))
    else:
        avisos.success(request, _("Anotado. Si sigue pendiente, volverá a la lista en 7 días."))
    return redirect(_volver(request))


def _numero(texto: str | None) -> int | None:
    return entero_de(texto or "")


def _volver(request: HttpRequest) -> str:
    """Back to the page of ours that held the button, filters included."""
    return del_panel(request.POST.get("volver", "")) or reverse("kuska_seguimiento:recordar")


@require_safe
@personal_requerido
def ver_persona(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened with one person. What is of other territories stays out, but for who answers for them today."""
    if pk > MAYOR:
        raise Http404
    ahora = timezone.now()
    a_la_vista = con_invitacion(request.alcance.personas_con_cargo(), ahora=ahora)
    vista = a_la_vista.select_related("cuenta").filter(pk=pk).first()
    if vista is None:
        if queda := registro_que_queda(pk, request.alcance):
            return redirect("kuska_seguimiento:persona", pk=queda)
        raise Http404
    rastro.se_vio(request, [pk])
    llevados = cursos_al_dia(vista, None if vista.a_cargo else request.alcance.prefijos, ahora=ahora)
    if vista.a_cargo:
        plazos.poner_prorrogas(llevados, vista)
    contexto = {
        "seccion": "panel",
        "persona_vista": vista,
        "acceso": acceso_de(vista),
        "invitacion": Invitacion(vista.invitacion),
        "mensaje": _mensaje(vista, llevados, firma_de(request)) if vista.a_cargo else None,
        "membresias": persona.membresias(request.alcance, vista, hoy=timezone.localdate(ahora)),
        "cursos": llevados,
        "agotadas": agotadas_de(vista) if vista.a_cargo else [],
        "intentos_mas": persona.intentos_mas(vista) if vista.a_cargo else [],
        "motivo_maximo": LARGO_DEL_MOTIVO,
        "hoy": timezone.localdate(ahora),
        "recordatorios": persona.recordatorios(vista) if vista.a_cargo else [],
        "certificados": persona.certificados(request.alcance, vista),
    }
    return render(request, "kuska/seguimiento/persona.html", contexto)


@require_POST
@personal_requerido
def dar_intento_mas(request: HttpRequest, pk: int) -> HttpResponse:
    """One more try for whoever used up theirs. The reason stays."""
    vista = get_object_or_404(request.alcance.personas_a_cargo(), pk=min(pk, MAYOR))
    try:
        dado = dar_intento(
            persona=vista,
            inscripcion=_numero(request.POST.get("inscripcion")) or 0,
            unidad=_numero(request.POST.get("unidad")) or 0,
            motivo=request.POST.get("motivo", ""),
            por=request.user,
            ahora=timezone.now(),
        )
    except EvaluacionError as error:
        if error.codigo == "no_encontrado":
            raise Http404 from error
        avisos.error(request, str(error))
    else:
        if dado:
            avisos.success(request, _("Ya tiene un intento más. «Continuar» le lleva a esa evaluación."))
    return redirect("kuska_seguimiento:persona", pk=vista.pk)


def _mensaje(vista: Persona, llevados: list[persona.CursoDeLaPersona], firmado: str) -> mensajes.Mensaje | None:
    """A reminder about the newest course that is not finished and can still be."""
    hoy = timezone.localdate()
    sin_terminar = (uno.inscripcion for uno in llevados if uno.inscripcion.terminada_en is None)
    abierto = next((una for una in sin_terminar if not una.termino(hoy)), None)
    if abierto is None:
        return None
    fila = personas.FilaDePersona(
        vista.pk,
        vista.nombres,
        vista.apellidos,
        vista.celular,
        Situacion.EN_CURSO if abierto.hechas else Situacion.NO_EMPEZO,
        abierto.hechas,
        abierto.requeridas,
        abierto.ultima_actividad_en,
        vista.ultimo_ingreso_en,
        acceso=acceso_de(vista),
    )
    return mensajes.segun_su_situacion(fila, firmado=firmado, curso=abierto.curso.numero)
