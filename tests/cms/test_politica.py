"""The policy of an answer that changes nothing of it is that of django-csp, to the letter, without writing it again."""

from __future__ import annotations

from typing import Any

import pytest
from csp.constants import HEADER, HEADER_REPORT_ONLY, SELF
from csp.decorators import csp_exempt, csp_update
from csp.exceptions import CSPNonceError
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cms.middleware import PoliticaDeContenido

pytestmark = pytest.mark.un_motor


def sencilla(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("hola")


def con_su_palabra(request: Any) -> HttpResponse:
    return HttpResponse(str(request.csp_nonce))


def con_la_suya(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("hola", headers={HEADER: "default-src 'none'"})


def partes(respuesta: HttpResponse, cual: str = HEADER) -> set[str]:
    return {una.strip() for una in respuesta.get(cual, "").split(";")}


@pytest.mark.parametrize(
    "vista",
    [sencilla, con_la_suya, csp_exempt()(sencilla), csp_update({"img-src": ["https://mapas.example"]})(sencilla)],
)
@pytest.mark.parametrize("ruta", ["/inicio", "/admin/pages/"])
def test_the_headers_are_those_of_the_library(vista, ruta):
    pedido = RequestFactory().get(ruta)
    de_siempre, nuestra = CSPMiddleware(vista)(pedido), PoliticaDeContenido(vista)(RequestFactory().get(ruta))
    assert partes(nuestra) == partes(de_siempre)
    assert (HEADER in nuestra, HEADER_REPORT_ONLY in nuestra) == (
        HEADER in de_siempre,
        HEADER_REPORT_ONLY in de_siempre,
    )


def test_a_page_that_uses_its_word_has_it_in_its_policy():
    respuesta = PoliticaDeContenido(con_su_palabra)(RequestFactory().get("/inicio"))
    assert f"'nonce-{respuesta.content.decode()}'" in respuesta[HEADER]


def test_a_word_that_is_asked_for_too_late_is_refused():
    pedido: Any = RequestFactory().get("/inicio")
    PoliticaDeContenido(sencilla)(pedido)
    with pytest.raises(CSPNonceError):
        str(pedido.csp_nonce)


def test_another_policy_in_the_settings_is_said_at_once(settings):
    antes = PoliticaDeContenido(sencilla)(RequestFactory().get("/inicio"))[HEADER]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": [SELF]}}
    assert PoliticaDeContenido(sencilla)(RequestFactory().get("/inicio"))[HEADER] == "default-src 'self'" != antes
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = {"DIRECTIVES": {"default-src": [SELF]}}
    assert HEADER_REPORT_ONLY in PoliticaDeContenido(sencilla)(RequestFactory().get("/inicio"))
