"""The sentences on top of the panel, each with the list behind it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..consultas.distritos import Totales
from ..consultas.pocos import se_dice


@dataclass(frozen=True)
class Frase:
    """A sentence with its numerator, its denominator and the list behind it."""

    cifra: str
    texto: str
    ver: str
    son_pocos: bool = False  # it stays on the screen


def frases(total: Totales, *, de_hoy: bool = True) -> list[Frase]:
    return [
        Frase(
            _("%(n)d de %(m)d") % {"n": total.terminaron, "m": total.integrantes},
            ngettext("integrante terminó (%(p)d %%)", "integrantes terminaron (%(p)d %%)", total.integrantes)
            % {"p": total.porcentaje},
            "terminaron",
            total.son_pocos,
        ),
        Frase(
            _("%(n)d de %(m)d") % {"n": total.alcaldias_al_dia, "m": total.alcaldias},
            ngettext("distrito con su alcaldía al día", "distritos con su alcaldía al día", total.alcaldias),
            "alcaldias_al_dia",
            not se_dice(total.alcaldias_al_dia, total.alcaldias),
        ),
        Frase(
            _("%(n)d de %(m)d") % {"n": total.sin_persona, "m": total.asientos},
            ngettext("asiento sin persona", "asientos sin persona", total.asientos),
            "sin_persona",
        ),
        *([_quietas(total)] if de_hoy else [_certificadas(total)]),
    ]


def _quietas(total: Totales) -> Frase:
    return Frase(
        _("%(n)d de %(m)d") % {"n": total.sin_actividad, "m": total.pendientes},
        _("que no han terminado, sin actividad en 14 días"),
        "sin_actividad",
        total.son_pocos or not se_dice(total.sin_actividad, total.pendientes),
    )


def _certificadas(total: Totales) -> Frase:
    """Of another day, in the place of what is known of today only."""
    return Frase(
        _("%(n)d de %(m)d") % {"n": total.certificadas, "m": total.terminaron},
        _("de quienes terminaron, con certificado vigente"),
        "certificadas",
        total.son_pocos or not se_dice(total.certificadas, total.terminaron),
    )


def en_cuenta(total: Totales) -> list[tuple[str, int]]:
    """The steps of the course, each the key of its list and how many people."""
    return [
        ("integrantes", total.integrantes),
        ("inscritas", total.inscritas),
        ("empezaron", total.empezaron),
        ("en_curso", total.en_curso),
        ("terminaron", total.terminaron),
        ("certificadas", total.certificadas),
    ]
