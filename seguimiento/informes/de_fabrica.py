"""The reports that everybody finds made. They are asked for as they are, or copied and changed."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from .definicion import TODAS, Definicion, Forma

ANUAL, META, REGISTRO = "anual", "meta-municipal", "registro"


def de_fabrica(hoy: datetime.date) -> dict[str, Definicion]:
    """By key. The year is that of today; in January, the one that ended."""
    anio = hoy.year - 1 if hoy.month == 1 else hoy.year
    return {
        ANUAL: Definicion(
            nombre=_("Informe anual del programa %(anio)d") % {"anio": anio},
            forma=Forma.CUENTAS,
            grupos=("edicion", "instancia"),
            columnas=(
                "asientos",
                "con_titular",
                "capacitados",
                "integrantes",
                "inscritas",
                "empezaron",
                "terminaron",
                "certificadas",
                "horas",
            ),
            por_sexo=True,
            edicion=TODAS,
            anio=anio,
        ),
        f"{ANUAL}-por-sector": Definicion(
            nombre=_("Informe anual del programa %(anio)d, por sector") % {"anio": anio},
            forma=Forma.CUENTAS,
            grupos=("edicion", "instancia", "sector"),
            columnas=(
                "asientos",
                "con_titular",
                "capacitados",
                "integrantes",
                "inscritas",
                "terminaron",
                "certificadas",
            ),
            edicion=TODAS,
            anio=anio,
        ),
        META: Definicion(
            nombre=_("Sustento para una meta municipal"),
            forma=Forma.CUENTAS,
            grupos=("instancia",),
            columnas=("norma", "asientos", "con_titular", "capacitados", "certificados"),
        ),
        REGISTRO: Definicion(
            nombre=_("Registro para oficinas de recursos humanos"),
            forma=Forma.PERSONAS,
            columnas=(
                "documento_clase",
                "documento",
                "apellidos",
                "nombres",
                "institucion",
                "certificado_clase",
                "certificado",
                "emitido",
                "materia",
                "horas",
                "modalidad",
                "entidad",
            ),
            estado="termino",
        ),
    }


def que_es(clave: str) -> str:
    """For what each one is, in a sentence."""
    return {
        ANUAL: _("Por instancia: asientos, con titular, capacitados, personas por paso y por sexo, y horas, del año."),
        f"{ANUAL}-por-sector": _("Lo mismo por instancia y sector, sin sexo."),
        META: _("Por instancia, a un día: ordenanza, asientos, con titular, capacitados, y los certificados."),
        REGISTRO: _("Una fila por persona que terminó: documento, certificado, materia, horas, entidad y modalidad."),
    }[clave]
