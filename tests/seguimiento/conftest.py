import pytest

from tests.seguimiento import factories as f


@pytest.fixture
def version(territorio):
    """A course of three lessons and an evaluation."""
    f.crear_tercer_distrito()
    return f.crear_curso()


@pytest.fixture
def edicion(version):
    """Open to the whole province for eighty days."""
    return f.abrir(version)
