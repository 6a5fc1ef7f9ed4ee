"""Kinds of question, one folder each."""

from .base import (
    POR_CALIFICAR,
    ClaseDePregunta,
    Datos,
    Falta,
    Json,
    MapeoDeDatos,
    Pendiente,
    Pista,
    RespuestaInvalida,
)
from .desconocida import Desconocida
from .registro import clase_de, clases, descubrir, olvidar, opciones, registrar

__all__ = [
    "POR_CALIFICAR",
    "ClaseDePregunta",
    "Datos",
    "Desconocida",
    "Falta",
    "MapeoDeDatos",
    "Json",
    "Pendiente",
    "Pista",
    "RespuestaInvalida",
    "clase_de",
    "clases",
    "descubrir",
    "olvidar",
    "opciones",
    "registrar",
]
