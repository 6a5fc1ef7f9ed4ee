import pytest

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
