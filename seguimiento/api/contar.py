"""A day of many people that nobody counted is not counted in the request: it is asked for, and the answer says when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from instancias.tasks import pedir_trabajo

from ..consultas.abiertas import Datos
from ..consultas.ambito import Ambito
from ..consultas.coberturas import coberturas
from ..consultas.contadores import FaltaContar
from ..services.dias import pedir_para_un_lector

ESPERA = {"Retry-After": {"schema": {"type": "integer"}, "description": "Segundos."}}
SE_CUENTA: dict[str, Any] = {
    "responses": {
        202: {
            "description": "Nadie había pedido ese día y se está contando (código «se_cuenta»). Pida lo mismo otra vez "
            "después de los segundos que dice «Retry-After». De cada clave se cuenta un día a la vez: el que sigue "
            "espera con 429.",
            "headers": ESPERA,
        },
        503: {
            "description": "Ese día no se puede contar ahora (código «no_se_cuenta»): espere lo que dice "
            "«Retry-After».",
            "headers": ESPERA,
        },
    }
}


def contadas(request: HttpRequest, ambito: Ambito) -> list[Datos]:
    """The coverage of each table. Raises SeCuentaAparte."""
    try:
        return coberturas(ambito)
    except FaltaContar as falta:
        lector = request.auth  # type: ignore[attr-defined]
        trabajo, error = pedir_para_un_lector(ambito=ambito, falta=falta, por=lector.creado_por, ahora=timezone.now())
        if trabajo is not None:
            pedir_trabajo(trabajo.pk)
        raise error from falta
