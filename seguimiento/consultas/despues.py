"""What was written down after the day of a figure, with an earlier date. One statement."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Value

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
    """Count it, for the seats and people of the scope; nothing to ask of today.

    Each is looked for by when it was written down, which few were: joined first to all that there is, a country is read
    whole.
    """
    if ambito.al is None:
        return None
    sillas = Membresia.objects.filter(d.exigido(ambito, "asiento__"), persona__activa=True)
    entradas = sillas.filter(d.en_funciones(ambito, ""), d.supo_despues(ambito))
    salidas = sillas.filter(d.salio_y_se_supo_despues(ambito))
    terminos = d.personas_del(ambito).filter(d.termino_y_se_supo_despues(ambito))
    partes = [
        cuales.order_by()
        .annotate(que=Value(que))
        .values("que")
        .annotate(cuantas=Count("pk"))
        .values_list("que", "cuantas")
        for que, cuales in (("entradas", entradas), ("salidas", salidas), ("terminos", terminos))
    ]
    cuentas = dict(partes[0].union(*partes[1:], all=True))
    return RegistradoDespues(*(cuentas.get(que, 0) for que in ("entradas", "salidas", "terminos")))
