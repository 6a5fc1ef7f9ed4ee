import pytest

from tests.cursos.factories import Programa


@pytest.fixture
def programa(territorio):
    """A course of three lessons of two steps, open to the whole province."""
    return Programa()


@pytest.fixture
def inscrita(programa, integrante):
    """The learner of district A enrolled in it."""
    return programa.inscribir(integrante)
