"""What the kinds that are answered by choosing share: options with their reason, marked or not."""

from .contenido import NO_LO_SE, Alternativa, Eleccion
from .regla import ClaseDeEleccion

__all__ = ["NO_LO_SE", "Alternativa", "ClaseDeEleccion", "Eleccion"]
