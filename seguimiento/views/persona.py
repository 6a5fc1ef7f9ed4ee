"""One person: what they need today, how far they are, and what was done about it."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evaluaciones.consultas.agotadas import Agotada, agotadas_de
from instancias import rastro
from instancias.acceso.accesos import acceso_de
from instancias.acceso.guardas import personal_requerido
from instancias.acceso.invitaciones import Invitacion, con_invitacion
from instancias.consultas.fusion import registro_que_queda
from instancias.models import Persona
from marco.numeros import MAYOR

from .. import mensajes
from ..consultas import persona, personas, plazos
from ..consultas.ambito import Ambito, ediciones_del
from ..consultas.motivos import Motivo
from ..consultas.situacion import Situacion
from ..forms_plazos import MotivoForm, PlazoForm
from ..services.al_dia import cursos_al_dia
from .comun import firma_de


@require_safe
@personal_requerido
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened with one person. What is of other territories stays out, but for who answers for them today."""
    if pk > MAYOR:
        raise Http404
    ahora = timezone.now()
    hoy = timezone.localdate(ahora)
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
        **(_que_hacer(request, vista, llevados, ahora) if vista.a_cargo else {}),
        "membresias": persona.membresias(request.alcance, vista, hoy=hoy),
        "cursos": [_con_su_plazo(uno, n, hoy=hoy) for n, uno in enumerate(llevados, 1)],
        "agotadas": [_con_su_form(una, n) for n, una in enumerate(agotadas_de(vista), 1)] if vista.a_cargo else [],
        "intentos_mas": persona.intentos_mas(vista) if vista.a_cargo else [],
        "recordatorios": persona.recordatorios(vista) if vista.a_cargo else [],
        "certificados": persona.certificados(request.alcance, vista),
    }
    return render(request, "kuska/seguimiento/persona.html", contexto)


def _que_hacer(
    request: HttpRequest, vista: Persona, llevados: list[persona.CursoDeLaPersona], ahora: datetime.datetime
) -> dict[str, Any]:
    """Why this person is to be told something, with which words, and where they stopped."""
    abierto = _abierto(llevados, hoy=timezone.localdate(ahora)) or next(iter(llevados), None)
    fila = _fila(request, vista, abierto, ahora) if abierto else None
    mensaje = None
    if abierto and fila:
        vale = fila.motivo == Motivo.APLICACION or not abierto.inscripcion.termino(timezone.localdate(ahora))
        if fila.motivo and vale:
            datos = {"firmado": firma_de(request), "curso": abierto.inscripcion.curso.numero}
            fila.mensaje = mensaje = mensajes.a_la_persona(fila, motivo=fila.motivo, **datos)
    else:
        mensaje = _mensaje(vista, llevados, firma_de(request))
    retirado = abierto.inscripcion.curso.retirada_en if abierto and not abierto.inscripcion.terminada_en else None
    return {"fila": fila, "mensaje": mensaje, "parada": abierto.parada if abierto else None, "retirado": retirado}


def _fila(
    request: HttpRequest, vista: Persona, abierto: persona.CursoDeLaPersona, ahora: datetime.datetime
) -> personas.FilaDePersona | None:
    """The row of this person in the lists of that edition; None of who sits nowhere in it today."""
    ediciones = ediciones_del(request.alcance)  # type: ignore[attr-defined]
    edicion = next((una for una in ediciones if una.id == abierto.inscripcion.edicion_id), None)
    if edicion is None:
        return None
    prefijos = request.alcance.prefijos  # type: ignore[attr-defined]
    ambito = Ambito(prefijos, ahora, edicion=edicion, ediciones=ediciones)
    suya = personas.listar(ambito, personas.FILTROS["integrantes"]).filter(pk=vista.pk)
    return next(iter(personas.filas(suya, ambito)), None)


def _abierto(llevados: list[persona.CursoDeLaPersona], *, hoy: datetime.date) -> persona.CursoDeLaPersona | None:
    """The newest course that is not finished and can still be; of its editions, the one where the person goes on."""
    sin_terminar = (uno for uno in llevados if uno.inscripcion.terminada_en is None and not uno.sigue_en)
    sin_terminar = (uno for uno in sin_terminar if uno.inscripcion.curso.retirada_en is None)
    return next((uno for uno in sin_terminar if not uno.inscripcion.termino(hoy)), None)


def _con_su_plazo(llevado: persona.CursoDeLaPersona, numero: int, *, hoy: datetime.date) -> dict[str, Any]:
    """A course, with the form that gives more days to go on with it, while it is there."""
    esta = llevado.inscripcion.curso.a_la_vista
    return {
        "llevado": llevado,
        "form": PlazoForm(hoy=hoy, auto_id=f"plazo-{numero}-%s") if esta else None,
        "ocultos": [("inscripcion", llevado.inscripcion.pk)],
    }


def _con_su_form(agotada: Agotada, numero: int) -> dict[str, Any]:
    """An evaluation without tries, with the form that gives one more."""
    return {
        "agotada": agotada,
        "form": MotivoForm(auto_id=f"intento-{numero}-%s"),
        "ocultos": [("inscripcion", agotada.inscripcion.pk), ("unidad", agotada.unidad.pk)],
    }


def _mensaje(vista: Persona, llevados: list[persona.CursoDeLaPersona], firmado: str) -> mensajes.Mensaje | None:
    """A reminder about the newest course that is not finished and can still be."""
    llevado = _abierto(llevados, hoy=timezone.localdate())
    if llevado is None:
        return None
    abierto = llevado.inscripcion
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
