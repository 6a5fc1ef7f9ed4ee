"""What is printed on a certificate, as plain values frozen on the day of issue."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClaseDeDocumento(TextChoices):
    CERTIFICADO = "certificado", _("Certificado")
    CONSTANCIA = "constancia", _("Constancia")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagenImpresa:
    """A PNG or JPEG already reduced to print size (see ``imagenes.preparar_imagen``)."""

    contenido: bytes = field(repr=False)
    formato: str  # "png" | "jpg"
    alternativa: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmaImpresa:
    nombre: str
    cargo: str
    entidad: str
    imagen: ImagenImpresa | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuloImpreso:
    titulo: str
    horas: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosDeCertificado:
    clase: ClaseDeDocumento
    nombre: str
    documento: str  # «DNI N.º 00000000»; empty when the person has none
    curso: str
    instancia: str  # «Instancia Distrital de Concertación de …»; empty without seat
    modalidad: str  # «virtual»
    desde: date | None
    hasta: date | None
    horas: int
    tipo_de_horas: str  # «cronológicas» | «académicas»
    lugar: str
    fecha: date
    registro: str  # «0012-2026»
    codigo: str  # «7K3M-9XQ2-4T»
    direccion_qr: str
    direccion_escrita: str  # «aula.ejemplo.gob.pe/v»
    entidad: str
    lema: str = ""
    nota: str = ""
    logos: tuple[ImagenImpresa, ...] = ()
    firmas: tuple[FirmaImpresa, ...] = ()
    modulos: tuple[ModuloImpreso, ...] = ()
