"""Where a certificate in force and the register of its person differ: correcting one does not correct the other."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.db.models import Q

from certificados.models import Certificado
from instancias.models import Persona
from instancias.politica import AlcanceEfectivo


@dataclass(frozen=True)
class Diferencia:
    """What the register says today; ``nombre`` and ``documento`` are empty when the certificate says the same."""

    certificado: Certificado
    persona: Persona
    nombre: str
    documento: str


def nombre_impreso(persona: Persona) -> str:
    """The name as a certificate prints it."""
    return " ".join(unicodedata.normalize("NFC", persona.nombre_completo).split())


def diferencia(certificado: Certificado) -> Diferencia | None:
    """How a certificate in force differs from the register, or None. No statement, if the person was read."""
    if certificado.estado != Certificado.Estado.VIGENTE or certificado.suprimido_en:
        return None
    persona = certificado.persona.absorbida_por or certificado.persona
    nombre, documento = nombre_impreso(persona), persona.documento
    impreso = certificado.datos.get("numero_de_documento") or documento
    una = Diferencia(
        certificado,
        persona,
        nombre if nombre != certificado.datos["nombre"] else "",
        f"{persona.get_tipo_de_documento_display()} {documento}" if documento != impreso else "",
    )
    return una if una.nombre or una.documento else None


def de_la_persona(persona: Persona, alcance: AlcanceEfectivo) -> list[Diferencia]:
    """The certificates of a person that say something else, of those in reach. One statement."""
    suyos = Certificado.objects.vigentes().bajo(alcance.prefijos)
    suyos = suyos.filter(Q(persona=persona) | Q(persona__absorbida_por=persona))
    filas = suyos.select_related("persona__absorbida_por").order_by("anio", "numero")
    return [una for certificado in filas if (una := diferencia(certificado))]
