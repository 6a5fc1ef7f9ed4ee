"""Context of every page: the site's words and the help at hand. No statement once the cache is warm."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail import hooks

from .contrato import valor
from .models import AjustesDelAula
from .solo_lectura import frase, por_que

COOKIE_DE_LETRA = "k_letra"
LETRAS = ("grande", "mas-grande")


def aula(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``aula`` (site settings), ``ayuda``, and ``persona`` when the view already knows who it is.

    ``celular`` says whose this phone is (``marcas``) and whether it may keep pages (``guarda``).
    ``solo_lectura`` is the sentence that every page says while nothing is kept; empty otherwise.
    """
    persona = getattr(request, "persona", None)
    letra = request.COOKIES.get(COOKIE_DE_LETRA)
    return {
        "aula": AjustesDelAula.actuales(),
        "ayuda": {"oficina": oficina_de(request) if persona else None},
        "persona": persona,
        "celular": getattr(request, "celular", None),
        "letra": letra if letra in LETRAS else "",
        "url_de_inicio": _inicio(request),
        "solo_lectura": frase(por_que()),
    }


def oficina_de(request: HttpRequest) -> Any:
    """The office that a room above offers to this person, with its ``nombre`` and its ``contacto``, if any does."""
    if not hasattr(request, "oficina_a_la_mano"):
        ofrecidas = (ofrece(request) for ofrece in hooks.get_hooks("oficina_a_la_mano"))
        request.oficina_a_la_mano = next((una for una in ofrecidas if una), None)  # type: ignore[attr-defined]
    return request.oficina_a_la_mano  # type: ignore[attr-defined]


def _inicio(request: HttpRequest) -> str:
    if getattr(request, "persona", None):
        return settings.LOGIN_REDIRECT_URL
    if getattr(request, "alcance", None):
        return url_del_personal()
    return "/"


def url_del_personal() -> str:
    """Where staff start: the host says it, this room knows no panel."""
    return valor("KUSKA_URL_DEL_PERSONAL")
