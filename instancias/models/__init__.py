from .acceso import EnlaceDeAcceso, EnvioPorCorreo, FrenoDeEntrada
from .alcance import Alcance
from .asiento import Asiento, TipoDeAsiento
from .clave_inicial import ClaveInicial
from .columnas import CeldasDePadron, ColumnaRecordada
from .consentimiento import Consentimiento
from .conservacion import PlazosDeConservacion, Retencion
from .dato_declarado import DatoDeclarado
from .distincion import Distincion
from .fusion import Fusion
from .importacion import FilaDePadron, ImportacionDePadron
from .instancia import Instancia
from .institucion import Institucion
from .membresia import Membresia
from .oficina import Cobertura, Oficina
from .palabra import Palabra
from .pedido import ActoDePedido, PedidoDeDatos, Supresion
from .persona import Persona
from .rastro import LineaDeRastro
from .relevo import Relevo
from .revision import RevisionDePrivilegios
from .rol import RolDado
from .segundo_factor import CodigoDeUnUso, SegundoFactor
from .sesion_abierta import SesionAbierta
from .telefono import TelefonoDeZona
from .territorio import Territorio
from .trabajo import Trabajo

__all__ = [
    "ActoDePedido",
    "Alcance",
    "Asiento",
    "Oficina",
    "Cobertura",
    "CeldasDePadron",
    "ClaveInicial",
    "CodigoDeUnUso",
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
    "LineaDeRastro",
    "Membresia",
    "Palabra",
    "PedidoDeDatos",
    "Persona",
    "PlazosDeConservacion",
    "Relevo",
    "Retencion",
    "RevisionDePrivilegios",
    "RolDado",
    "SegundoFactor",
    "SesionAbierta",
    "Supresion",
    "TelefonoDeZona",
    "Territorio",
    "TipoDeAsiento",
    "Trabajo",
]
