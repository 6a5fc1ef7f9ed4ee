"""The check by hand of a printed code, in few tries."""

from __future__ import annotations

import datetime
import hmac

from certificados import codigos
from certificados.models import Certificado, DocumentoDeCifras
from instancias.acceso.services import frenos
from instancias.acceso.services.entrada import normalizar_identificador

from ..errores import CertificadoError, Motivo


def encontrar_a_mano(*, codigo: str, numero_de_documento: str, ip: str, ahora: datetime.datetime) -> str:
    """The long code of the paper that has this printed code **and** this document number, in few tries.

    Of a paper of figures, which is of nobody, the number is that of its registry.

    A wrong code, a wrong number and an unknown paper are the same error. The brake is by paper and address:
    nobody keeps somebody else from checking it.
    """
    buscado = codigos.normalizar_codigo_corto(codigo) or codigos.DE_NADIE
    turno = {"proposito": "certificados.verificar", "cuenta": buscado, "ip": ip}
    try:
        frenos.tomar_turno(**turno, ahora=ahora)
    except frenos.DemasiadosIntentos as error:
        raise CertificadoError(Motivo.ESPERE) from error
    codigo_largo, impreso = _impreso(buscado)
    escrito = normalizar_identificador(numero_de_documento)
    coincide = hmac.compare_digest(escrito.casefold().encode(), str(impreso).casefold().encode())
    if not (codigo_largo and escrito and coincide):
        raise CertificadoError(Motivo.NO_COINCIDE)
    frenos.soltar(**turno)
    return codigo_largo


def _impreso(codigo_corto: str) -> tuple[str, str]:
    """The long code and the second number of the paper with this code; of none, nothing."""
    fila = Certificado.objects.filter(codigo_corto=codigo_corto).values("codigo_largo", "datos").first()
    if fila:
        return fila["codigo_largo"], fila["datos"]["numero_de_documento"]
    de_cifras = DocumentoDeCifras.objects.filter(codigo_corto=codigo_corto).first()
    if de_cifras:
        return de_cifras.codigo_largo, normalizar_identificador(de_cifras.registro)
    return codigos.DE_NADIE, codigos.DE_NADIE
