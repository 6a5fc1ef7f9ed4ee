from .acceso import EnlaceDeAcceso, FrenoDeEntrada
from .ajustes import AjustesDelAula
from .alcance import Alcance
from .asiento import Asiento, TipoDeAsiento
from .cem import CentroEmergenciaMujer, Cobertura
from .consentimiento import Consentimiento
from .importacion import ImportacionDePadron
from .instancia import Instancia
from .institucion import Institucion
from .membresia import Membresia
from .nombre import NombreInstitucional
from .persona import Persona
from .territorio import Territorio

__all__ = [
    "AjustesDelAula",
    "Alcance",
    "Asiento",
    "CentroEmergenciaMujer",
    "Cobertura",
    "Consentimiento",
    "EnlaceDeAcceso",
    "FrenoDeEntrada",
    "ImportacionDePadron",
    "Instancia",
    "Institucion",
    "Membresia",
    "NombreInstitucional",
    "Persona",
    "Territorio",
    "TipoDeAsiento",
]
