"""Acts on certificates: issue, replace, revoke, compose, check by hand."""

from certificados.pdf import NoSePudoComponer

from ..errores import CertificadoError, Motivo
from .actos import anular, reemplazar
from .cifras import anular_cifras, congelar_cifras
from .documento import cifras_sin_pdf, componer, dibujar, generar_pdf, generar_pdf_de_cifras, sin_pdf
from .emision import TAMANIO_DE_LOTE, ResultadoDeLote, emitir, emitir_en_lote, emitir_pendientes
from .lotes import pedir_emision_de_varios, pedir_paquete
from .paquete import empaquetar
from .registro import avanzar_registro
from .verificacion import contar_lo_que_no_existe, encontrar_a_mano

__all__ = [
    "TAMANIO_DE_LOTE",
    "CertificadoError",
    "Motivo",
    "NoSePudoComponer",
    "ResultadoDeLote",
    "anular",
    "anular_cifras",
    "avanzar_registro",
    "cifras_sin_pdf",
    "componer",
    "congelar_cifras",
    "contar_lo_que_no_existe",
    "dibujar",
    "emitir",
    "emitir_en_lote",
    "emitir_pendientes",
    "empaquetar",
    "encontrar_a_mano",
    "generar_pdf",
    "generar_pdf_de_cifras",
    "pedir_emision_de_varios",
    "pedir_paquete",
    "reemplazar",
    "sin_pdf",
]
