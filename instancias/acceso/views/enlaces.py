"""The personal link, for the staff: made by a button, shown by an address that can be loaded again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from marco.errores import ErrorDeDominio

from ... import rastro
from ...models import EnlaceDeAcceso, Persona
from ..accesos import Acceso, acceso_de
from ..confirmar import al_enviar
from ..envios import para_enviar, qr_de
from ..firmas import firma
from ..guardas import del_panel, personal_requerido
from ..mensajes import direccion_de
from ..recordados import recordado, recordar
from ..services.enlaces import EnlaceVivo, crear_enlace


@personal_requerido
@require_http_methods(["GET", "POST"])
@al_enviar
def enlace_personal(request: HttpRequest, pk: int) -> HttpResponse:
    """POST makes the link, GET shows it to whoever made it: loading it again makes no other and kills none.

    Only the POST that says ``otro`` replaces a link that still works.
    """
    persona = get_object_or_404(request.alcance.personas_a_cargo().select_related("cuenta"), pk=pk)
    rastro.se_vio(request, [persona.pk])
    if request.method != "POST":
        return render(request, "kuska/instancias/personal/enlace.html", _contexto(request, persona))
    volver = del_panel(request.POST.get("volver", ""))
    try:
        creado = crear_enlace(
            persona=persona, por=request.user, ahora=timezone.now(), reemplaza=bool(request.POST.get("otro"))
        )
    except EnlaceVivo:
        pass
    except ErrorDeDominio as error:
        contexto = {"persona_vista": persona, "mensaje_de_error": str(error), "volver": volver, "seccion": "personas"}
        return render(request, "kuska/instancias/personal/enlace.html", contexto, status=409)
    else:
        recordar(request, {persona.pk: creado})
    direccion = reverse("kuska_instancias:persona_enlace", args=[persona.pk])
    return redirect(f"{direccion}?{urlencode({'volver': volver})}" if volver else direccion)


def _contexto(request: HttpRequest, persona: Persona) -> dict[str, Any]:
    ahora = timezone.now()
    contexto: dict[str, Any] = {
        "persona_vista": persona,
        "volver": del_panel(request.GET.get("volver", "")),
        "seccion": "personas",
    }
    if creado := recordado(request, persona, ahora=ahora):
        return {**contexto, **para_enviar(request, persona, creado), "qr": qr_de(direccion_de(creado))}
    suyos = EnlaceDeAcceso.objects.filter(persona=persona).select_related("creado_por", "envio_por_correo")
    ultimo = suyos.order_by("-creado_en").first()
    vivo = ultimo and not ultimo.usado_en and not ultimo.anulado_en and ultimo.vence_en > ahora
    return {
        **contexto,
        "vivo": ultimo if vivo else None,
        "quien": firma(ultimo.creado_por) if vivo and ultimo.creado_por else "",
        "por_correo": vivo and hasattr(ultimo, "envio_por_correo"),
        "usado": ultimo if ultimo and ultimo.usado_en else None,
        "tiene_clave": acceso_de(persona) == Acceso.CON_CLAVE,
    }
