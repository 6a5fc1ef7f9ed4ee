from .barra import BarraDeInstancia
from .cambio import CambioDeInstancia, CuentaDeCambios
from .contador import ContadorDeInstancia, ContadorDePartes, MarcaDeContador, MarcaDePartes, PersonaEnVarias
from .conteo import ConteoDeRasgo
from .informe import Informe
from .lector import Lector
from .meta import MetaDeTerritorio
from .publicacion import Publicacion
from .recordatorio import Recordatorio
from .resumen import EnvioDeResumen, Suscripcion

__all__ = [
    "BarraDeInstancia",
    "CambioDeInstancia",
    "ContadorDeInstancia",
    "ContadorDePartes",
    "ConteoDeRasgo",
    "CuentaDeCambios",
    "EnvioDeResumen",
    "Informe",
    "Lector",
    "MarcaDeContador",
    "MarcaDePartes",
    "MetaDeTerritorio",
    "PersonaEnVarias",
    "Publicacion",
    "Recordatorio",
    "Suscripcion",
]
