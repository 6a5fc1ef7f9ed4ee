"""Whoever asks for a step of a lesson leaves the others drawn; a step that cannot be drawn keeps no other from it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cursos.clases.leccion import contenido
from tests.cursos.factories import Programa

pytestmark = pytest.mark.django_db
HOY = timezone.localdate


@pytest.fixture
def unidad():
    cache.clear()
    programa = Programa(lecciones=1, pasos=4)
    suya = programa.unidades[0]
    suya.curso = programa.curso
    return suya


def _como_fue(unidad, numero):
    """The step, drawn by itself."""
    cache.clear()
    return contenido.paso_de(unidad=unidad, numero=numero, hoy=HOY())


def test_the_steps_that_follow_are_at_hand_and_are_the_same(unidad):
    sueltos = [_como_fue(unidad, numero) for numero in range(1, unidad.pasos + 1)]
    cache.clear()
    contenido.paso_de(unidad=unidad, numero=2, hoy=HOY())
    with CaptureQueriesContext(connection) as captura:
        seguidos = [contenido.paso_de(unidad=unidad, numero=n, hoy=HOY()) for n in range(1, unidad.pasos + 1)]
    assert seguidos == sueltos and len({uno.id for uno in seguidos}) == unidad.pasos
    assert not captura.captured_queries


def test_a_step_that_cannot_be_drawn_keeps_no_other_from_it(unidad, monkeypatch, caplog):
    de_siempre = contenido._armar

    def armar(leccion, numero, *lo_demas, **otros):
        if numero == 3:
            raise ValueError("no se puede")
        return de_siempre(leccion, numero, *lo_demas, **otros)

    monkeypatch.setattr(contenido, "_armar", armar)
    assert contenido.paso_de(unidad=unidad, numero=2, hoy=HOY()).numero == 2
    assert "was not drawn" in caplog.text
    with pytest.raises(ValueError, match="no se puede"):
        contenido.paso_de(unidad=unidad, numero=3, hoy=HOY())
