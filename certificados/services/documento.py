"""The PDF of a certificate: made once, kept in private storage, made again from the row whenever it is missing."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile

from certificados.models import Certificado
from certificados.pdf import componer_pdf

from .datos import para_imprimir
from .recursos import almacen


def generar_pdf(*, certificado_id: int) -> bool:
    """Compose and keep the PDF if it is still missing. Running it twice, or in two workers, keeps one."""
    certificado = Certificado.objects.sin_pdf().filter(pk=certificado_id).first()
    if certificado is None:
        return False
    contenido = componer_pdf(para_imprimir(certificado))
    huella = hashlib.sha256(contenido).hexdigest()
    ruta = f"certificados/{certificado.anio}/{certificado.numero:06d}-{huella[:16]}.pdf"
    # The name carries the digest, so a file that is already there is this same file.
    if not almacen().exists(ruta):
        ruta = almacen().save(ruta, ContentFile(contenido))
    puesto = Certificado.objects.filter(pk=certificado.pk, pdf="").update(
        pdf=ruta, pdf_bytes=len(contenido), pdf_sha256=huella
    )
    return bool(puesto)


def sin_pdf(*, limite: int) -> list[int]:
    """Ids of valid certificates that still have no PDF, oldest first."""
    return list(Certificado.objects.sin_pdf().order_by("pk").values_list("pk", flat=True)[:limite])


def componer(certificado: Certificado) -> bytes:
    """The bytes to hand over: the kept file, or the same paper composed now. Writes nothing."""
    if certificado.pdf:
        try:
            with almacen().open(certificado.pdf) as archivo:
                return bytes(archivo.read())
        except FileNotFoundError:
            pass
    return componer_pdf(para_imprimir(certificado))
