"""Headers that every answer carries."""

from collections.abc import Callable
from functools import cache
from typing import Any

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.signals import setting_changed
from django.http import HttpRequest, HttpResponse

DE_UNA_RESPUESTA = frozenset(
    f"_csp_{que}{cual}" for que in ("exempt", "config", "update", "replace") for cual in ("", "_ro")
)


class PoliticaDeContenido(CSPMiddleware):
    """The policy of django-csp. That of an answer which changes nothing of it is written once, and not each time."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        propia = getattr(request, "_csp_nonce", None) or not DE_UNA_RESPUESTA.isdisjoint(vars(response))
        if propia or settings.DEBUG or getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None):
            return super().process_response(request, response)
        politica, sin_ella = _la_de_siempre()
        if politica and HEADER not in response and not request.path_info.startswith(sin_ella):
            response[HEADER] = politica
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]
        return response


@cache
def _la_de_siempre() -> tuple[str, tuple[str, ...]]:
    """The policy of the settings, and where it is not said."""
    dicha = getattr(settings, "CONTENT_SECURITY_POLICY", None) or {}
    return build_policy(), tuple(dicha.get("EXCLUDE_URL_PREFIXES") or ())


def _olvidar(**_que: Any) -> None:
    _la_de_siempre.cache_clear()


setting_changed.connect(_olvidar)


class CabecerasDeSeguridad:
    """Close what a page does not need; keep personal pages out of caches; give the admin its own policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
        if request.path.startswith("/admin"):
            response.setdefault("Content-Security-Policy", settings.CSP_DEL_EDITOR)
        # Only when the view already asked who this is: public pages pay no statement for it.
        usuario = getattr(request, "_cached_user", None)
        if "Cache-Control" not in response and usuario is not None and usuario.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response
