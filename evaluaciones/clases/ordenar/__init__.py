"""Put things in their order."""

from ..registro import registrar
from .regla import Ordenar

registrar(Ordenar())
