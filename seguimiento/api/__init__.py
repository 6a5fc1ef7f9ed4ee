"""The figures for other systems: read only, version 1. Loaded with the first request for it (``views.api``).

Nothing here names a person, and nothing is counted here: every number comes from the questions of the panel.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from ninja import NinjaAPI

from .clave import ConSuClave
from .errores import contestar_errores
from .rutas import rutas

VERSION = "1.0.0"

api = NinjaAPI(
    title=_("Cifras de la capacitación"),
    version=VERSION,
    description=_(
        "Solo lectura. Cada pedido lleva su clave de lectura: «Authorization: Bearer kuska_…». La clave alcanza un "
        "territorio y tiene un último día. Las cifras son las del panel en el día que dice «al», y ninguna respuesta "
        "nombra personas. Hasta 60 pedidos por minuto; después, 429 con «Retry-After». "
        "Otro día de muchas personas que nadie había pedido se cuenta aparte: 202 con «Retry-After», y después 200."
    ),
    urls_namespace="kuska_api",
    openapi_url=None,
    docs_url=None,
    auth=ConSuClave(),
)
contestar_errores(api)
api.add_router("", rutas)
