from .contenido import ContenidoCargado
from .cuenta import Cuenta
from .portada import Portada

__all__ = ["ContenidoCargado", "Cuenta", "Portada"]
