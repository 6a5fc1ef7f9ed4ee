"""Actas and closings: the list, a new acta, what each one says, and its files."""

from __future__ import annotations

from django.contrib import messages as avisos
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificados import codigos
from certificados.models import DocumentoDeCifras
from certificados.services import anular_cifras, componer
from certificados.views.propios import respuesta_pdf
from instancias import rastro
from instancias.acceso.confirmar import al_enviar, pedir_clave
from instancias.acceso.guardas import personal_requerido
from instancias.views.trabajos import empezar
from marco.errores import ErrorDeDominio
from marco.numeros import MAYOR

from .. import papel
from ..consultas.documentos import documento_de, documentos_de, nombradas
from ..forms import ActaForm, AnularDocumentoForm
from ..services.actas import hacer_acta
from ..services.papeles_largos import es_largo, pedir_acta
from .comun import base, lugares_para_elegir, nombre_del_ambito, pagina_de, un_lugar
from .exportar import TIPO as TIPO_XLSX

Clase = DocumentoDeCifras.Clase


@require_safe
@personal_requerido
def lista(request: HttpRequest) -> HttpResponse:
    clase = request.GET.get("ver", "")
    if clase not in {"", *Clase.values}:
        raise Http404
    contexto = {
        "seccion": "actas",
        "clase": clase,
        "clases": Clase.choices,
        "pagina": pagina_de(request, documentos_de(request.alcance, clase=clase)),
        "consulta": f"ver={clase}" if clase else "",
    }
    return render(request, "kuska/seguimiento/actas.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
def nueva(request: HttpRequest) -> HttpResponse:
    """One button: what the form adds is optional."""
    ambito = un_lugar(request)
    formulario = ActaForm(request.POST if request.method == "POST" else None, hoy=ambito.hoy)
    if formulario.is_valid():
        try:
            if es_largo(ambito, request.alcance):
                lugar, pedido = nombre_del_ambito(ambito), formulario.pedido()
                return empezar(
                    pedir_acta(ambito=ambito, pedido=pedido, alcance=request.alcance, por=request.user, lugar=lugar)
                )
            documento, _nueva = hacer_acta(ambito=ambito, pedido=formulario.pedido(), por=request.user)
        except ErrorDeDominio as error:
            formulario.add_error(None, error.mensaje)
        else:
            avisos.success(request, _("Acta hecha. Quedó guardada como está: puede descargarla cuando quiera."))
            return redirect("kuska_seguimiento:documento", pk=documento.pk)
    contexto = {
        **base(request, ambito, seccion="actas"),
        "form": formulario,
        **lugares_para_elegir(request, ambito),
    }
    return render(request, "kuska/seguimiento/acta_nueva.html", contexto)


def documento_o_404(request: HttpRequest, pk: int) -> DocumentoDeCifras:
    documento = documento_de(request.alcance, pk) if pk <= MAYOR else None
    if documento is None:
        raise Http404
    return documento


@require_safe
@personal_requerido
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    documento = documento_o_404(request, pk)
    personas, escritas = nombradas(documento)
    rastro.se_vio(request, personas, sin_numero=escritas)
    contexto = {
        "seccion": "actas",
        "documento": documento,
        "papel": documento.datos["papel"],
        "secciones": papel.en_pantalla(documento.datos["papel"]["secciones"]),
        "codigo": codigos.formatear(documento.codigo_corto),
        "verificacion": reverse("kuska_certificados:verificar", args=[documento.codigo_largo]),
    }
    return render(request, "kuska/seguimiento/documento.html", contexto)


@require_safe
@personal_requerido
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    documento = documento_o_404(request, pk)
    return _antes_de_salir(request, documento) or respuesta_pdf(componer(documento), nombre=nombre_de(documento, "pdf"))


@require_safe
@personal_requerido
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    documento = documento_o_404(request, pk)
    if antes := _antes_de_salir(request, documento):
        return antes
    from .. import libro_de_cifras  # five megabytes of openpyxl, for who asks for this file

    return archivo(libro_de_cifras.escribir(documento), nombre=nombre_de(documento, "xlsx"), tipo=TIPO_XLSX)


def _antes_de_salir(request: HttpRequest, documento: DocumentoDeCifras) -> HttpResponse | None:
    """Of a document that names people and leaves the site as a file: as of any list of people, the key is asked for
    again, and it stays written who took it. None where it may leave."""
    personas, escritas = nombradas(documento)
    if not personas and not escritas:
        return None
    pide = pedir_clave(request)
    if pide is None:
        rastro.se_saco(request, personas, sin_numero=escritas, detalle=documento.clase)
    return pide


def nombre_de(documento: DocumentoDeCifras, extension: str) -> str:
    """A neutral name: somebody else may see it."""
    return f"{documento.clase}-{documento.registro}.{extension}"


def archivo(contenido: bytes, *, nombre: str, tipo: str) -> HttpResponse:
    return HttpResponse(
        contenido,
        headers={
            "Content-Type": tipo,
            "Content-Disposition": f'attachment; filename="{nombre}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
@al_enviar
def anular(request: HttpRequest, pk: int) -> HttpResponse:
    documento = documento_o_404(request, pk)
    formulario = AnularDocumentoForm(request.POST if request.method == "POST" else None)
    if formulario.is_valid():
        try:
            motivo = formulario.cleaned_data["motivo"]
            anular_cifras(documento_id=documento.pk, motivo=motivo, por=request.user, ahora=timezone.now())
        except ErrorDeDominio as error:
            formulario.add_error(None, error.mensaje)
        else:
            avisos.success(request, _("Documento anulado. Quien lo verifique ya lo ve así."))
            return redirect("kuska_seguimiento:documento", pk=documento.pk)
    contexto = {"seccion": "actas", "documento": documento, "form": formulario}
    return render(request, "kuska/seguimiento/documento_anular.html", contexto)
