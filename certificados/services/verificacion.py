"""Public check. It answers with the least: no document number, mark, district or other certificates."""

from __future__ import annotations

import datetime
import hmac
from dataclasses import dataclass

from certificados import codigos
from certificados.models import Certificado
from instancias.services import frenos
from instancias.services.entrada import normalizar_identificador

from .errores import CertificadoError, Motivo

# No certificate has it: an unreadable code asks the database the same question as a readable one.
_CODIGO_DE_NADIE = ""


@dataclass(frozen=True)
class DocumentoPublico:
    documento: str
    estado: str
    nombre: str
    curso: str
    horas: int
    tipo_de_horas: str
    fecha: datetime.date
    entidad: str
    anulado_en: datetime.datetime | None


def verificar(*, codigo: str) -> DocumentoPublico | None:
    """What the paper with this address is worth now. One statement, found or not."""
    buscado = codigos.normalizar_codigo_largo(codigo) or _CODIGO_DE_NADIE
    fila = Certificado.objects.filter(codigo_largo=buscado).values("documento", "estado", "datos", "anulado_en").first()
    if fila is None:
        return None
    datos = fila["datos"]
    return DocumentoPublico(
        documento=fila["documento"],
        estado=fila["estado"],
        nombre=datos["nombre"],
        curso=datos["curso"],
        horas=datos["horas"],
        tipo_de_horas=datos["tipo_de_horas"],
        fecha=datetime.date.fromisoformat(datos["fecha"]),
        entidad=datos["entidad"],
        anulado_en=fila["anulado_en"],
    )


def encontrar_a_mano(*, codigo: str, numero_de_documento: str, direccion: str, ahora: datetime.datetime) -> str:
    """The long code of the paper that has this printed code **and** this document number, in few tries.

    A wrong code, a wrong number and an unknown paper are the same error. The brake is by paper and address:
    nobody keeps somebody else from checking it.
    """
    buscado = codigos.normalizar_codigo_corto(codigo) or _CODIGO_DE_NADIE
    turno = {"proposito": "certificados.verificar", "cuenta": buscado, "direccion": direccion}
    try:
        frenos.tomar_turno(**turno, ahora=ahora)
    except frenos.DemasiadosIntentos as error:
        raise CertificadoError(Motivo.ESPERE) from error
    fila = Certificado.objects.filter(codigo_corto=buscado).values("codigo_largo", "datos").first()
    impreso = fila["datos"]["numero_de_documento"] if fila else _CODIGO_DE_NADIE
    escrito = normalizar_identificador(numero_de_documento)
    coincide = hmac.compare_digest(escrito.casefold().encode(), str(impreso).casefold().encode())
    if not (fila and escrito and coincide):
        raise CertificadoError(Motivo.NO_COINCIDE)
    frenos.soltar(**turno)
    codigo_largo: str = fila["codigo_largo"]
    return codigo_largo
