"""A member's own certificates."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificados import codigos, services
from certificados.consultas import documentos
from certificados.models import Certificado
from cursos.consultas.logros import logros_de
from cursos.views import ahorra
from evaluaciones.consultas.aprendido import de_la_entrada_y_la_final, lo_aprendido_de
from instancias.acceso.autenticacion import persona_de
from instancias.acceso.guardas import integrante_requerido, pedir_entrada
from instancias.contacto import enlace_de_whatsapp
from instancias.politica import alcance_de

INERTE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store, private",
}


@require_safe
@integrante_requerido
def mis_certificados(request: HttpRequest) -> HttpResponse:
    hoy = timezone.localdate()
    propios = (
        documentos.con_sus_ediciones(documentos.propios(persona=request.persona), persona=request.persona, hoy=hoy)
        .annotate(**de_la_entrada_y_la_final("inscripcion"))
        .select_related("curso", "edicion", "reemplaza_a")
    )
    suyos = list(propios)
    tarjetas = [_tarjeta(request, certificado, suyos) for certificado in suyos]
    contexto = {"tarjetas": tarjetas, "por_emitir": documentos.en_camino(persona=request.persona, ahora=timezone.now())}
    if not tarjetas and not contexto["por_emitir"]:
        contexto["ya_terminaron"] = documentos.se_quedo_sin_terminar(persona=request.persona, hoy=hoy)
    return render(request, "kuska/certificados/mis_certificados.html", contexto)


def _tarjeta(request: HttpRequest, certificado: Certificado, suyos: list[Certificado]) -> dict[str, object]:
    directa = request.build_absolute_uri(reverse("kuska_certificados:verificar", args=[certificado.codigo_largo]))
    vale = Certificado.Estado.VIGENTE
    return {
        "certificado": certificado,
        "codigo": codigos.formatear(certificado.codigo_corto),
        "kb": max(1, round((certificado.pdf_bytes or 0) / 1024)) if certificado.pdf else None,
        "directa": directa,
        "aprendido": lo_aprendido_de(certificado),
        "logros": logros_de(certificado.curso)[::-1],
        "con_imagen": not ahorra(request),
        "whatsapp": enlace_de_whatsapp(
            texto=_("Le comparto mi documento. Puede verificarlo aquí: %(enlace)s") % {"enlace": directa}
        ),
        # Two editions of a course give two papers that say the same.
        "edicion": certificado.edicion.nombre
        if len({uno.edicion_id for uno in suyos if uno.curso_id == certificado.curso_id}) > 1
        else "",
        "hay_otro": any(uno.inscripcion_id == certificado.inscripcion_id and uno.estado == vale for uno in suyos),
    }


@require_safe
def descargar(request: HttpRequest, certificado_id: int) -> HttpResponse:
    """The PDF, for its owner or for staff of its zone. Composed now if the kept file is not there yet."""
    if not request.user.is_authenticated:
        return pedir_entrada(request)
    certificado = Certificado.objects.con_papel().select_related("persona").filter(pk=certificado_id).first()
    if certificado is None or not _es_suyo(request, certificado):
        raise Http404
    return respuesta_pdf(services.componer(certificado), nombre=f"documento-{certificado.registro}.pdf")


@require_safe
@integrante_requerido
def imagen(request: HttpRequest, certificado_id: int) -> HttpResponse:
    """The valid paper as a picture, for its owner: seen before it is downloaded, and with few bytes."""
    suyos = documentos.propios(persona=request.persona).filter(estado=Certificado.Estado.VIGENTE)
    certificado = suyos.con_papel().filter(pk=certificado_id).first()
    if certificado is None:
        raise Http404
    try:
        dibujo = services.dibujar(certificado)
    except services.NoSePudoComponer as error:
        raise Http404 from error
    return HttpResponse(dibujo, headers={**INERTE, "Content-Type": "image/png"})


def _es_suyo(request: HttpRequest, certificado: Certificado) -> bool:
    persona = persona_de(request.user)
    if persona is not None and persona.pk in (certificado.persona_id, certificado.persona.absorbida_por_id):
        return True
    return alcance_de(request.user, hoy=timezone.localdate()).cubre(certificado.territorio_id)


def respuesta_pdf(contenido: bytes, *, nombre: str) -> HttpResponse:
    """An inert download: right type, its own closed policy, never kept by caches."""
    disposicion = {"Content-Disposition": f'attachment; filename="{nombre}"'}
    return HttpResponse(contenido, headers={**INERTE, **disposicion, "Content-Type": "application/pdf"})
