"""Public check. It answers with the least: no document number, mark, district or other certificates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from certificados import codigos
from certificados.models import Certificado
from certificados.pdf.letras import limpiar


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
    buscado = codigos.normalizar_codigo_largo(codigo) or codigos.DE_NADIE
    fila = Certificado.objects.filter(codigo_largo=buscado).values("documento", "estado", "datos", "anulado_en").first()
    if fila is None:
        return None
    datos = fila["datos"]
    return DocumentoPublico(
        documento=fila["documento"],
        estado=fila["estado"],
        # As the paper prints them, to the letter.
        nombre=limpiar(datos["nombre"]),
        curso=limpiar(datos["curso"]),
        horas=datos["horas"],
        tipo_de_horas=datos["tipo_de_horas"],
        fecha=datetime.date.fromisoformat(datos["fecha"]),
        entidad=limpiar(datos["entidad"]),
        anulado_en=fila["anulado_en"],
    )
