from .barra import BarraDeInstancia
from .meta import MetaDeTerritorio
from .recordatorio import Recordatorio

__all__ = ["BarraDeInstancia", "MetaDeTerritorio", "Recordatorio"]
