"""True or false: two options that keep their places."""

from ..registro import registrar
from .regla import VerdaderoFalso

registrar(VerdaderoFalso())
