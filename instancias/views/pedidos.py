"""Requests about data, for the staff: what waits and until when, the answer with its reason; and the inventory."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from marco.errores import ErrorDeDominio
from marco.forms import datos_de

from .. import rastro
from ..acceso.accesos import Acceso, acceso_de
from ..acceso.confirmar import al_enviar
from ..acceso.guardas import personal_requerido
from ..consultas import inventario as del_inventario
from ..consultas import pedidos as consultas
from ..forms_datos import PedirForm, ResponderForm, donde_se_lee
from ..models import PedidoDeDatos
from ..services import pedidos

POR_PAGINA = 50
RESPONDIDOS = "respondidos"


@personal_requerido(gestiona=True)
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the nearest term first; or what was answered."""
    hoy = timezone.localdate()
    respondidos = request.GET.get("ver") == RESPONDIDOS
    filas = consultas.listar(request.alcance, respondidos=respondidos)
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("pagina"))
    de_la_pagina = list(pagina.object_list)
    rastro.se_vio(request, [pedido.persona_id for pedido in de_la_pagina])
    pagina.object_list = consultas.con_plazo(de_la_pagina, hoy=hoy)
    contexto = {
        "pagina": pagina,
        "respondidos": respondidos,
        "consulta": f"ver={RESPONDIDOS}" if respondidos else "",
        "seccion": "pedidos",
    }
    return render(request, "kuska/instancias/personal/pedidos.html", contexto)


@sensitive_post_parameters("texto")
@personal_requerido(gestiona=True)
@require_http_methods(["GET", "HEAD", "POST"])
@al_enviar
def detalle(request: HttpRequest, pk: int) -> HttpResponse:
    """One request, what was done with it, and the answer."""
    pedido: PedidoDeDatos = get_object_or_404(
        request.alcance.pedidos_de_datos().select_related("persona__cuenta"), pk=pk
    )
    rastro.se_vio(request, [pedido.persona_id])
    borra = pedido.clase == PedidoDeDatos.Clase.SUPRESION and pedido.por_responder
    formulario = ResponderForm(datos_de(request), borra=borra, entra=_entra(pedido))
    if formulario.is_valid():
        try:
            destino = _responder(request, pedido, formulario)
        except ErrorDeDominio as error:
            formulario.add_error(None, error.mensaje)
        else:
            return destino
    hoy = timezone.localdate()
    contexto = {
        "pedido": consultas.con_plazo([pedido], hoy=hoy)[0],
        "actos": pedido.actos.select_related("por"),
        "form": formulario,
        "alcanza": consultas.lo_que_pasara(pedido.persona, hoy=hoy) if borra else None,
        "seccion": "pedidos",
    }
    estado = 422 if formulario.errors else 200
    return render(request, "kuska/instancias/personal/pedido.html", contexto, status=estado)


def _entra(pedido: PedidoDeDatos) -> bool:
    return acceso_de(pedido.persona) == Acceso.CON_CLAVE


def _responder(request: HttpRequest, pedido: PedidoDeDatos, formulario: ResponderForm) -> HttpResponse:
    dicho = formulario.cleaned_data
    comun = {"pedido_id": pedido.pk, "texto": dicho["texto"], "alcance": request.alcance}
    if dicho["decision"] == ResponderForm.NOTA:
        pedidos.anotar(**comun, por=request.user, ahora=timezone.now())
        return redirect("kuska_instancias:pedido", pk=pedido.pk)
    procede = dicho["decision"] == ResponderForm.PROCEDE
    if pedidos.responder(**comun, procede=procede, por=request.user, ahora=timezone.now()):
        messages.success(request, _("Se suprimieron los datos de la persona. Sus cifras no cambian."))
    else:
        messages.success(
            request,
            f"{_('Guardamos la respuesta.')} {donde_se_lee(_entra(pedido))}",
        )
    return redirect("kuska_instancias:pedidos")


@sensitive_post_parameters("detalle")
@personal_requerido(gestiona=True)
@require_http_methods(["GET", "HEAD", "POST"])
def de_papel(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive what a person asked on paper or in the office: nobody asks for somebody else by themselves."""
    persona = get_object_or_404(request.alcance.personas_a_cargo(), pk=pk)
    rastro.se_vio(request, [persona.pk])
    formulario = PedirForm(datos_de(request))
    if formulario.is_valid():
        try:
            pedido = pedidos.pedir(persona=persona, **formulario.cleaned_data, ahora=timezone.now(), por=request.user)
        except ErrorDeDominio as error:
            formulario.add_error("detalle", error.mensaje)
        else:
            return redirect("kuska_instancias:pedido", pk=pedido.pk)
    contexto = {"persona_vista": persona, "form": formulario, "seccion": "pedidos"}
    estado = 422 if formulario.errors else 200
    return render(request, "kuska/instancias/personal/pedido_de_papel.html", contexto, status=estado)


@personal_requerido
@require_safe
def inventario(request: HttpRequest) -> HttpResponse:
    """What is kept of people, for what, until when and who sees it."""
    contexto = {"lineas": list(del_inventario.lineas()), "seccion": "pedidos"}
    return render(request, "kuska/instancias/personal/inventario.html", contexto)
