"""The workbook of the scope."""

from __future__ import annotations

import tempfile
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from instancias import rastro
from instancias.acceso.confirmar import clave_reciente
from instancias.acceso.guardas import personal_requerido

from ..consultas.definiciones import membresias_del
from ..dia import dia_pedido
from ..informes.preparar import Preparado
from ..informes.salida import en_xlsx
from ..services.archivos import LARGO
from ..services.exportar import escribir_avance, nombre_del_archivo
from .comun import ambito_de

TIPO = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EN_MEMORIA = 2 * 1024 * 1024


@require_safe
@personal_requerido
@clave_reciente
def avance(request: HttpRequest) -> HttpResponseBase:
    """Everything the scope reaches, and nothing else. Who took it stays written. The panel says why not."""
    ambito = ambito_de(request)
    if dia_pedido(request.GET.get("al", ""), ambito).problema:
        return redirect(f"{reverse('kuska_seguimiento:panel')}?{request.GET.urlencode()}")
    if membresias_del(ambito).count() > LARGO:
        return redirect(f"{reverse('kuska_seguimiento:avance_largo')}?{request.GET.urlencode()}")
    archivo = tempfile.SpooledTemporaryFile(max_size=EN_MEMORIA)  # noqa: SIM115 (the response closes it)
    personas = escribir_avance(ambito=ambito, archivo=archivo, por=request.user)
    rastro.se_saco(request, personas, detalle="avance")
    return _descarga(archivo, nombre_del_archivo(ambito))


def libro_corto(preparado: Preparado, nombre: str) -> FileResponse:
    """The workbook of a report of few rows."""
    archivo = tempfile.SpooledTemporaryFile(max_size=EN_MEMORIA)  # noqa: SIM115 (the response closes it)
    en_xlsx(preparado, archivo)
    return _descarga(archivo, nombre)


def _descarga(archivo: Any, nombre: str) -> FileResponse:
    archivo.seek(0)
    respuesta = FileResponse(archivo, as_attachment=True, filename=nombre, content_type=TIPO)
    respuesta["Cache-Control"] = "no-store"
    return respuesta
