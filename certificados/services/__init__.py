"""Acts on certificates: issue, replace, revoke, compose, verify."""

from certificados.pdf import NoSePudoComponer

from .actos import anular, reemplazar
from .consultas import en_camino, propios
from .documento import componer, generar_pdf, sin_pdf
from .emision import TAMANIO_DE_LOTE, ResultadoDeLote, emitir, emitir_en_lote, emitir_pendientes
from .errores import CertificadoError, Motivo
from .paquete import empaquetar
from .registro import avanzar_registro
from .verificacion import DocumentoPublico, encontrar_a_mano, verificar

__all__ = [
    "TAMANIO_DE_LOTE",
    "CertificadoError",
    "DocumentoPublico",
    "Motivo",
    "NoSePudoComponer",
    "ResultadoDeLote",
    "anular",
    "avanzar_registro",
    "componer",
    "emitir",
    "emitir_en_lote",
    "emitir_pendientes",
    "empaquetar",
    "en_camino",
    "encontrar_a_mano",
    "generar_pdf",
    "propios",
    "reemplazar",
    "sin_pdf",
    "verificar",
]
