"""Headers that every answer carries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


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
