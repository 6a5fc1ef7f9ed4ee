"""What is proposed for one kind of problem of a review, taken in many rows at once by somebody who saw them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from marco.errores import ErrorDeDominio
from marco.numeros import entero_de

from ..acceso.guardas import personal_requerido
from ..padron.revision import banco
from .revision import de_su_ambito


@personal_requerido
@require_POST
def tomar(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what is proposed for a kind of problem in all the rows that were on the screen."""
    importacion = de_su_ambito(request, pk)
    pares = [[entero_de(uno) for uno in visto.split(":")] for visto in request.POST.getlist("vista")]
    vistas = {par[0]: par[1] for par in pares if len(par) == 2 and None not in par}
    try:
        cuantas = banco.aplicar_propuestas(
            importacion_id=importacion.pk,
            motivo=request.POST.get("motivo", ""),
            vistas=vistas,
            alcance=request.alcance,
            ahora=timezone.now(),
        )
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    else:
        frase = ngettext("Se corrigió %(n)d fila.", "Se corrigieron %(n)d filas.", cuantas) % {"n": cuantas}
        messages.success(request, frase)
    return redirect("kuska_instancias:padron_revisar", pk=importacion.pk)
