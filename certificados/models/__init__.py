from .certificado import ActoDeCertificado, Certificado, ContadorDeRegistro
from .cifras import DocumentoDeCifras
from .plantilla import Firmante, LogoDePlantilla, Plantilla

__all__ = [
    "ActoDeCertificado",
    "Certificado",
    "ContadorDeRegistro",
    "DocumentoDeCifras",
    "Firmante",
    "LogoDePlantilla",
    "Plantilla",
]
