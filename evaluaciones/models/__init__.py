from .ensayo import Ensayo
from .intento import EstadoDeNota, Intento, Respuesta
from .intento_mas import IntentoMas
from .pagina import Evaluacion
from .pregunta import Alternativa, Pregunta, VersionDePregunta

__all__ = [
    "Alternativa",
    "Ensayo",
    "EstadoDeNota",
    "Evaluacion",
    "Intento",
    "IntentoMas",
    "Pregunta",
    "Respuesta",
    "VersionDePregunta",
]
