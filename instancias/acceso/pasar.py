"""A second step, read from the form of a page: at the door, and where the key is asked again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula

from . import conocidos, credenciales
from .forms import SegundoPasoForm
from .ip import ip_de
from .services import factores

RETO = "k_reto"


def sitio_de(request: HttpRequest) -> credenciales.Sitio:
    return credenciales.sitio_de(request, AjustesDelAula.actuales().nombre_del_espacio)


def paso_el_segundo(request: HttpRequest, formulario: SegundoPasoForm) -> bool:
    """Whether the form, already valid, brings it. Otherwise the form says what was wrong."""
    datos = formulario.cleaned_data
    comun: dict[str, Any] = {
        "cuenta": request.user,
        "ip": ip_de(request),
        "equipo": conocidos.equipo_de(request),
        "ahora": timezone.now(),
    }
    try:
        if datos["k_firma"]:
            # The challenge is used once, whatever comes of it.
            estado = request.session.pop(RETO, None)
            factores.comprobar_equipo(sitio=sitio_de(request), estado=estado, respuesta=datos["k_firma"], **comun)
        else:
            factores.comprobar_codigo(codigo=datos["k_codigo"], **comun)
    except ErrorDeDominio as error:
        formulario.add_error("k_codigo", error.mensaje)
        return False
    return True
