"""Look for a word in what a person may read. What was looked for tells of who looks: it is kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from instancias.acceso.guardas import integrante_requerido
from marco.cabeceras import sin_guardar

from ..consultas import busqueda

LARGO = 60


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
@sin_guardar
@integrante_requerido
def buscar(request: HttpRequest) -> HttpResponse:
    """Show where these words are. They come by POST: an address stays in the phone, and in what servers write down."""
    pedido = " ".join(request.POST.get("q", "").split())
    contexto = {"q": pedido, "largo": LARGO}
    if request.method == "POST":
        contexto |= {"falta": falta} if (falta := _falta(pedido)) else {"hallado": _hallar(request, pedido)}
    return render(request, "kuska/cursos/buscar.html", contexto)


def _falta(pedido: str) -> str:
    """Return what keeps it from being looked for, in a sentence."""
    if not pedido:
        return _("Escriba una palabra para buscar. Por ejemplo: medidas.")
    if len(pedido) > LARGO:
        datos = {"leidas": len(pedido), "largo": LARGO}
        return _("Escribió %(leidas)d letras. Busque con una o dos palabras, de hasta %(largo)d letras.") % datos
    return ""


def _hallar(request: HttpRequest, pedido: str) -> busqueda.Resultados:
    return busqueda.buscar(
        persona=request.persona,
        pedido=pedido,
        hoy=timezone.localdate(),
        url_del_glosario=reverse("kuska_cursos:glosario"),
    )
