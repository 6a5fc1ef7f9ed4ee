"""Registry numbers outlive a return to an older copy: what a paper may already say is not given again."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.respaldo.memoria import Recuerdo

from ..models import ContadorDeRegistro
from .registro import avanzar_registro

MINIMO, REDONDO = 1000, 1000


def tramo_seguro(ultimo: int) -> int:
    """Up to where to go so that no number is used twice, when nobody knows how many were given after ``ultimo``.

    As many again as the year gave, a thousand at least, to a round number: who reads the book sees where it jumped.
    """
    return -(-(ultimo + max(MINIMO, ultimo)) // REDONDO) * REDONDO


class NumerosDeRegistro(Recuerdo):
    clave = "registro"

    def recordar(self) -> dict[str, int]:
        return {str(anio): ultimo for anio, ultimo in ContadorDeRegistro.objects.values_list("anio", "ultimo")}

    def juntar(self, antes: Any, ahora: Any) -> dict[str, int]:
        return {anio: max(antes.get(anio, 0), ahora.get(anio, 0)) for anio in sorted({*antes, *ahora})}

    @transaction.atomic
    def volver(self, recordado: Any, *, copia_de: datetime.datetime, ahora: datetime.datetime) -> list[str]:
        """Each year since the copy jumps over what may have been printed; others stay as they were."""
        sabidos = self.juntar(recordado or {}, self.recordar())
        frases = []
        for anio in range(timezone.localdate(copia_de).year, timezone.localdate(ahora).year + 1):
            hasta = tramo_seguro(sabidos.get(str(anio), 0))
            avanzar_registro(anio=anio, hasta=hasta)
            frase = _(
                "El registro de %(anio)d sigue después del %(hasta)04d: ningún número se repite. Los que se saltan "
                "pudieron imprimirse después de la copia; quien traiga un papel con uno de ellos necesita otro."
            )
            frases.append(frase % {"anio": anio, "hasta": hasta})
        return frases
