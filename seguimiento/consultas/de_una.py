"""Questions about one instancia whose text is written once, and asked again with the values of each (``preparadas``).

What a question reads of an ``Ambito`` is one of its values (instancia, edition, day, instants) or part of its form,
which makes a text of its own. Where the values do not say it all, the question is written anew as ever.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from marco.preparadas import LO_MAS_LEJOS, Preparada

from .ambito import Ambito, EdicionDelAmbito
from .motivos import DIAS_PARA_APLICAR

HACE_MUCHO = datetime.date(1901, 1, 1)


@dataclass(frozen=True)
class Forma:
    """What changes the text of a question."""

    de_hoy: bool
    con_tipos: bool
    solo_titulares: bool
    termino: bool
    retirado: bool
    aplicacion: tuple[int, int] | None

    def ambito(
        self,
        *,
        ubigeo: str,
        edicion: int,
        dia: datetime.date,
        corte: datetime.datetime,
        mes: datetime.datetime,
        ahora: datetime.datetime,
    ) -> Ambito:
        suya = EdicionDelAmbito(
            edicion, "", 0, 0, "", HACE_MUCHO, HACE_MUCHO if self.termino else None, True, self.con_tipos, (ubigeo,)
        )
        if self.retirado:
            suya = replace(suya, retirado=ahora)
        ambito = Ambito((ubigeo,), ahora, suya, instancia=ubigeo, al=None if self.de_hoy else dia)
        # What an ``Ambito`` works out of the others is a value here: in its place, it is worked out no more.
        dichos: dict[str, Any] = vars(ambito)
        dichos |= {
            "hoy": dia,
            "corte": corte,
            "inicio_de_mes": mes,
            "convocados": (ubigeo,),
            "solo_titulares": self.solo_titulares,
            "aplicacion": self.aplicacion,
        }
        return ambito


def de_una_edicion(edicion: int, *, corte: datetime.datetime, ahora: datetime.datetime) -> Ambito:
    """What a question of today asks of its edition alone, wherever people sit."""
    forma = Forma(True, con_tipos=False, solo_titulares=False, termino=False, retirado=False, aplicacion=None)
    return forma.ambito(ubigeo="", edicion=edicion, dia=HACE_MUCHO, corte=corte, mes=corte, ahora=ahora)


def de_un_lugar(lugar: str, *, edicion: int, dia: datetime.date, con_tipos: bool) -> Ambito:
    """What a question asks of who sits in a place on a day: of the edition, and of no instant."""
    forma = Forma(False, con_tipos=con_tipos, solo_titulares=False, termino=False, retirado=False, aplicacion=None)
    nunca = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    ambito = forma.ambito(ubigeo=lugar, edicion=edicion, dia=dia, corte=nunca, mes=nunca, ahora=nunca)
    vars(ambito)["instancia"] = ""
    return ambito


class DeUnaInstancia:
    """A question of an ``Ambito``: a function of it, and of plain values, that returns a queryset."""

    def __init__(self, construir: Callable[..., QuerySet]) -> None:
        self.construir = construir
        self.preparada = Preparada(self._con_valores, se_anota=False)

    def __call__(self, ambito: Ambito, **mas: Any) -> list[Any]:
        if not _se_dice_con_valores(ambito):
            return list(self.construir(ambito, **mas))
        return self.preparada(
            forma=Forma(
                ambito.al is None,
                ambito.edicion.con_tipos,  # type: ignore[union-attr]
                ambito.solo_titulares,
                ambito.termino,
                ambito.retirado is not None,
                ambito.aplicacion,
            ),
            ubigeo=ambito.instancia,
            edicion=ambito.edicion_id,
            dia=ambito.dia,
            corte=ambito.corte,
            mes=ambito.inicio_de_mes,
            ahora=ambito.ahora,
            **mas,
        )

    def _con_valores(self, *, forma: Forma, **valores: Any) -> QuerySet:
        del_ambito = {cual: valores.pop(cual) for cual in ("ubigeo", "edicion", "dia", "corte", "mes", "ahora")}
        return self.construir(forma.ambito(**del_ambito), **valores)


def _se_dice_con_valores(ambito: Ambito) -> bool:
    """Whether it is of one instancia that the edition calls, whole."""
    dias = (ambito.aplicacion or (0, 0))[1] + DIAS_PARA_APLICAR
    return (
        ambito.edicion is not None
        and ambito.prefijos == ambito.convocados == (ambito.instancia,)
        and dias < LO_MAS_LEJOS.days
    )
