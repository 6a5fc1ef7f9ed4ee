from .meta import Meta
from .recordatorio import Recordatorio

__all__ = ["Meta", "Recordatorio"]
