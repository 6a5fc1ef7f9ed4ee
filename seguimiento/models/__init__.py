from .barra import BarraDeInstancia
from .contador import ContadorDeInstancia, MarcaDeContador, PersonaEnVarias
from .lector import Lector
from .meta import MetaDeTerritorio
from .publicacion import Publicacion
from .recordatorio import Recordatorio
from .resumen import EnvioDeResumen, Suscripcion

__all__ = [
    "BarraDeInstancia",
    "ContadorDeInstancia",
    "EnvioDeResumen",
    "Lector",
    "MarcaDeContador",
    "MetaDeTerritorio",
    "PersonaEnVarias",
    "Publicacion",
    "Recordatorio",
    "Suscripcion",
]
