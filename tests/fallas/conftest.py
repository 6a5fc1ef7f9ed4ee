"""The installation with people and files of the copies."""

from tests.respaldo.conftest import aula, carpeta

__all__ = ["aula", "carpeta"]
