"""The check by hand of a printed code, in few tries."""

from __future__ import annotations

import datetime
import hmac

from certificados import codigos
from certificados.models import Certificado
from instancias.acceso.services import frenos
from instancias.acceso.services.entrada import normalizar_identificador

from ..errores import CertificadoError, Motivo


def encontrar_a_mano(*, codigo: str, numero_de_documento: str, ip: str, ahora: datetime.datetime) -> str:
    """The long code of the paper that has this printed code **and** this document number, in few tries.

    A wrong code, a wrong number and an unknown paper are the same error. The brake is by paper and address:
    nobody keeps somebody else from checking it.
    """
    buscado = codigos.normalizar_codigo_corto(codigo) or codigos.DE_NADIE
    turno = {"proposito": "certificados.verificar", "cuenta": buscado, "ip": ip}
    try:
        frenos.tomar_turno(**turno, ahora=ahora)
    except frenos.DemasiadosIntentos as error:
        raise CertificadoError(Motivo.ESPERE) from error
    fila = Certificado.objects.filter(codigo_corto=buscado).values("codigo_largo", "datos").first()
    impreso = fila["datos"]["numero_de_documento"] if fila else codigos.DE_NADIE
    escrito = normalizar_identificador(numero_de_documento)
    coincide = hmac.compare_digest(escrito.casefold().encode(), str(impreso).casefold().encode())
    if not (fila and escrito and coincide):
        raise CertificadoError(Motivo.NO_COINCIDE)
    frenos.soltar(**turno)
    codigo_largo: str = fila["codigo_largo"]
    return codigo_largo
