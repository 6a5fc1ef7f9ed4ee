import pytest

from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from tests.cursos.dudas import dejar
from tests.cursos.factories import Programa
from tests.mundos import hecho_una_vez


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    """A course of three lessons of two steps, open to the whole province."""
    return Programa()


@pytest.fixture
@hecho_una_vez
def inscrita(programa, integrante):
    """The learner of district A enrolled in it."""
    return programa.inscribir(integrante)


@pytest.fixture
@hecho_una_vez
def duda(inscrita, programa):
    """What that learner asked in the first lesson."""
    return dejar(inscrita, programa)


@pytest.fixture
def base(programa):
    """The address of the first lesson."""
    return f"/c/{programa.curso.numero}/{programa.unidad(programa.lecciones[0]).numero}"


@pytest.fixture
@hecho_una_vez
def quien_escribe(capacitadora):
    """Who writes the course, in the group that may."""
    asegurar_grupo_de_capacitadoras()
    return capacitadora
