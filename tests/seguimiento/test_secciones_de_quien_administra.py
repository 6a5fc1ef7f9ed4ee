"""Who administers has the same sections on every page, and a door when their session ended."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
SUYAS = (
    "/panel/estado", "/panel/copias", "/panel/privilegios", "/panel/privilegios/rol", "/panel/datos/conservacion",
    "/panel/datos/incidente",
)  # fmt: skip


def secciones(texto: str) -> list[str]:
    return re.findall(r'k-nav__enlace" href="([^"]+)"', texto)


@pytest.fixture
def oficina(entrar, administradora, territorio):
    return entrar(administradora)


@pytest.mark.parametrize("pagina", SUYAS)
def test_no_page_of_who_administers_leaves_sections_out(oficina, pagina):
    respuesta = oficina.get(pagina)
    assert respuesta.status_code == 200
    assert secciones(respuesta.text) == secciones(oficina.get("/panel/personas").text)


@pytest.mark.parametrize("pagina", SUYAS)
def test_whoever_has_not_signed_in_is_asked_for_it_and_comes_back(visitante, pagina):
    respuesta = visitante.get(pagina)
    assert respuesta.status_code == 302
    assert respuesta.headers["Location"] == f"/entrar?next={quote(pagina)}"
