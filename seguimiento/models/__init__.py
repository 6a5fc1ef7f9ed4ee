from .barra import BarraDeInstancia
from .lector import Lector
from .meta import MetaDeTerritorio
from .publicacion import Publicacion
from .recordatorio import Recordatorio
from .resumen import EnvioDeResumen, Suscripcion

__all__ = [
    "BarraDeInstancia",
    "EnvioDeResumen",
    "Lector",
    "MetaDeTerritorio",
    "Publicacion",
    "Recordatorio",
    "Suscripcion",
]
