"""The check by hand of a printed code, in few tries."""

from __future__ import annotations

import datetime
import hmac

from django.utils.translation import gettext as _

from certificados import codigos
from certificados.models import Certificado, DocumentoDeCifras
from instancias.acceso.services import frenos
from instancias.acceso.services.entrada import normalizar_identificador

from ..errores import CertificadoError, Motivo


def encontrar_a_mano(*, codigo: str, numero_de_documento: str, ip: str, ahora: datetime.datetime) -> str:
    """The long code of the paper that has this printed code **and** this document number, in few tries.

    Of a paper of figures, which is of nobody, the number is that of its registry.

    A wrong code, a wrong number and an unknown paper are the same error. The brakes are those of the door: by paper
    and address together, and by each.
    """
    buscado = codigos.normalizar_codigo_corto(codigo) or codigos.DE_NADIE
    escrito = normalizar_identificador(numero_de_documento)
    intento = frenos.Intento("certificados.verificar", cuenta=buscado, ip=ip, se_busca=True)
    _frenar(intento, ahora)
    codigo_largo, impreso = _impreso(buscado)
    coincide = hmac.compare_digest(escrito.casefold().encode(), str(impreso).casefold().encode())
    if not (codigo_largo and escrito and coincide):
        raise CertificadoError(Motivo.NO_COINCIDE)
    frenos.soltar(intento)
    return codigo_largo


def contar_lo_que_no_existe(*, ip: str, ahora: datetime.datetime) -> None:
    """An address of no paper was asked for. Raises ``espere`` when too many came from one place.

    A paper that exists answers always: whoever guesses keeps nobody from checking theirs.
    """
    _frenar(frenos.Intento("certificados.por_codigo", ip=ip, se_busca=True), ahora)


def _frenar(intento: frenos.Intento, ahora: datetime.datetime) -> None:
    try:
        frenos.tomar_turno(intento, ahora=ahora)
    except frenos.DemasiadosIntentos as error:
        mensaje = _("Por seguridad, espere %(cuanto)s e intente otra vez.") % {"cuanto": error.cuanto}
        raise CertificadoError(Motivo.ESPERE, mensaje) from error


def _impreso(codigo_corto: str) -> tuple[str, str]:
    """The long code and the second number of the paper with this code; of none, nothing."""
    fila = Certificado.objects.filter(codigo_corto=codigo_corto).values("codigo_largo", "datos").first()
    if fila:
        return fila["codigo_largo"], fila["datos"]["numero_de_documento"]
    de_cifras = DocumentoDeCifras.objects.filter(codigo_corto=codigo_corto).first()
    if de_cifras:
        return de_cifras.codigo_largo, normalizar_identificador(de_cifras.registro)
    return codigos.DE_NADIE, codigos.DE_NADIE
