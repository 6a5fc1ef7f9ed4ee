"""The paper of a certificate: frozen data in, PDF/A-2a + PDF/UA-1 bytes out."""

from certificados.pdf.compositor import NoSePudoComponer, componer_pdf
from certificados.pdf.datos import ClaseDeDocumento, DatosDeCertificado, FirmaImpresa, ImagenImpresa, ModuloImpreso

__all__ = [
    "ClaseDeDocumento",
    "DatosDeCertificado",
    "FirmaImpresa",
    "ImagenImpresa",
    "ModuloImpreso",
    "NoSePudoComponer",
    "componer_pdf",
]
