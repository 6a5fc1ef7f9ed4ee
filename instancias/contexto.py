"""Context of every page: the site's words and the help at hand. No statement once the cache is warm."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .contacto import Centro, centros
from .models import AjustesDelAula
from .sesion import CENTRO

COOKIE_DE_LETRA = "k_letra"
LETRAS = ("grande", "mas-grande")


def aula(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``aula`` (site settings), ``ayuda``, and ``persona`` when the view already knows who it is."""
    persona = getattr(request, "persona", None)
    letra = request.COOKIES.get(COOKIE_DE_LETRA)
    return {
        "aula": AjustesDelAula.actuales(),
        "ayuda": {"cem": _centro(request) if persona else None},
        "persona": persona,
        "letra": letra if letra in LETRAS else "",
        "url_de_inicio": _inicio(request),
    }


def _centro(request: HttpRequest) -> Centro | None:
    """The office noted at sign-in: who it is was asked once, not on every page."""
    centro_id = request.session.get(CENTRO)
    return centros().get(centro_id) if centro_id else None


def _inicio(request: HttpRequest) -> str:
    if getattr(request, "persona", None):
        return settings.LOGIN_REDIRECT_URL
    if getattr(request, "alcance", None):
        return url_del_personal()
    return "/"


def url_del_personal() -> str:
    """Where staff start: the host says it, this room knows no panel."""
    return getattr(settings, "KUSKA_URL_DEL_PERSONAL", "/panel")
