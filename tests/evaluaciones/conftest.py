import pytest

from tests.evaluaciones.factories import ProgramaConEvaluacion, ver_lecciones
from tests.mundos import hecho_una_vez


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    """A course of two lessons and an evaluation of ten questions, open to the whole province."""
    return ProgramaConEvaluacion()


@pytest.fixture
def unidad(programa):
    return programa.unidad_evaluada


@pytest.fixture
@hecho_una_vez
def inscrita(programa, integrante):
    """The learner of district A, enrolled and with the lessons seen."""
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    return inscripcion
