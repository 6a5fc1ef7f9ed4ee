from .meta import MetaDeTerritorio
from .recordatorio import Recordatorio

__all__ = ["MetaDeTerritorio", "Recordatorio"]
