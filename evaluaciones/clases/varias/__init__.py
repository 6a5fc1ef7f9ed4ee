"""Several right options: exactly those, and no other."""

from ..registro import registrar
from .regla import Varias

registrar(Varias())
