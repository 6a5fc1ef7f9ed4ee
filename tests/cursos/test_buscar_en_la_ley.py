"""Who writes finds a norm, an article or a word without accents, and reads them as Spanish orders them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cursos.consultas import glosario
from cursos.models import Articulo, Norma, Termino
from tests.cursos.factories import crear_articulo, crear_termino
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def cliente(entrar, administradora):
    return entrar(administradora)


def test_a_word_of_the_glossary_in_the_admin(cliente):
    for termino in ("víctima", "Ñato", "nube", "órgano", "oficio"):
        crear_termino(termino, definicion="Dice algo.")
    lista = reverse(Termino.snippet_viewset.get_url_name("list"))
    todas = cliente.get(lista).content.decode()
    lugares = [
        todas.index(f">\n                {uno}") if f">\n                {uno}" in todas else todas.index(uno)
        for uno in ("nube", "Ñato", "oficio", "órgano", "víctima")
    ]
    assert lugares == sorted(lugares)
    assert "víctima" in cliente.get(lista, {"q": "victima"}).content.decode()
    assert "víctima" not in cliente.get(lista, {"q": "organo"}).content.decode()


def test_a_norm_and_an_article_in_the_admin(cliente):
    articulo = crear_articulo()
    Norma.objects.filter(pk=articulo.norma_id).update(titulo="Para prevenir la agresión")
    articulo.titulo = "Medidas de protección"
    articulo.save()
    normas = reverse(Norma.snippet_viewset.get_url_name("list"))
    articulos = reverse(Articulo.snippet_viewset.get_url_name("list"))
    assert "agresión" in cliente.get(normas, {"q": "agresion ley"}).content.decode()
    assert "Medidas de protección" in cliente.get(articulos, {"q": "proteccion medidas"}).content.decode()


@pytest.mark.parametrize("q", ["proteccion", "PROTECCIÓN", "proteccion 30364", "medidas 16"])
def test_the_picker_of_articles(cliente, q):
    articulo = crear_articulo()
    articulo.titulo = "Medidas de protección"
    articulo.save()
    respuesta = cliente.get(reverse("wagtailsnippetchoosers_kuska_cursos_articulo:choose_results"), {"q": q})
    assert "Medidas de protección" in respuesta.content.decode()


@pytest.mark.parametrize("pedido", ["niña", "nina", "NIÑA", "nin\u0303a"])
def test_the_glossary_finds_with_n_and_with_enie(pedido):
    crear_termino("niña, niño")
    crear_termino("nota")
    assert [una.termino for una in glosario.buscar(glosario.glosario(), pedido)] == ["niña, niño"]


def test_signs_alone_find_no_word():
    crear_termino("nota")
    assert glosario.buscar(glosario.glosario(), "%") == ()
