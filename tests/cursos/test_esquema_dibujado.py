"""The outline of the page of a course is drawn once for all who stand in it the same way, and is always right."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from cursos.consultas import dibujo
from cursos.models import Edicion, Leccion, Modulo
from cursos.services.avance import terminar_unidad
from instancias.models import TipoDeAsiento
from tests import gente
from tests.cursos.factories import Programa, crear_leccion, crear_modulo, publicar
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
def dibujados(monkeypatch) -> list[str]:
    """Titles of the modules that were drawn, and not taken from the cache."""
    de_verdad, titulos = dibujo.render_to_string, []

    def dibujar(plantilla, contexto):
        titulos.append(contexto["modulo"].titulo)
        return de_verdad(plantilla, contexto)

    monkeypatch.setattr(dibujo, "render_to_string", dibujar)
    return titulos


@pytest.fixture
@hecho_una_vez
def tres(territorio):
    """Three modules of two lessons, open to the province."""
    return Programa(modulos=3, lecciones=2)


def ver(cliente, programa) -> str:
    respuesta = cliente.get(f"/c/{programa.curso.numero}")
    assert respuesta.status_code == 200
    return re.sub(r"<footer.*", "", re.sub(r"\s+", " ", respuesta.text))


def test_each_module_is_drawn_once_for_whoever_stands_in_it_the_same_way(
    tres, integrante, integrante_de_b, entrar, dibujados
):
    tres.inscribir(integrante_de_b)
    inscripcion = tres.inscribir(integrante)
    una, otra = entrar(integrante), entrar(integrante_de_b)
    assert ver(una, tres) and len(dibujados) == 3
    ver(otra, tres)
    assert len(dibujados) == 3

    dibujados.clear()
    una.post(f"/c/{tres.curso.numero}/1/1")
    visto = ver(una, tres)
    assert "En curso" in visto and f'href="/c/{tres.curso.numero}/1/2"' in visto
    assert dibujados == ["Módulo 1"]
    assert "En curso" not in ver(otra, tres)

    for unidad in tres.unidades[:2]:
        terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=timezone.now())
    assert ver(una, tres).count("Terminad") and ver(otra, tres).count("Terminad") == 0


@pytest.mark.parametrize("sin", ["cache vacía", "cache que no guarda"])
def test_without_a_cache_the_page_is_the_same(tres, integrante, entrar, settings, sin):
    tres.inscribir(integrante)
    cliente = entrar(integrante)
    con = ver(cliente, tres)
    if sin == "cache que no guarda":
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    else:
        cache.clear()
    assert ver(cliente, tres) == con


def test_whatever_changes_in_the_course_is_seen_at_once(tres, integrante, entrar):
    tres.inscribir(integrante)
    cliente = entrar(integrante)
    ver(cliente, tres)

    leccion = Leccion.objects.get(pk=tres.lecciones[0].pk)
    leccion.title = "Con otro nombre"
    publicar(leccion)
    assert "1. Con otro nombre" in ver(cliente, tres)

    modulo = Modulo.objects.get(pk=tres.modulos[1].pk)
    modulo.title, modulo.objetivos = "Renombrado", "hacer otra cosa"
    publicar(modulo)
    assert "2. Renombrado" in ver(cliente, tres)

    Leccion.objects.get(pk=tres.lecciones[1].pk).move(Modulo.objects.get(pk=tres.modulos[2].pk), pos="last-child")
    visto = ver(cliente, tres)
    assert "0 de 1" in visto and "0 de 3" in visto

    crear_leccion(tres.modulos[0], "Una más")
    assert "Una más" in ver(cliente, tres)
    Leccion.objects.get(pk=tres.lecciones[3].pk).unpublish()
    assert "Lección 2.2" not in ver(cliente, tres).split("En pausa")[0].replace("<li>", "")


def test_after_the_last_day_the_rows_say_so(tres, integrante, entrar):
    tres.inscribir(integrante)
    cliente = entrar(integrante)
    assert "Continuar" in ver(cliente, tres) or "Empezar" in ver(cliente, tres)
    Edicion.objects.update(termina=timezone.localdate() - datetime.timedelta(days=1))
    visto = ver(cliente, tres)
    assert "Este curso terminó el" in visto and "Empezar<" not in visto


def test_each_one_sees_the_lessons_of_their_own_seat(programa, integrante, integrante_de_b, entrar):
    otro = gente.crear_asiento(gente.DISTRITO_B, orden=2, corto="Otro")
    integrante_de_b.membresias.update(asiento=otro)
    modulo = crear_modulo(programa.pagina, "Lo que le toca a su asiento", rutas=True)
    for codigo in ("IDC-01", "IDC-02"):
        tipos = list(TipoDeAsiento.objects.filter(codigo=codigo))
        crear_leccion(modulo, f"Para {codigo}", asientos=tipos)
    for quien, suya in ((integrante, "IDC-01"), (integrante_de_b, "IDC-02"), (integrante, "IDC-01")):
        programa.inscribir(quien)
        antes, _, despues = ver(entrar(quien), programa).partition("Ver lo que le toca a otros asientos")
        assert f"Para {suya}" in antes and f"Para {suya}" not in despues and "Para IDC" in despues


def test_what_is_behind_is_one_line_and_tells_what_one_can_do(tres, integrante, entrar):
    modulo = Modulo.objects.get(pk=tres.modulos[0].pk)
    modulo.objetivos = "reconocer una cosa\ndecir otra"
    publicar(modulo)
    inscripcion = tres.inscribir(integrante)
    cliente = entrar(integrante)
    assert "Lo que ya puede hacer" not in ver(cliente, tres)
    for unidad in tres.unidades[:4]:
        terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=timezone.now())
    visto = ver(cliente, tres)
    assert "2 módulos terminados" in visto
    assert "<h3>Módulo 1</h3> <ul><li>Reconocer una cosa</li><li>Decir otra</li></ul>" in visto
    assert re.search(r"<details class=\"k-detalle k-modulo\" open> <summary><h2[^>]*>3\. Módulo 3</h2>", visto)
