"""What stands for a kind that is no longer registered: its units are told by their last title, and open nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .base import ClaseDeUnidad

if TYPE_CHECKING:
    from ..consultas.temario import FilaDeTemario, Temario


class ClasePerdida(ClaseDeUnidad):
    """Nothing waits for it, since nobody can do it; and it is not finished for anybody either."""

    clase = ""
    nombre = gettext_lazy("Parte")
    plural = gettext_lazy("partes")
    la_esperan = False
    dice_su_clase = False

    def url(self, *, curso: int, numero: int) -> str:
        return ""

    def detalle(self, fila: FilaDeTemario) -> str:
        return ""

    def cierre(self, *, fila: FilaDeTemario, temario: Temario, terminadas: Collection[int]) -> str:
        return _("No se puede abrir por ahora")

    def modelo(self) -> type[Any]:
        raise LookupError("Una clase de unidad que no está registrada no tiene páginas.")
