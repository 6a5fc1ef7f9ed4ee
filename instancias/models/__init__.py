from .acceso import EnlaceDeAcceso, EnvioPorCorreo, FrenoDeEntrada
from .alcance import Alcance
from .asiento import Asiento, TipoDeAsiento
from .clave_inicial import ClaveInicial
from .columnas import CeldasDePadron, ColumnaRecordada
from .consentimiento import Consentimiento
from .dato_declarado import DatoDeclarado
from .distincion import Distincion
from .fusion import Fusion
from .importacion import FilaDePadron, ImportacionDePadron
from .instancia import Instancia
from .institucion import Institucion
from .membresia import Membresia
from .oficina import Cobertura, Oficina
from .palabra import Palabra
from .persona import Persona
from .relevo import Relevo
from .sesion_abierta import SesionAbierta
from .territorio import Territorio

__all__ = [
    "Alcance",
    "Asiento",
    "Oficina",
    "Cobertura",
    "CeldasDePadron",
    "ClaveInicial",
    "ColumnaRecordada",
    "Consentimiento",
    "DatoDeclarado",
    "Distincion",
    "EnlaceDeAcceso",
    "EnvioPorCorreo",
    "FilaDePadron",
    "FrenoDeEntrada",
    "Fusion",
    "ImportacionDePadron",
    "Instancia",
    "Institucion",
    "Membresia",
    "Palabra",
    "Persona",
    "Relevo",
    "SesionAbierta",
    "Territorio",
    "TipoDeAsiento",
]
