"""The message that carries a personal link, from the text of the site's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from marco.models import AjustesDelAula

if TYPE_CHECKING:
    from ..models import Persona
    from .services.enlaces import EnlaceCreado


class _Textos(dict):
    """Values of an editable message; a name that nobody knows stays as it was written."""

    def __missing__(self, clave: str) -> str:
        return "{" + clave + "}"


def direccion_de(creado: EnlaceCreado) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("kuska_instancias:enlace", args=[creado.token])


def mensaje_con_enlace(*, persona: Persona, creado: EnlaceCreado, firmado: str) -> str:
    return AjustesDelAula.actuales().mensaje_enlace.format_map(
        _Textos(
            nombre=persona.nombres.split()[0] if persona.nombres.strip() else "",
            enlace=direccion_de(creado),
            facilitadora=firmado,
            vence=date_format(creado.ultimo_dia, "j \\d\\e F"),
        )
    )
