"""The review of a list as a bench: look at it, mend its rows, save what is good, come back for the rest."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from marco.errores import ErrorDeDominio
from marco.libro_largo import LibroLargo, PlanillaLarga
from marco.numeros import con_miles, entero_de

from .. import padron, rastro
from ..acceso.confirmar import clave_reciente
from ..acceso.guardas import personal_requerido
from ..models import FilaDePadron, ImportacionDePadron, TipoDeAsiento
from ..padron.deshacer.consecuencia import se_puede_deshacer
from ..padron.lectura.omitidas import filas_omitidas
from ..padron.planes.renglones import es_larga
from ..padron.revision import banco, completas, mostrar
from ..padron.revision.preguntas import por_aclarar
from ..padron.trabajo import trabajo
from ..tasks import pedir_lista

POR_PAGINA = 100
CELDA = "c-"  # before the name of each cell that a form sends
FILTROS = (*mostrar.ACCIONES, mostrar.DEJADAS)
ANCHO = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def de_su_ambito(request: HttpRequest, pk: int) -> ImportacionDePadron:
    """A list is of a scope: nobody who does not cover all of it sees a row of it."""
    importacion = get_object_or_404(ImportacionDePadron.objects.select_related("subida_por"), pk=pk)
    if not banco.es_de_su_ambito(importacion, request.alcance):
        raise Http404
    return importacion


def pedir_si_falta(importacion: ImportacionDePadron) -> None:
    """Begin the background work that an act left for a list."""
    importacion.refresh_from_db(fields=["fase"])
    if importacion.fase:
        pedir_lista(importacion.pk)


def _en_curso(request: HttpRequest) -> dict[str, str]:
    """Where in the list somebody is: filters and page, as they travel in the address or in a form."""
    datos = request.POST if request.method == "POST" else request.GET
    ver, motivo, pagina = datos.get("ver", ""), datos.get("motivo", "")[:80], datos.get("pagina", "")
    lugar = {"ver": ver if ver in FILTROS else "", "motivo": motivo, "pagina": pagina if entero_de(pagina) else ""}
    return {nombre: valor for nombre, valor in lugar.items() if valor}


def _de_vuelta(request: HttpRequest, importacion: ImportacionDePadron, *, fila: int | None = None) -> HttpResponse:
    url = reverse("kuska_instancias:padron_revisar", args=[importacion.pk])
    lugar = _en_curso(request)
    return redirect(f"{url}{'?' + urlencode(lugar) if lugar else ''}{f'#fila-{fila}' if fila else ''}")


@personal_requerido
@require_safe
def revisar(request: HttpRequest, pk: int) -> HttpResponse:
    importacion = de_su_ambito(request, pk)
    contexto: dict[str, Any] = {"importacion": importacion, "seccion": "personas", "resumen": importacion.resumen}
    if importacion.vencio(timezone.now()):
        return render(request, "kuska/instancias/personal/padron_cerrada.html", {**contexto, "vencida": True})
    if importacion.fase:
        return _trabajando(request, importacion, contexto)
    if importacion.estado == ImportacionDePadron.Estado.POR_ORDENAR:
        return redirect("kuska_instancias:padron_columnas", pk=importacion.pk)
    if importacion.estado != ImportacionDePadron.Estado.POR_REVISAR:
        quedan = importacion.resumen.get("deshecho", {}).get("quedan", [])
        nombres = request.alcance.personas().in_bulk([numero for numero, _motivo in quedan])
        rastro.se_vio(request, nombres)
        contexto |= {
            "deshecho": importacion.resumen.get("deshecho"),
            "quedan": [(nombres[numero], motivo) for numero, motivo in quedan if numero in nombres],
            "se_puede_deshacer": se_puede_deshacer(importacion),
        }
        return render(request, "kuska/instancias/personal/padron_cerrada.html", contexto)
    lugar = _en_curso(request)
    cuentas = mostrar.contar(importacion)
    filas = mostrar.filtrar(importacion, ver=lugar.get("ver", ""), motivo=lugar.get("motivo", ""))
    pagina = Paginator(filas, POR_PAGINA).get_page(lugar.get("pagina"))
    renglones = mostrar.renglones(
        pagina,
        lugares=dict(request.alcance.territorios().values_list("ubigeo", "nombre")),
        tipos=dict(TipoDeAsiento.objects.values_list("codigo", "corto")),
        abierta=entero_de(request.GET.get("fila", "")),
    )
    de_la_pagina = [una.persona for una in pagina]
    rastro.se_vio(request, de_la_pagina, sin_numero=de_la_pagina.count(None))
    contexto |= {
        "de_una_vez": [una for una in pagina if banco.propuesta_unica(una, lugar.get("motivo", ""))],
        "preguntas": por_aclarar(importacion, request.alcance),
        "cuentas": cuentas,
        "omitidas": filas_omitidas(importacion.leido),
        "columnas_ignoradas": importacion.resumen.get("columnas_ignoradas"),
        "pagina": pagina,
        "renglones": renglones,
        "lugares": completas.lugares_de(importacion),
        "lugar": lugar,
        "consulta": urlencode({nombre: valor for nombre, valor in lugar.items() if nombre != "pagina"}),
        "aqui": urlencode(lugar),
    }
    return render(request, "kuska/instancias/personal/padron_revisar.html", contexto)


def _trabajando(request: HttpRequest, importacion: ImportacionDePadron, contexto: dict[str, Any]) -> HttpResponse:
    """How far the work on a long list is."""
    guardadas = importacion.filas.filter(estado=FilaDePadron.Estado.GUARDADA).count()
    contexto |= {
        "avance": {"hechas": con_miles(importacion.hechas), "total": con_miles(importacion.total)},
        "sin_nadie": trabajo.sin_nadie(importacion, timezone.now()),
        "guardadas": con_miles(guardadas) if guardadas else "",
    }
    respuesta = render(request, "kuska/instancias/personal/padron_trabajo.html", contexto)
    respuesta["Cache-Control"] = "no-store"
    return respuesta


@personal_requerido
@require_POST
def fila(request: HttpRequest, pk: int, fila_pk: int) -> HttpResponse:
    """Mend a row: other cells, a warning accepted, left out or taken back."""
    importacion = de_su_ambito(request, pk)
    cual = get_object_or_404(importacion.filas, pk=fila_pk)
    version = entero_de(request.POST.get("version", ""))
    datos = {
        "importacion_id": importacion.pk,
        "fila_id": cual.pk,
        "version": -1 if version is None else version,
        "alcance": request.alcance,
        "ahora": timezone.now(),
    }
    try:
        hecha = _segun_lo_pedido(request, cual, datos)
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    else:
        messages.success(request, _como_quedo(hecha))
    return _de_vuelta(request, importacion, fila=cual.pk)


def _segun_lo_pedido(request: HttpRequest, cual: FilaDePadron, datos: dict[str, Any]) -> FilaDePadron:
    if "dejar" in request.POST or "retomar" in request.POST:
        return banco.dejar_fila(fuera="dejar" in request.POST, **datos)
    if codigo := request.POST.get("aceptar"):
        return banco.aceptar_aviso(codigo=codigo, **datos)
    if "intercambiar" in request.POST:
        nombres, apellidos = cual.cruda.get("nombres", ""), cual.cruda.get("apellidos", "")
        return banco.corregir_fila(valores={"nombres": apellidos, "apellidos": nombres}, **datos)
    valores = {n.removeprefix(CELDA): v for n, v in request.POST.items() if n.startswith(CELDA) and isinstance(v, str)}
    campo, igual, valor = request.POST.get("poner", "").partition("=")
    if igual:
        valores[campo] = valor
    return banco.corregir_fila(valores=valores, **datos)


def _como_quedo(fila: FilaDePadron) -> str:
    if fila.estado == FilaDePadron.Estado.DEJADA:
        frase = _("La fila %(fila)d queda fuera de la lista.")
    elif fila.accion == FilaDePadron.Accion.RECHAZAR:
        frase = _("La fila %(fila)d cambió, pero todavía tiene un problema.")
    else:
        frase = _("La fila %(fila)d ya se puede guardar.")
    return frase % {"fila": fila.fila}


@personal_requerido
@require_safe
@clave_reciente
def con_problema(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that are not saved, as a sheet, each with its reason: for whoever has to ask somebody else."""
    importacion = de_su_ambito(request, pk)
    if importacion.vencio(timezone.now()):
        raise Http404
    titulos, filas = mostrar.hoja_de_problemas(importacion)
    filas = list(filas)
    rastro.se_saco(request, [], sin_numero=len(filas), detalle="por resolver")
    salida = io.BytesIO()
    with LibroLargo() as libro:
        pagina = PlanillaLarga(libro, _("Por resolver"), [(titulo, ANCHO) for titulo in titulos])
        for valores in filas:
            pagina.agregar(valores)
        libro.guardar(salida)
    return HttpResponse(
        salida.getvalue(),
        content_type=XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="por-resolver-{importacion.pk}.xlsx"',
            "Cache-Control": "no-store",
        },
    )


