"""What each open figure is called, means, is measured in and how it is counted: for files, pages and the API.

How it is counted is never written here: it is the text of «Cómo se cuenta».
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .consultas.como_se_cuenta import POR_CLAVE

TEXTO, FECHA, SI_O_NO = gettext_lazy("texto"), gettext_lazy("fecha"), gettext_lazy("sí o no")
ASIENTOS, PERSONAS = gettext_lazy("asientos"), gettext_lazy("personas")


@dataclass(frozen=True)
class Campo:
    """A column of open data. ``cifra`` is the key of its definition, where it is counted."""

    nombre: str
    significado: str | Promise
    unidad: str | Promise
    cifra: str = ""

    @property
    def como_se_cuenta(self) -> str:
        return str(POR_CLAVE[self.cifra].texto) if self.cifra else ""

    @property
    def descripcion(self) -> str:
        """Meaning, unit and how it is counted, in one line."""
        frase = _("%(significado)s. Unidad: %(unidad)s.")
        partes = [frase % {"significado": self.significado, "unidad": self.unidad}, self.como_se_cuenta]
        return " ".join(parte for parte in partes if parte)


CAMPOS = (
    Campo("al", gettext_lazy("Día de las cifras, con todo lo que pasó hasta su fin"), FECHA),
    Campo("ubigeo", gettext_lazy("Código del INEI: 4 cifras de una provincia, 6 de un distrito"), TEXTO),
    Campo("lugar", gettext_lazy("Nombre de la provincia o del distrito"), TEXTO),
    Campo("provincia", gettext_lazy("Código del INEI de la provincia"), TEXTO),
    Campo("nivel", gettext_lazy("De qué instancia es: «provincial» o «distrital»"), TEXTO),
    Campo("asientos", gettext_lazy("Asientos exigidos"), ASIENTOS, "asientos"),
    Campo("con_persona", gettext_lazy("Asientos con persona"), ASIENTOS, "con_persona"),
    Campo("sin_persona", gettext_lazy("Asientos sin persona"), ASIENTOS, "sin_persona"),
    Campo("completos", gettext_lazy("Asientos capacitados"), ASIENTOS, "completos"),
    Campo("asiento", gettext_lazy("Número del asiento; no cambia"), gettext_lazy("número")),
    Campo("codigo", gettext_lazy("Código del tipo de asiento"), TEXTO),
    Campo("articulo", gettext_lazy("Artículo y numeral del Reglamento que lo pide"), TEXTO),
    Campo("tipo", gettext_lazy("Tipo de asiento"), TEXTO),
    Campo("institucion", gettext_lazy("Institución que designa; vacía si no se sabe"), TEXTO),
    Campo("sector", gettext_lazy("Sector del tipo de asiento"), TEXTO),
    Campo("preside", gettext_lazy("Si el asiento preside la instancia"), SI_O_NO),
    Campo("ocupado", gettext_lazy("Si el asiento tiene persona"), SI_O_NO, "con_persona"),
    Campo("completo", gettext_lazy("Si el asiento está capacitado"), SI_O_NO, "completos"),
    Campo(
        "terminaron",
        gettext_lazy(
            "Personas que terminaron el curso, una vez en cada instancia que integran. De cinco a más; si son menos, o "
            "si por resta se sabría de otras, no se dice"
        ),
        PERSONAS,
        "terminaron",
    ),
    Campo(
        "terminaron_al",
        gettext_lazy(
            "Día de las personas que terminaron. Es de un mes anterior mientras no hayan cambiado cinco o más"
        ),
        FECHA,
    ),
)
POR_NOMBRE = {campo.nombre: campo for campo in CAMPOS}


def descripcion(nombre: str) -> str:
    return POR_NOMBRE[nombre].descripcion
