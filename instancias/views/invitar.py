"""The queue of invitations: who waits for a link, one at a time or on a sheet of cards to cut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula
from marco.numeros import entero_de

from .. import rastro
from ..acceso import recordados
from ..acceso.confirmar import al_enviar, clave_reciente
from ..acceso.envios import para_enviar, qr_de
from ..acceso.firmas import firma
from ..acceso.guardas import del_panel, personal_requerido
from ..acceso.mensajes import direccion_de
from ..acceso.services import correos
from ..acceso.services.enlaces import EnlaceCreado, EnlaceVivo, crear_enlace
from ..acceso.services.invitar import crear_enlaces, retirar_enlace
from ..consultas.personas import Pedido, poner_asientos
from ..consultas.personas import cola as personas_en_cola
from ..models import EnlaceDeAcceso, EnvioPorCorreo, Persona
from ..tasks import pedir_correos

A_LA_VISTA = 20
TARJETAS = 40
MAYOR = 2**31 - 1
# wa.me answers with a redirect of its own, and a browser asks for leave at each step of what a form began.
DE_WHATSAPP = ("https://wa.me", "https://api.whatsapp.com")


@dataclass(frozen=True)
class Tarjeta:
    """A card of the sheet. The whole document is not on it: the code opens only with it."""

    persona: Persona
    creado: EnlaceCreado
    qr: str


@personal_requerido
@require_safe
@clave_reciente
def cola(request: HttpRequest) -> HttpResponse:
    """Who is next, who comes after, and the last one, in case it was not sent."""
    pedido, ahora = Pedido.de(request.GET), timezone.now()
    personas = personas_en_cola(request.alcance, pedido, ahora=ahora)
    total = personas.count()
    primeras: list[Persona] = list(personas[:A_LA_VISTA])
    rastro.se_vio(request, [una.pk for una in primeras])
    poner_asientos(primeras, request.alcance)
    territorios = list(request.alcance.instancias().propias().select_related("territorio"))
    respuesta = render(
        request,
        "kuska/instancias/personal/invitar.html",
        {
            "total": total,
            "siguiente": primeras[0] if primeras else None,
            "despues": primeras[1:],
            "quedan": total - len(primeras),
            "ultimo": _el_ultimo(request),
            "pedido": pedido,
            "territorios": territorios,
            "lugar": next((i.territorio for i in territorios if i.territorio_id == pedido.distrito), None),
            "aqui": request.get_full_path(),
            **_de_los_correos(request, personas, ahora),
            "tarjetas_de_una_vez": min(total, TARJETAS),
            "seccion": "personas",
        },
    )
    if AjustesDelAula.actuales().whatsapp_activo:
        respuesta._csp_update = {"form-action": DE_WHATSAPP}  # type: ignore[attr-defined]
    return respuesta


def _de_los_correos(request: HttpRequest, personas: Any, ahora: Any) -> dict[str, Any]:
    """Who left an e-mail, and how far those asked for today are. Nothing, where e-mail is off."""
    if not AjustesDelAula.actuales().correo_activo:
        return {}
    hoy = correos.cuenta_de_hoy(por=request.user, ahora=ahora)
    estados = [(estado.label, hoy[estado]) for estado in EnvioPorCorreo.Estado if hoy.get(estado)]
    return {"con_correo": correos.por_correo(personas).count(), "correos_de_hoy": estados}


def _el_ultimo(request: HttpRequest) -> dict[str, Any] | None:
    """The last link made here, while it is on its way: its message again, and the way to take it back."""
    numero = recordados.ultima_persona(request)
    persona = request.alcance.personas_a_cargo().filter(pk=numero).first() if numero else None
    creado = recordados.recordado(request, persona, ahora=timezone.now()) if persona else None
    if persona is None or creado is None:
        return None
    rastro.se_vio(request, [persona.pk])
    return {"persona": persona, **para_enviar(request, persona, creado)}


@personal_requerido
@require_POST
@clave_reciente(sale_a=DE_WHATSAPP)
def invitar_a(request: HttpRequest, pk: int) -> HttpResponse:
    """One touch: make the link and open WhatsApp with its text. Touched twice, it is the same link.

    Where WhatsApp is off, back to the queue, that shows the message to copy.
    """
    persona = get_object_or_404(request.alcance.personas_a_cargo().select_related("cuenta"), pk=min(pk, MAYOR))
    ahora = timezone.now()
    try:
        creado: EnlaceCreado | None = crear_enlace(persona=persona, por=request.user, ahora=ahora, reemplaza=False)
    except EnlaceVivo:
        creado = recordados.recordado(request, persona, ahora=ahora)
    except ErrorDeDominio as error:
        messages.error(request, str(error))
        return redirect(_de_vuelta(request))
    if creado is None:  # somebody else made one, that works: their page says who, and asks
        return redirect("kuska_instancias:persona_enlace", pk=persona.pk)
    recordados.recordar(request, {persona.pk: creado})
    if whatsapp := para_enviar(request, persona, creado)["whatsapp"]:
        return _seguir(HttpResponseRedirect(whatsapp))
    return _seguir(HttpResponseRedirect(_de_vuelta(request)))


@personal_requerido
@require_POST
@clave_reciente
def por_correo(request: HttpRequest) -> HttpResponse:
    """«Enviar a todos»: to each of the queue who left an e-mail, their own link, in the background."""
    personas = correos.por_correo(personas_en_cola(request.alcance, Pedido.de(request.POST), ahora=timezone.now()))
    try:
        pedidos = correos.pedir_envios(personas=personas, por=request.user, ahora=timezone.now())
    except ErrorDeDominio as error:
        messages.error(request, str(error))
    else:
        transaction.on_commit(pedir_correos)
        texto = ngettext("Se pidió %(n)d correo.", "Se pidieron %(n)d correos.", pedidos) % {"n": pedidos}
        messages.success(request, f"{texto} {_('Vuelva a abrir esta página para ver cómo van.')}")
    return redirect(_de_vuelta(request))


@personal_requerido
@require_POST
def no_enviado(request: HttpRequest, pk: int) -> HttpResponse:
    """«No lo envié»: the person waits in the queue again."""
    persona = get_object_or_404(request.alcance.personas_a_cargo(), pk=min(pk, MAYOR))
    try:
        retirar_enlace(persona=persona, por=request.user, ahora=timezone.now())
    except ErrorDeDominio as error:
        messages.error(request, str(error))
    else:
        recordados.olvidar(request, persona)
        messages.success(request, _("%(nombre)s espera otra vez su enlace.") % {"nombre": persona.nombre_completo})
    return redirect(_de_vuelta(request))


@personal_requerido
@require_http_methods(["GET", "POST"])
@al_enviar
def tarjetas(request: HttpRequest) -> HttpResponse:
    """POST makes the links of a selection in one act; GET is the sheet, that can be loaded again and printed."""
    if request.method != "POST":
        return _hoja(request)
    volver = del_panel(request.POST.get("volver", ""))
    numeros = _numeros(request.POST.getlist("persona"))
    if "cola" in request.POST:
        de_la_cola = personas_en_cola(request.alcance, Pedido.de(request.POST), ahora=timezone.now())
        numeros = list(de_la_cola.values_list("pk", flat=True)[:TARJETAS])
    a_cargo = set(request.alcance.personas_a_cargo().filter(pk__in=numeros).values_list("pk", flat=True))
    numeros = [numero for numero in numeros if numero in a_cargo][:TARJETAS]
    if not numeros:
        messages.error(request, _("Marque al menos a una persona para hacer su tarjeta."))
        return redirect(volver or "kuska_instancias:personas")
    otros = _numeros(request.POST.getlist("otro"))
    hechos = crear_enlaces(personas=numeros, por=request.user, ahora=timezone.now(), reemplazar=otros)
    recordados.recordar(request, hechos.creados)
    return redirect(f"{reverse('kuska_instancias:tarjetas')}?{_consulta_de_la_hoja(numeros, volver)}")


def _hoja(request: HttpRequest) -> HttpResponse:
    ahora = timezone.now()
    numeros = _numeros(request.GET.get("personas", "").split("-"))[:TARJETAS]
    personas: list[Persona] = list(
        request.alcance.personas_a_cargo().filter(pk__in=numeros).order_by("orden_alfabetico", "pk")
    )
    rastro.se_saco(request, [una.pk for una in personas], detalle="tarjetas")
    propios = recordados.recordados(request, personas, ahora=ahora)
    hechas = [Tarjeta(una, suyo, qr_de(direccion_de(suyo))) for una in personas if (suyo := propios.get(una.pk))]
    sin_tarjeta = [una for una in personas if una.pk not in propios]
    contexto = {
        "hojas": [hechas[n : n + 10] for n in range(0, len(hechas), 10)],
        "cuantas": len(hechas),
        **_los_demas(sin_tarjeta, ahora),
        "todas": [una.pk for una in personas],
        "volver": del_panel(request.GET.get("volver", "")),
        "direccion_para_escribir": _para_escribir(),
        "seccion": "personas",
    }
    return render(request, "kuska/instancias/personal/tarjetas.html", contexto)


def _los_demas(personas: list[Persona], ahora: Any) -> dict[str, Any]:
    """Whoever has no card here: with a link that works, made by somebody else or elsewhere, or with none."""
    vivos = (
        EnlaceDeAcceso.objects.filter(persona__in=personas, usado_en__isnull=True, anulado_en__isnull=True)
        .filter(vence_en__gt=ahora)
        .select_related("creado_por")
    )
    de_quien = {vivo.persona_id: firma(vivo.creado_por) if vivo.creado_por else "" for vivo in vivos}
    return {
        "con_otro_enlace": [(una, de_quien[una.pk]) for una in personas if una.pk in de_quien],
        "sin_enlace": [una for una in personas if una.pk not in de_quien],
    }


def _para_escribir() -> str:
    """The address where the code of a card is typed, as it goes on paper."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/").split("//")[-1] + reverse("kuska_instancias:sin_clave")


def _numeros(textos: Iterable[str]) -> list[int]:
    """Numbers of people as they came, each once; what is no number is left out."""
    return list(dict.fromkeys(numero for texto in textos if (numero := entero_de(texto)) is not None))


def _consulta_de_la_hoja(numeros: list[int], volver: str) -> str:
    partes = {"personas": "-".join(map(str, numeros))}
    return urlencode({**partes, "volver": volver} if volver else partes)


def _de_vuelta(request: HttpRequest) -> str:
    return del_panel(request.POST.get("volver", "")) or reverse("kuska_instancias:invitar")


def _seguir(respuesta: HttpResponse) -> HttpResponse:
    """303: what follows a form is looked at, and loading it again sends nothing."""
    respuesta.status_code = 303
    return respuesta
