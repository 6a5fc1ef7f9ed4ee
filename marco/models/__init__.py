from .ajustes import AjustesDelAula
from .bloqueo import BloqueoDelNavegador
from .copia import CopiaDeRespaldo, Instalacion
from .encargo import Encargo
from .no_laborable import DiaNoLaborable
from .nombre import NombreInstitucional
from .servicio import Comprobacion, Latido

__all__ = [
    "AjustesDelAula",
    "BloqueoDelNavegador",
    "Comprobacion",
    "CopiaDeRespaldo",
    "DiaNoLaborable",
    "Instalacion",
    "Encargo",
    "Latido",
    "NombreInstitucional",
]
