"""One right option among several."""

from ..registro import registrar
from .regla import Una

registrar(Una())
