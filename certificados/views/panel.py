"""Staff: what is pending, what was issued, what was annulled; inside their scope and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificados import codigos, services
from certificados.consultas import documentos
from certificados.consultas.segun_el_registro import diferencia
from certificados.consultas.vuelta import por_que_salta
from certificados.errores import Motivo
from certificados.forms import AnularForm, CorregirForm
from certificados.models import Certificado
from certificados.services import lotes
from instancias import rastro
from instancias.acceso.confirmar import al_enviar, clave_reciente
from instancias.acceso.guardas import personal_requerido
from instancias.models import Trabajo
from instancias.nombres_propios import se_imprime
from instancias.views.trabajos import empezar
from marco.errores import ErrorDeDominio

POR_PAGINA = 50
VISTAS = ("pendientes", "emitidos", "anulados")


def _filtro(request: HttpRequest, origen: Any) -> documentos.Filtro:
    return documentos.Filtro(
        alcance=request.alcance,
        territorio=origen.get("territorio", "")[:6],
        texto=" ".join(origen.get("q", "")[:60].split()),
    )


@require_safe
@personal_requerido
def lista(request: HttpRequest) -> HttpResponse:
    filtro = _filtro(request, request.GET)
    ver = request.GET.get("ver") if request.GET.get("ver") in VISTAS else "emitidos"
    cuentas = documentos.cuentas(filtro)
    paginador = Paginator(_filas(filtro, ver), POR_PAGINA)
    paginador.count = cuentas[ver]
    pagina = paginador.get_page(request.GET.get("pagina"))
    se_ven = [fila.persona_id for fila in pagina]
    if ver == "pendientes":
        for fila in pagina:
            fila.nombre_se_imprime = se_imprime(fila.persona.nombre_completo)
    rastro.se_busco(request, se_ven, texto=filtro.texto) if filtro.texto else rastro.se_vio(request, se_ven)
    consulta = {clave: valor for clave, valor in (("territorio", filtro.territorio), ("q", filtro.texto)) if valor}
    return render(
        request,
        "kuska/certificados/panel.html",
        {
            "seccion": "certificados",
            "ver": ver,
            "cuentas": cuentas,
            "pagina": pagina,
            "territorios": request.alcance.territorios(),
            "filtro": filtro,
            "consulta": urlencode({"ver": ver, **consulta}),
            "filtros": urlencode(consulta),
            "salto": "" if ver == "pendientes" else por_que_salta(pagina),
        },
    )


def _filas(filtro: documentos.Filtro, ver: str) -> Any:
    if ver == "pendientes":
        return (
            documentos.pendientes_del_panel(filtro)
            .select_related("persona", "version", "territorio")
            .order_by("terminada_en", "pk")
        )
    certificados = documentos.del_panel(filtro).select_related("persona", "territorio")
    if ver == "anulados":
        return certificados.exclude(estado=Certificado.Estado.VIGENTE)
    return certificados.vigentes()


@require_safe
@personal_requerido
def detalle(request: HttpRequest, certificado_id: int) -> HttpResponse:
    certificado = _certificado(request, certificado_id)
    return render(
        request,
        "kuska/certificados/detalle.html",
        {
            "seccion": "certificados",
            "certificado": certificado,
            "codigo": codigos.formatear(certificado.codigo_corto),
            "registro": diferencia(certificado),
            "actos": certificado.actos.select_related("por"),
        },
    )


def _certificado(request: HttpRequest, certificado_id: int) -> Certificado:
    """Absent and out of scope give the same answer."""
    certificado = (
        Certificado.objects.bajo(request.alcance.prefijos)
        .select_related("territorio", "reemplazado_por", "reemplaza_a", "persona__absorbida_por")
        .filter(pk=certificado_id)
        .first()
    )
    if certificado is None:
        raise Http404
    rastro.se_vio(request, [certificado.persona_id])
    return certificado


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
@al_enviar
def anular(request: HttpRequest, certificado_id: int) -> HttpResponse:
    certificado = _certificado(request, certificado_id)
    formulario = AnularForm(request.POST if request.method == "POST" else None)
    if formulario.is_valid():
        try:
            services.anular(
                certificado_id=certificado_id,
                motivo=formulario.cleaned_data["motivo"],
                por=request.user,
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            formulario.add_error(None, error.mensaje)
        else:
            messages.success(request, _("Documento anulado. Quien lo verifique ya lo ve así."))
            return redirect("kuska_certificados:detalle", certificado_id=certificado_id)
    return _acto(request, certificado, formulario, titulo=_("Anular documento"), boton=_("Anular"))


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
@al_enviar
def corregir(request: HttpRequest, certificado_id: int) -> HttpResponse:
    certificado = _certificado(request, certificado_id)
    otro = diferencia(certificado)
    inicial = {"nombre": (otro and otro.nombre) or certificado.datos["nombre"]}
    formulario = CorregirForm(request.POST if request.method == "POST" else None, initial=inicial)
    if formulario.is_valid():
        try:
            nuevo = services.reemplazar(
                certificado_id=certificado_id,
                nombre=formulario.cleaned_data["nombre"],
                motivo=formulario.cleaned_data["motivo"],
                por=request.user,
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            formulario.add_error(None, error.mensaje)
        else:
            messages.success(request, _("Listo. El documento nuevo reemplaza al anterior."))
            return redirect("kuska_certificados:detalle", certificado_id=nuevo.pk)
    return _acto(
        request, certificado, formulario, titulo=_("Corregir nombre"), boton=_("Emitir con el nombre corregido")
    )


def _acto(request: HttpRequest, certificado: Certificado, formulario: Any, *, titulo: str, boton: str) -> HttpResponse:
    return render(
        request,
        "kuska/certificados/acto.html",
        {
            "seccion": "certificados",
            "certificado": certificado,
            "persona_del_registro": certificado.persona.absorbida_por_id or certificado.persona_id,
            "form": formulario,
            "titulo_del_acto": titulo,
            "boton": boton,
        },
    )


@require_POST
@personal_requerido(gestiona=True)
@al_enviar
def emitir_de_nuevo(request: HttpRequest, certificado_id: int) -> HttpResponse:
    certificado = _certificado(request, certificado_id)
    try:
        nuevo = services.emitir(
            inscripcion_id=certificado.inscripcion_id, ahora=timezone.now(), por=request.user, tras_anulacion=True
        )
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
        return redirect("kuska_certificados:detalle", certificado_id=certificado_id)
    return redirect("kuska_certificados:detalle", certificado_id=nuevo.pk)


@require_POST
@personal_requerido(gestiona=True)
def emitir(request: HttpRequest) -> HttpResponse:
    """Issue what is pending in the scope: a few at once, many in the background."""
    ahora, filtro = timezone.now(), _filtro(request, request.POST)
    ids = documentos.emitibles(filtro, limite=lotes.DE_UNA_VEZ + 1, ahora=ahora)
    if len(ids) > lotes.DE_UNA_VEZ:
        return _aparte(request, services.pedir_emision_de_varios, filtro, ahora)
    resultado = services.emitir_en_lote(inscripcion_ids=ids, ahora=ahora, por=request.user)
    n = len(resultado.emitidos)
    if n:
        texto = ngettext("Se emitió %(n)s documento.", "Se emitieron %(n)s documentos.", n)
        messages.success(request, texto % {"n": n})
    elif not resultado.rechazos:
        messages.info(request, _("No había documentos listos para emitir."))
    if Motivo.NOMBRE in resultado.rechazos.values():
        messages.error(request, Motivo.NOMBRE.label)
    sin_emitir = sum(1 for motivo in resultado.rechazos.values() if motivo != Motivo.NOMBRE)
    if sin_emitir:
        texto = ngettext(
            "%(n)s no se pudo emitir: falta terminar el curso.",
            "%(n)s no se pudieron emitir: falta terminar el curso.",
            sin_emitir,
        )
        messages.warning(request, texto % {"n": sin_emitir})
    return redirect("kuska_certificados:panel")


def _aparte(request: HttpRequest, pedir: Callable[..., Trabajo], filtro: documentos.Filtro, ahora: Any) -> HttpResponse:
    """Leave it to the background, and lead to where it is followed."""
    suyo = request.alcance.territorios().filter(pk=filtro.territorio).values_list("nombre", flat=True).first()
    lugar = suyo or _("toda su zona")
    try:
        return empezar(pedir(filtro=filtro, por=request.user, lugar=lugar, ahora=ahora))
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
        return redirect("kuska_certificados:panel")


@require_safe
@personal_requerido
@clave_reciente
def descargar_varios(request: HttpRequest) -> HttpResponse:
    """The valid ones of the filter in one file. Many are prepared apart; with none, a sentence."""
    filtro = _filtro(request, request.GET)
    suyos = documentos.del_panel(filtro).con_papel()
    if lotes.es_largo(suyos):
        contexto = {"seccion": "certificados", "filtro": filtro, "total": suyos.count(), "maximo": lotes.MAXIMO}
        return render(request, "kuska/certificados/preparar.html", contexto)
    certificados = list(suyos)
    if not certificados:
        messages.info(request, _("No hay documentos que descargar."))
        return redirect("kuska_certificados:panel")
    rastro.se_saco(request, [certificado.persona_id for certificado in certificados], detalle="documentos")
    return HttpResponse(
        services.empaquetar(certificados=certificados, filtro=filtro, por=request.user),
        headers={
            "Content-Type": "application/zip",
            "Content-Disposition": f'attachment; filename="documentos-{timezone.localdate():%Y-%m-%d}.zip"',
            "Cache-Control": "no-store, private",
        },
    )


@require_POST
@personal_requerido
@clave_reciente
def preparar_varios(request: HttpRequest) -> HttpResponse:
    """Ask for a file of many."""
    return _aparte(request, services.pedir_paquete, _filtro(request, request.POST), timezone.now())
