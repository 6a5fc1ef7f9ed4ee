"""The padrón: upload a sheet, look at what each row would do, save or leave it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..errores import ErrorDeDominio
from ..forms_personal import PadronForm
from ..models import ImportacionDePadron
from ..services import padron
from ..vistas import personal_requerido

POR_PAGINA = 100
FILTROS = ("rechazar", "crear", "cambiar", "igual")


def _propia(request: HttpRequest, pk: int) -> ImportacionDePadron:
    """A review belongs to whoever uploaded it: nobody else sees its rows."""
    return get_object_or_404(ImportacionDePadron, pk=pk, subida_por=request.user)


@personal_requerido
@require_http_methods(["GET", "POST"])
def importar(request: HttpRequest) -> HttpResponse:
    form = PadronForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        archivo = form.cleaned_data["archivo"]
        # One byte over the limit is enough to refuse it: a huge file is never read whole.
        contenido = archivo.read(padron.MAXIMO_DE_BYTES + 1)
        try:
            importacion = padron.revisar(
                nombre=archivo.name,
                contenido=contenido,
                esquema=form.cleaned_data["esquema"],
                alcance=request.alcance,
                por=request.user,
                ahora=timezone.now(),
            )
        except padron.ErrorDeArchivo as error:
            form.add_error("archivo", str(error))
        else:
            return redirect("instancias:padron_revisar", pk=importacion.pk)
    contexto = {
        "form": form,
        "seccion": "personas",
        "maximo": padron.MAXIMO_DE_FILAS,
        "ejemplo": getattr(settings, "KUSKA_PADRON_DE_EJEMPLO", ""),
    }
    estado = 422 if form.errors else 200
    return render(request, "instancias/personal/padron_subir.html", contexto, status=estado)


@personal_requerido
@require_safe
def revisar(request: HttpRequest, pk: int) -> HttpResponse:
    importacion = _propia(request, pk)
    filtro = request.GET.get("ver", "")
    if filtro not in FILTROS:
        filtro = ""
    filas = sorted(importacion.filas, key=lambda fila: FILTROS.index(fila["accion"]))
    if filtro:
        filas = [fila for fila in filas if fila["accion"] == filtro]
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("pagina"))
    lugares = dict(request.alcance.territorios().values_list("ubigeo", "nombre"))
    for fila in pagina:
        fila["lugar"] = lugares.get(fila["leida"]["territorio"], "")
    contexto = {
        "importacion": importacion,
        "resumen": importacion.resumen,
        "por_guardar": importacion.resumen["crear"] + importacion.resumen["cambiar"],
        "pagina": pagina,
        "filtro": filtro,
        "seccion": "personas",
    }
    return render(request, "instancias/personal/padron_revisar.html", contexto)


def _decidir(request: HttpRequest, pk: int, acto: Callable[[ImportacionDePadron], object]) -> HttpResponse:
    importacion = _propia(request, pk)
    # A second click finds it decided: the first one counted, and the page says how it ended.
    with suppress(ErrorDeDominio):
        acto(importacion)
    return redirect("instancias:padron_revisar", pk=importacion.pk)


@personal_requerido
@require_POST
def confirmar(request: HttpRequest, pk: int) -> HttpResponse:
    return _decidir(
        request,
        pk,
        lambda i: padron.confirmar(importacion_id=i.pk, alcance=request.alcance, ahora=timezone.now()),
    )


@personal_requerido
@require_POST
def descartar(request: HttpRequest, pk: int) -> HttpResponse:
    return _decidir(request, pk, lambda i: padron.descartar(importacion_id=i.pk, ahora=timezone.now()))
