"""The papers of this room: frozen data in, PDF/A-2a + PDF/UA-1 bytes out."""

from certificados.pdf.compilador import NoSePudoComponer
from certificados.pdf.compositor import componer_imagen, componer_pdf
from certificados.pdf.datos import ClaseDeDocumento, DatosDeCertificado, FirmaImpresa, ImagenImpresa, ModuloImpreso
from certificados.pdf.papel import PapelDeCifras, componer_papel

__all__ = [
    "ClaseDeDocumento",
    "DatosDeCertificado",
    "FirmaImpresa",
    "ImagenImpresa",
    "ModuloImpreso",
    "NoSePudoComponer",
    "PapelDeCifras",
    "componer_imagen",
    "componer_papel",
    "componer_pdf",
]