@personal_requerido
@require_POST
def declarar_relevo(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the list changes authorities: who is on the seat ends the day before."""
    importacion = de_su_ambito(request, pk)
    releva = "releva" in request.POST
    try:
        banco.declarar_relevo(
            importacion_id=importacion.pk,
            releva=releva,
            alcance=request.alcance,
            ahora=timezone.now(),
            por=request.user,
        )
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    else:
        pedir_si_falta(importacion)
    return redirect("kuska_instancias:padron_revisar", pk=importacion.pk)


@personal_requerido
@require_POST
def confirmar(request: HttpRequest, pk: int) -> HttpResponse:
    importacion = de_su_ambito(request, pk)
    datos: dict[str, Any] = {"importacion_id": pk, "alcance": request.alcance, "por": request.user}
    try:
        if es_larga(importacion):
            trabajo.pedir_guardar(**datos, ahora=timezone.now())
            pedir_lista(pk)
            return redirect("kuska_instancias:padron_revisar", pk=pk)
        hecho = padron.confirmar(**datos, ahora=timezone.now())
    except ErrorDeDominio:
        # A second click finds it decided: the first one counted, and the page says how it ended.
        return redirect("kuska_instancias:padron_revisar", pk=importacion.pk)
    guardadas, quedan = hecho["crear"] + hecho["cambiar"] + hecho.get("relevar", 0), hecho["rechazar"]
    if quedan:
        una, varias = "La lista se guardó en parte: %(n)d fila.", "La lista se guardó en parte: %(n)d filas."
        frase = ngettext(una, varias, guardadas)
        resto = ngettext("Queda %(n)d por resolver.", "Quedan %(n)d por resolver.", quedan)
        if guardadas:
            messages.success(request, f"{frase % {'n': guardadas}} {resto % {'n': quedan}}")
        else:
            messages.warning(request, f"{_('No había filas listas para guardar.')} {resto % {'n': quedan}}")
    return redirect("kuska_instancias:padron_revisar", pk=importacion.pk)


@personal_requerido
@require_POST
def descartar(request: HttpRequest, pk: int) -> HttpResponse:
    importacion = de_su_ambito(request, pk)
    try:
        padron.descartar(importacion_id=importacion.pk, ahora=timezone.now())
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    return redirect("kuska_instancias:padron_revisar", pk=importacion.pk)
