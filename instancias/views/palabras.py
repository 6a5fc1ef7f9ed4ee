"""The words of the lists: clear up those of a review, and see, add or forget what was said of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from marco.errores import ErrorDeDominio
from marco.forms import datos_de

from ..acceso.guardas import personal_requerido
from ..forms_personal import PalabraForm
from ..models import Palabra, Territorio
from ..padron.diccionario import palabras
from ..padron.revision import preguntas
from .revision import de_su_ambito, pedir_si_falta

POR_PAGINA = 100


@personal_requerido
@require_POST
def responder(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a word of a review means: it holds for all its rows, and is known the next time."""
    importacion = de_su_ambito(request, pk)
    pedido = {campo: request.POST.get(campo, "") for campo in ("clase", "nivel", "clave")}
    pedido["significa"] = request.POST.get("significa") or request.POST.get("otro", "")
    try:
        cuantas = preguntas.responder(
            importacion_id=importacion.pk, alcance=request.alcance, por=request.user, ahora=timezone.now(), **pedido
        )
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    else:
        frase = ngettext("Se aplicó a %(n)d fila.", "Se aplicó a %(n)d filas.", cuantas)
        messages.success(request, frase % {"n": cuantas})
        pedir_si_falta(importacion)
    return redirect(f"{reverse('kuska_instancias:padron_revisar', args=[importacion.pk])}#palabras")


@personal_requerido
@require_http_methods(["GET", "POST"])
def lista(request: HttpRequest) -> HttpResponse:
    opciones = palabras.Opciones.de(request.alcance)
    form = PalabraForm(datos_de(request), opciones=opciones)
    if request.method == "POST" and form.is_valid():
        try:
            palabras.aprender(
                texto=form.cleaned_data["leida"],
                **form.cleaned_data["significa"],
                alcance=request.alcance,
                por=request.user,
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            form.add_error("leida", str(error))
        else:
            messages.success(request, _("Desde ahora las listas se leen así."))
            return redirect("kuska_instancias:padron_palabras")
    dichas = Palabra.objects.que_valen(request.alcance.prefijos).select_related("ambito", "dicha_por")
    pagina = Paginator(dichas, POR_PAGINA).get_page(request.GET.get("pagina"))
    _poner_nombres(pagina, opciones)
    for palabra in pagina:
        palabra.se_olvida = request.alcance.cubre(palabra.ambito_id)
    contexto = {"form": form, "pagina": pagina, "seccion": "personas"}
    estado = 422 if form.errors else 200
    return render(request, "kuska/instancias/padron/palabras_de_las_listas.html", contexto, status=estado)


def _poner_nombres(pagina: Page, opciones: palabras.Opciones) -> None:
    """What each word means, as people say it: also a district that lies out of one's own scope."""
    nombres = {una.valor: una.texto for varias in opciones.asientos.values() for una in varias}
    nombres |= {una.valor: una.texto for una in opciones.para(palabras.CALIDAD)}
    de_distrito = [p.significa for p in pagina if p.clase == palabras.DISTRITO]
    nombres |= dict(Territorio.objects.filter(ubigeo__in=de_distrito).values_list("ubigeo", "nombre"))
    for palabra in pagina:
        palabra.quiere_decir = nombres.get(palabra.significa, palabra.significa)


@personal_requerido
@require_POST
def olvidar(request: HttpRequest, pk: int) -> HttpResponse:
    palabras.olvidar(palabra_id=pk, alcance=request.alcance)
    messages.success(request, _("Las listas que la digan volverán a preguntar."))
    return redirect("kuska_instancias:padron_palabras")
