"""A wrong set-up is explained at start, with what to write, not on the day that somebody has to leave in a hurry."""

from . import ajustes, plantillas, salas

__all__ = ["ajustes", "plantillas", "salas"]
