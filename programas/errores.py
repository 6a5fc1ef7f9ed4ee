"""What is wrong with a file of the programme, in words that say where and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio


@dataclass(frozen=True, order=True)
class Problema:
    """One thing to mend. ``linea`` is 0 when it belongs to the whole file."""

    archivo: str
    linea: int
    mensaje: str

    def __str__(self) -> str:
        if not self.linea:
            return f"{self.archivo}: {self.mensaje}"
        return _("%(archivo)s, línea %(linea)d: %(mensaje)s") % {
            "archivo": self.archivo,
            "linea": self.linea,
            "mensaje": self.mensaje,
        }


class ContenidoInvalido(ErrorDeDominio):
    """The files cannot be loaded as they are. Nothing was changed."""

    def __init__(self, problemas: Iterable[Problema]) -> None:
        self.problemas = tuple(sorted(problemas))
        super().__init__("contenido_invalido", "\n".join(str(problema) for problema in self.problemas))
