"""People and seats, for the staff: list, register, correct and hand over."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks

from marco.errores import ErrorDeDominio
from marco.otra_version import en_turno
from marco.textos import normalizar

from .. import rastro
from ..acceso.accesos import Acceso, acceso_de
from ..acceso.guardas import personal_requerido
from ..acceso.invitaciones import Invitacion, con_invitacion
from ..consultas.fusion import registro_que_queda, unidos
from ..consultas.personas import Pedido, cola, listar
from ..forms_personal import CeseForm, CorregirPersonaForm, InstitucionForm, PersonaNuevaForm
from ..models import Asiento, Membresia, Persona
from ..services import asientos, personas

POR_PAGINA = 50
DEL_ASIENTO = ("asiento__tipo", "asiento__institucion", "asiento__instancia__territorio")


@personal_requerido
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    pedido, ahora = Pedido.de(request.GET), timezone.now()
    pagina = Paginator(listar(request.alcance, pedido, ahora=ahora), POR_PAGINA).get_page(request.GET.get("pagina"))
    se_ven = [membresia.persona_id for membresia in pagina]
    rastro.se_busco(request, se_ven, texto=pedido.q) if pedido.q else rastro.se_vio(request, se_ven)
    de_la_pagina = request.alcance.personas_a_cargo().filter(pk__in=se_ven)
    contexto = {
        "pagina": pagina,
        "a_cargo": set(de_la_pagina.values_list("pk", flat=True)),
        "por_invitar": cola(request.alcance, pedido, ahora=ahora).count(),
        "territorios": request.alcance.instancias().propias().select_related("territorio"),
        "invitaciones": Invitacion.choices,
        "pedido": pedido,
        "hoy": timezone.localdate(ahora),
        "consulta": pedido.consulta,
        "seccion": "personas",
    }
    return render(request, "kuska/instancias/personal/personas.html", contexto)


@personal_requerido
@require_http_methods(["GET", "POST"])
def nueva(request: HttpRequest) -> HttpResponse:
    inicial = {"asiento": request.GET.get("asiento"), "calidad": request.GET.get("calidad", "titular")}
    inicial["desde"] = request.GET.get("desde", "")
    aqui = request.alcance.instancias().propias().filter(territorio_id=request.GET.get("distrito", "")).first()
    form = PersonaNuevaForm(request.POST or None, alcance=request.alcance, instancia=aqui, initial=inicial)
    if request.method == "POST" and form.is_valid():
        try:
            persona = personas.registrar_persona(
                **form.registro, alcance=request.alcance, por=request.user, ahora=timezone.now()
            )
        except ErrorDeDominio as error:
            form.add_error(form.del_documento if error.codigo.startswith("documento") else "asiento", str(error))
        else:
            _avisar_de_lo_que_se_conserva(request, persona, form.registro)
            messages.success(request, f"{_('Quedó registrada.')} {_como_entra(persona)}")
            return redirect("kuska_instancias:persona_editar", pk=persona.pk)
    contexto = {"form": form, "aqui": aqui, "seccion": "personas"}
    return render(request, "kuska/instancias/personal/persona_nueva.html", contexto, status=422 if form.errors else 200)


def _como_entra(persona: Persona) -> str:
    """What comes next with somebody who was given a seat: they may have been here before."""
    acceso = acceso_de(persona)
    if acceso == Acceso.CON_CLAVE:
        return _("Ya tiene clave: entra con la misma, y no le hace falta un enlace.")
    if acceso == Acceso.CERRADO:
        return _("Su cuenta está desactivada: no entra con clave ni con enlace.")
    return _("Ahora puede enviarle su enlace.")


def _avisar_de_lo_que_se_conserva(request: HttpRequest, persona: Persona, escrito: dict[str, Any]) -> None:
    """Say what was typed and not kept, because the person or the seat already had another."""
    if persona.documento != escrito["documento"]:
        frase = _(
            "El documento %(numero)s es de un registro que se unió con el de esta persona: el asiento se le dio a ella."
        )
        messages.warning(request, frase % {"numero": escrito["documento"]})
    if escrito["celular"] and persona.celular != escrito["celular"]:
        messages.warning(
            request,
            _("Esta persona ya tenía otro celular y se conservó. Si cambió, escríbalo abajo en «Corregir datos»."),
        )
    actual = escrito["asiento"].institucion
    if escrito["institucion"] and actual and normalizar(actual.nombre) != normalizar(escrito["institucion"]):
        messages.warning(
            request, _("El asiento ya tiene la institución «%(actual)s»; se conserva.") % {"actual": actual.nombre}
        )


@personal_requerido
@require_http_methods(["GET", "POST"])
@en_turno(lambda pk: Persona.objects.filter(pk=pk))
def editar(request: HttpRequest, pk: int) -> HttpResponse:
    ahora = timezone.now()
    persona = con_invitacion(request.alcance.personas_con_cargo(), ahora=ahora).filter(pk=pk).first()
    queda = None if persona else registro_que_queda(pk, request.alcance)
    if queda:
        return redirect("kuska_instancias:persona_editar", pk=queda)
    if persona is None or (request.method == "POST" and not persona.a_cargo):
        raise Http404
    rastro.se_vio(request, [persona.pk])
    form = CorregirPersonaForm(request.POST or None, persona=persona)
    if request.method == "POST" and form.is_valid():
        try:
            personas.corregir_datos(persona=persona, **form.cleaned_data, por=request.user)
        except ErrorDeDominio as error:
            form.add_error("celular" if error.codigo == "no_acepta" else "documento", str(error))
        else:
            messages.success(request, _("Guardamos sus datos."))
            return redirect("kuska_instancias:persona_editar", pk=persona.pk)
    suyas = request.alcance.membresias().filter(persona=persona)
    membresias = list(suyas.select_related(*DEL_ASIENTO).order_by("-desde"))
    contexto = {
        "persona_vista": persona,
        "invitacion": Invitacion(persona.invitacion),
        "form": form,
        "membresias": membresias,
        "avisos": [aviso for funcion in hooks.get_hooks("avisos_de_la_persona") for aviso in funcion(request, persona)],
        "aqui": max(membresias, key=lambda m: m.pk).asiento.instancia if membresias else None,
        "unidos": unidos(persona, request.alcance, ahora=ahora) if persona.a_cargo else [],
        "hoy": timezone.localdate(),
        "seccion": "personas",
    }
    estado = 422 if form.errors else 200
    return render(request, "kuska/instancias/personal/persona_editar.html", contexto, status=estado)


@personal_requerido
@require_http_methods(["GET", "POST"])
def cesar(request: HttpRequest, pk: int) -> HttpResponse:
    membresia = get_object_or_404(request.alcance.membresias().select_related("persona", *DEL_ASIENTO), pk=pk)
    rastro.se_vio(request, [membresia.persona_id])
    form = CeseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        personas.cesar(
            membresia=membresia,
            motivo=form.cleaned_data["motivo"],
            ultimo_dia=form.cleaned_data["ultimo_dia"],
            alcance=request.alcance,
            por=request.user,
            ahora=timezone.now(),
        )
        consulta = {"asiento": membresia.asiento_id, "calidad": membresia.calidad}
        if pedido := form.cleaned_data["ultimo_dia"]:
            membresia.refresh_from_db(fields=["hasta"])
            ultimo = min(pedido, membresia.hasta or pedido)
            consulta["desde"] = (ultimo + datetime.timedelta(days=1)).isoformat()
            if ultimo < pedido:
                messages.warning(request, _que_no_se_alarga(membresia.persona, ultimo))
                return redirect(f"{reverse('kuska_instancias:persona_nueva')}?{urlencode(consulta)}")
        messages.success(request, _como_quedo_la_entrega(membresia.persona, pedido))
        return redirect(f"{reverse('kuska_instancias:persona_nueva')}?{urlencode(consulta)}")
    contexto = {"form": form, "membresia": membresia, "seccion": "personas"}
    return render(request, "kuska/instancias/personal/cesar.html", contexto, status=422 if form.errors else 200)


def _como_quedo_la_entrega(persona: Persona, ultimo_dia: datetime.date | None) -> str:
    if ultimo_dia is None:
        frase = _("%(nombre)s entregó el asiento. Agregue a quien sigue, si ya se sabe quién es.")
        return frase % {"nombre": persona.nombre_completo}
    frase = _("%(nombre)s deja el asiento: su último día es el %(dia)s. Agregue a quien sigue, si ya se sabe quién es.")
    return frase % {"nombre": persona.nombre_completo, "dia": date_format(ultimo_dia)}


def _que_no_se_alarga(persona: Persona, ultimo_dia: datetime.date) -> str:
    frase = _(
        "No cambió nada: el último día de %(nombre)s en el asiento ya es el %(dia)s, y solo se puede adelantar. Si "
        "seguirá más días, agréguela aquí otra vez desde el día siguiente."
    )
    return frase % {"nombre": persona.nombre_completo, "dia": date_format(ultimo_dia)}


@personal_requerido
@require_http_methods(["GET", "POST"])
@en_turno(lambda pk: Asiento.objects.filter(membresias=pk))
def corregir_institucion(request: HttpRequest, pk: int) -> HttpResponse:
    """Of which institution a seat is."""
    propias = request.alcance.membresias().select_related("persona", *DEL_ASIENTO)
    membresia: Membresia = get_object_or_404(propias, pk=pk)
    rastro.se_vio(request, [membresia.persona_id])
    form = InstitucionForm(request.POST or None, asiento=membresia.asiento)
    if request.method == "POST" and form.is_valid():
        asientos.corregir_institucion(
            membresia=membresia, nombre=form.cleaned_data["institucion"], alcance=request.alcance, por=request.user
        )
        messages.success(request, _("Guardamos la institución del asiento."))
        return redirect("kuska_instancias:persona_editar", pk=membresia.persona_id)
    contexto = {"form": form, "membresia": membresia, "seccion": "personas"}
    return render(request, "kuska/instancias/personal/institucion.html", contexto, status=422 if form.errors else 200)
