from .ajustes import AjustesDelAula
from .bloqueo import BloqueoDelNavegador
from .no_laborable import DiaNoLaborable
from .nombre import NombreInstitucional

__all__ = ["AjustesDelAula", "BloqueoDelNavegador", "DiaNoLaborable", "NombreInstitucional"]
