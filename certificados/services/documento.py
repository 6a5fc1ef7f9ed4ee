"""The PDF of a document: made once, kept in private storage, made again from the row whenever it is missing."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Any

from certificados.models import Certificado, DocumentoDeCifras
from certificados.pdf import componer_imagen, componer_papel, componer_pdf

from .datos import papel_para_imprimir, para_imprimir
from .recursos import almacen, poner

Documento = Certificado | DocumentoDeCifras
FIN_DE_PNG = b"IEND\xaeB`\x82"


def generar_pdf(*, certificado_id: int) -> bool:
    """Compose and keep the PDF if it is still missing. Running it twice, or in two workers, keeps one."""
    return _guardar(Certificado.objects.sin_pdf().filter(pk=certificado_id).first())


def generar_pdf_de_cifras(*, documento_id: int) -> bool:
    """The same, of a document of figures."""
    return _guardar(DocumentoDeCifras.objects.sin_pdf().filter(pk=documento_id).first())


def _guardar(documento: Documento | None) -> bool:
    if documento is None:
        return False
    contenido = _componer(documento)
    huella = hashlib.sha256(contenido).hexdigest()
    ruta = f"certificados/{documento.anio}/{documento.numero:06d}-{huella[:16]}.pdf"
    # The name carries the digest, so a whole file that is already there is this same file.
    ruta = poner(ruta, contenido)
    if _como_se_leyo(documento, pdf="").update(pdf=ruta, pdf_bytes=len(contenido), pdf_sha256=huella):
        return True
    _quitar_si_sobra(documento, pdf=ruta, archivo=ruta)
    return False


def _como_se_leyo(documento: Documento, *, pdf: str) -> Any:
    """Its row, with that file, while nobody took data out of it since it was read."""
    entero = {"suprimido_en": None} if isinstance(documento, Certificado) else {"huella": documento.huella}
    return type(documento)._default_manager.filter(pk=documento.pk, pdf=pdf, **entero)


def _quitar_si_sobra(documento: Documento, *, pdf: str, archivo: str) -> None:
    """A file kept after somebody took that paper away, with what it says of a person, goes too."""
    if not _como_se_leyo(documento, pdf=pdf).exists():
        almacen().delete(archivo)


def sin_pdf(*, limite: int) -> list[int]:
    """Ids of valid certificates that still have no PDF, oldest first."""
    return list(Certificado.objects.sin_pdf().order_by("pk").values_list("pk", flat=True)[:limite])


def cifras_sin_pdf(*, limite: int) -> list[int]:
    """Ids of documents of figures that still have no PDF, oldest first."""
    return list(DocumentoDeCifras.objects.sin_pdf().order_by("pk").values_list("pk", flat=True)[:limite])


def componer(documento: Documento) -> bytes:
    """The bytes to hand over: the kept file, or the same paper composed now. Writes nothing."""
    if documento.pdf:
        try:
            with almacen().open(documento.pdf) as archivo:
                return bytes(archivo.read())
        except FileNotFoundError:
            pass
    return _componer(documento)


def dibujar(certificado: Certificado) -> bytes:
    """The paper as a picture. It is composed once and kept beside its PDF, whose digest is in its name.

    Without a PDF it is kept nowhere: whoever takes the PDF away takes the picture too (``apartados``).
    """
    if not certificado.pdf:
        return componer_imagen(para_imprimir(certificado))
    ruta = ruta_del_dibujo(certificado.pdf)
    if (guardado := _leer_dibujo(ruta)) is not None:
        return guardado
    dibujo = componer_imagen(para_imprimir(certificado))
    with suppress(Exception):  # a full disk, a storage out of reach: it costs composing it again, and nothing else
        if (guardada := poner(ruta, dibujo)) != ruta:
            almacen().delete(guardada)  # somebody kept it meanwhile
        _quitar_si_sobra(certificado, pdf=certificado.pdf, archivo=ruta)
    return dibujo


def _leer_dibujo(ruta: str) -> bytes | None:
    """The picture that was kept, if all of it is there."""
    with suppress(Exception), almacen().open(ruta) as archivo:  # whatever a storage says when it has none
        contenido = bytes(archivo.read())
        return contenido if contenido.endswith(FIN_DE_PNG) else None
    return None


def ruta_del_dibujo(pdf: str) -> str:
    """Where the picture of a PDF is kept."""
    return f"{pdf.removesuffix('.pdf')}.png"


def _componer(documento: Documento) -> bytes:
    if isinstance(documento, Certificado):
        return componer_pdf(para_imprimir(documento))
    return componer_papel(papel_para_imprimir(documento))
