"""The copy that a person reads of all that is kept of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certificados.pdf.copia import Seccion as Impresa
from certificados.pdf.copia import componer_copia
from instancias.acceso.guardas import integrante_requerido
from instancias.acceso.services.cuenta import anotar_copia
from instancias.consultas.copia import Seccion, copia_de, legible
from marco.models import AjustesDelAula

from .propios import respuesta_pdf


@require_POST
@integrante_requerido
def copia_en_pdf(request: HttpRequest) -> HttpResponse:
    """Asked by POST: it leaves a trace."""
    ajustes, ahora = AjustesDelAula.actuales(), timezone.now()
    frase = _("Esto es todo lo que el sistema guarda de usted al %(momento)s.")
    contenido = componer_copia(
        entidad=ajustes.entidad or ajustes.nombre_del_espacio,
        parrafos=[frase % {"momento": date_format(timezone.localtime(ahora), "DATETIME_FORMAT")}],
        secciones=[_impresa(seccion) for seccion in copia_de(request.persona)],
        fecha=timezone.localdate(ahora),
    )
    anotar_copia(persona=request.persona, formato="pdf")
    return respuesta_pdf(contenido, nombre="mis-datos.pdf")


def _impresa(seccion: Seccion) -> Impresa:
    """Rows without what is empty; and what the details are for, said once."""
    usos = dict.fromkeys(seccion.usos.values())
    frase = _("Para qué: %(fin)s. Base: %(base)s. Se guarda: %(plazo)s. Lo ve: %(ven)s.")
    para = [frase % {"fin": u.fin, "base": u.base, "plazo": u.plazo, "ven": u.ven} for u in usos]
    filas = [
        [(seccion.campos[nombre], legible(valor)) for nombre, valor in fila.items() if valor not in ("", None, [], {})]
        for fila in seccion.filas
    ]
    return seccion.titulo, para if filas else [_("No hay nada guardado.")], filas
