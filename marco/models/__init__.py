from .ajustes import AjustesDelAula
from .nombre import NombreInstitucional

__all__ = ["AjustesDelAula", "NombreInstitucional"]
