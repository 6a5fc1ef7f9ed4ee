from .certificado import ActoDeCertificado, Certificado, ContadorDeRegistro
from .plantilla import Firmante, LogoDePlantilla, Plantilla

__all__ = ["ActoDeCertificado", "Certificado", "ContadorDeRegistro", "Firmante", "LogoDePlantilla", "Plantilla"]
