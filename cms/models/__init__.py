from .cuenta import Cuenta
from .portada import Portada

__all__ = ["Cuenta", "Portada"]
