"""An address that only a button opens, opened otherwise: a page of ours instead of the browser's dead one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string


class PaginaDeMetodo:
    """Fill in the empty 405 of Django where a person would read it; status and headers stay. Goes last."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        vacia = isinstance(response, HttpResponseNotAllowed) and not response.content
        if vacia and request.accepts("text/html"):
            response.content = render_to_string("405.html", request=request)
        return response
