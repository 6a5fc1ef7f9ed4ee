from .barra import BarraDeInstancia
from .lector import Lector
from .meta import MetaDeTerritorio
from .publicacion import Publicacion
from .recordatorio import Recordatorio

__all__ = ["BarraDeInstancia", "Lector", "MetaDeTerritorio", "Publicacion", "Recordatorio"]
