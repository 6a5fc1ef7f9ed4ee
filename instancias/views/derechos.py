"""What a member does about their own data: see what is kept, take a copy, ask, accept or take back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from marco.errores import ErrorDeDominio
from marco.forms import datos_de
from marco.menu import entradas
from marco.models import AjustesDelAula

from ..acceso.guardas import integrante_requerido
from ..acceso.services.cuenta import anotar_copia, confirmar_datos, retirar_consentimiento
from ..consultas.copia import copia_de, en_json
from ..consultas.pedidos import con_plazo, de
from ..forms_datos import PedirForm
from ..services import pedidos


@sensitive_post_parameters("detalle")
@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
def mis_derechos(request: HttpRequest) -> HttpResponse:
    """Everything about one's own data on one page; by POST, ask."""
    formulario = PedirForm(datos_de(request))
    if formulario.is_valid():
        ahora = timezone.now()
        try:
            pedido = pedidos.pedir(persona=request.persona, **formulario.cleaned_data, ahora=ahora, por=request.user)
        except ErrorDeDominio as error:
            formulario.add_error("detalle", error.mensaje)
        else:
            frase = _("Recibimos su pedido. Le respondemos a más tardar el %(dia)s.")
            if pedido.recibido_en < ahora:
                frase = _(
                    "Usted ya tenía un pedido como este por responder: lo que escribió está ahí. Le respondemos a más "
                    "tardar el %(dia)s."
                )
            messages.success(request, frase % {"dia": date_format(pedido.vence_el)})
            return redirect("kuska_instancias:mis_derechos")
    consentimientos = request.persona.consentimientos.order_by("-aceptado_en")
    contexto = {
        "form": formulario,
        "pedidos": con_plazo(de(request.persona), hoy=timezone.localdate()),
        "copias": entradas("copia_de_mis_datos", request),
        "consentimiento": consentimientos.first(),
        "aviso": AjustesDelAula.actuales().aviso_de_datos.splitlines(),
    }
    return render(request, "kuska/instancias/mis_derechos.html", contexto)


@require_POST
@integrante_requerido
def copia_en_json(request: HttpRequest) -> HttpResponse:
    """The copy for a machine. Asked by POST: it leaves a trace."""
    ahora = timezone.now()
    datos = en_json(copia_de(request.persona), ahora=ahora)
    anotar_copia(persona=request.persona, formato="json")
    respuesta = JsonResponse(datos, json_dumps_params={"ensure_ascii": False, "indent": 2})
    respuesta["Content-Disposition"] = 'attachment; filename="mis-datos.json"'
    respuesta["Cache-Control"] = "no-store, private"
    return respuesta


@require_POST
@integrante_requerido
def retirar_pedido(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        pedidos.retirar(persona=request.persona, pedido_id=pk, ahora=timezone.now())
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, _("Retiramos su pedido."))
    return redirect("kuska_instancias:mis_derechos")


@require_POST
@integrante_requerido
def consentimiento(request: HttpRequest) -> HttpResponse:
    """Take the consent back, or give it again: as easy one as the other."""
    ahora = timezone.now()
    if request.POST.get("acepta") == "si":
        ajustes = AjustesDelAula.actuales()
        confirmar_datos(
            persona=request.persona, version=ajustes.clave_del_aviso, texto=ajustes.aviso_de_datos, ahora=ahora
        )
        messages.success(request, _("Guardamos su consentimiento."))
    elif retirar_consentimiento(persona=request.persona, ahora=ahora):
        messages.success(request, _("Retiramos su consentimiento y borramos su celular y su correo."))
    return redirect("kuska_instancias:mis_derechos")
