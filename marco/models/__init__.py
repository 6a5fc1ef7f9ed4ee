from .ajustes import AjustesDelAula
from .no_laborable import DiaNoLaborable
from .nombre import NombreInstitucional

__all__ = ["AjustesDelAula", "DiaNoLaborable", "NombreInstitucional"]
