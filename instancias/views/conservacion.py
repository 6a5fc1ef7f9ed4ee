"""How long data are kept, what is past its time, and what each run took away. For who administers the site."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ..acceso.confirmar import al_enviar
from ..acceso.guardas import administracion_requerida, personal_requerido
from ..consultas.conservacion import por_quitar
from ..models import Retencion
from ..services.retencion import retener

ULTIMAS = 20


@personal_requerido
@administracion_requerida
@require_http_methods(["GET", "HEAD", "POST"])
@al_enviar
def conservacion(request: HttpRequest) -> HttpResponse:
    ahora = timezone.now()
    if request.method == "POST":
        cuantas = sum(retener(ahora=ahora, por=request.user).quitadas.values())
        frase = ngettext("Se quitó %(n)d registro.", "Se quitaron %(n)d registros.", cuantas)
        messages.success(request, frase % {"n": cuantas} if cuantas else _("No había nada que quitar."))
        return redirect("kuska_instancias:conservacion")
    filas = por_quitar(ahora=ahora)
    titulos = {una.clave: una.titulo for una in filas}
    corridas = [
        (una, [(titulos.get(clave, clave), cuantas) for clave, cuantas in una.quitadas.items()])
        for una in Retencion.objects.select_related("pedida_por")[:ULTIMAS]
    ]
    contexto = {"filas": filas, "corridas": corridas, "seccion": "pedidos"}
    return render(request, "kuska/instancias/personal/conservacion.html", contexto)
