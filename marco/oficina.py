"""The office that accompanies people, named as the site names it: its own, and not that of one country."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .contrato import valor


@dataclass(frozen=True)
class NombreConArticulo:
    """A name as it is said, «el centro» or «la oficina», and what it becomes after «a» and «de»."""

    el: str

    @property
    def al(self) -> str:
        return f"al {self.el[3:]}" if self.el.startswith("el ") else f"a {self.el}"

    @property
    def de(self) -> str:
        return f"del {self.el[3:]}" if self.el.startswith("el ") else f"de {self.el}"


def oficina_de_fabrica() -> str:
    """Return how the host names it until somebody changes it: ``KUSKA_OFICINA``, with its article."""
    return valor("KUSKA_OFICINA") or _("la oficina")


def aviso_de_fabrica() -> str:
    """Return the notice about personal data that a site begins with."""
    oficina = NombreConArticulo(oficina_de_fabrica())
    return _(
        "Usamos su nombre, documento, cargo y avance solo para esta capacitación y su certificado.\n"
        "Los ve el equipo %(de_la_oficina)s de su zona. No se publican ni se venden.\n"
        "Puede pedir verlos, corregirlos o borrarlos escribiendo %(a_la_oficina)s."
    ) % {"de_la_oficina": oficina.de, "a_la_oficina": oficina.al}
