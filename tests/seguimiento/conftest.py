import pytest

from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f


@pytest.fixture
@hecho_una_vez
def version(territorio):
    """A course of three lessons and an evaluation."""
    f.crear_tercer_distrito()
    return f.crear_curso()


@pytest.fixture
@hecho_una_vez
def edicion(version):
    """Open to the whole province for eighty days."""
    return f.abrir(version)
