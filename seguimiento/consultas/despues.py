"""What was written down after the day of a figure, with an earlier date. One statement."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from instancias.models import Membresia

from . import definiciones as d
from .ambito import Ambito


@dataclass(frozen=True)
class RegistradoDespues:
    """How much of the figures was not known on their day: seats taken, seats left and courses finished."""

    entradas: int
    salidas: int
    terminos: int

    def __bool__(self) -> bool:
        return bool(self.entradas or self.salidas or self.terminos)


def registrado_despues(ambito: Ambito) -> RegistradoDespues | None:
    """Count it, for the seats and people of the scope; nothing to ask of today."""
    if ambito.al is None:
        return None
    sentadas = d.en_funciones(ambito, "")
    return RegistradoDespues(
        **Membresia.objects.filter(d.exigido(ambito, "asiento__"), persona__activa=True)
        .alias(insc=d.inscripcion_del_dia(ambito, "persona__"))
        .aggregate(
            entradas=Count("pk", filter=sentadas & d.supo_despues(ambito)),
            salidas=Count("pk", filter=d.salio_y_se_supo_despues(ambito)),
            terminos=Count("persona", distinct=True, filter=sentadas & d.termino_y_se_supo_despues(ambito)),
        )
    )
