from tests.instancias.conftest import provincia

__all__ = ["provincia"]
