"""What a member says of themselves, if they want to: sex and ethnic self-identification, a page each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from marco.forms import datos_de

from ...declarados import AVISOS
from ...models import DatoDeclarado
from ..forms import DeclararForm
from ..guardas import antes_de_revisar, integrante_requerido
from ..services.declarados import declarar as guardar
from ..services.declarados import retirar


@sensitive_post_parameters("valor")
@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@antes_de_revisar
def declarar(request: HttpRequest, campo: str) -> HttpResponse:
    """Read the notice, and answer or take back what was answered."""
    if campo not in DatoDeclarado.Campo.values:
        raise Http404
    volver = "kuska_instancias:mi_cuenta" if request.persona.datos_revisados_en else "kuska_instancias:mis_datos"
    if "retirar" in request.POST:
        if retirar(persona=request.persona, campo=campo, ahora=timezone.now()):
            messages.success(request, _("Borramos lo que había declarado."))
        return redirect(volver)
    dicho = DatoDeclarado.objects.filter(persona=request.persona, campo=campo).exclude(valor="").first()
    formulario = DeclararForm(datos_de(request), campo=campo, initial={"valor": dicho.valor if dicho else ""})
    if formulario.is_valid():
        guardar(persona=request.persona, campo=campo, valor=formulario.cleaned_data["valor"], ahora=timezone.now())
        messages.success(request, _("Guardamos su respuesta."))
        return redirect(volver)
    contexto = {
        "form": formulario,
        "titulo": DatoDeclarado.Campo(campo).label,
        "aviso": AVISOS[campo],
        "dicho": dicho,
        "url_volver": volver,
    }
    return render(request, "kuska/instancias/declarar.html", contexto)
