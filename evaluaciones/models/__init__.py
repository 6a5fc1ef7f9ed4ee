from .intento import Intento, Respuesta
from .pagina import Evaluacion
from .pregunta import Alternativa, Pregunta, VersionDePregunta

__all__ = ["Alternativa", "Evaluacion", "Intento", "Pregunta", "Respuesta", "VersionDePregunta"]
