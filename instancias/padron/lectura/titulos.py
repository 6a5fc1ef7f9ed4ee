"""Which place the name of a sheet and the lines above its list name, and whether it is another than its rows would get.

A row that says no district takes the one that was said for the whole list, or the only one of its bringer. What is
written above is only read to ask: nothing is taken from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ...models import Territorio
from .encabezado import Cuadro

if TYPE_CHECKING:
    from .forma import Reconocedor


@dataclass(frozen=True)
class OtroLugar:
    """The places that a list names, and the one where its rows would go."""

    nombrados: tuple[Territorio, ...]
    iria_a: Territorio
    se_exige: bool  # whether somebody has to say it: some rows have no other place than the one of their bringer

    @property
    def frase(self) -> str:
        frase = _("La lista nombra a %(nombrados)s, pero sus filas quedarían en %(lugar)s. Diga de dónde es la lista.")
        nombres = ", ".join(dict.fromkeys(uno.nombre for uno in self.nombrados))
        return frase % {"nombrados": nombres, "lugar": self.iria_a.nombre}


def otro_lugar(cuadros: Sequence[Cuadro], reconocer: Reconocedor) -> OtroLugar | None:
    """What to ask, if any list without a column of districts names another place than the one it would go to."""
    sin_columna = [cuadro for cuadro in cuadros if not {"distrito", "ubigeo"} & cuadro.claves()]
    dado = reconocer.lugar_dado()
    de_hojas = {cuadro.numero: reconocer.de_la_hoja(cuadro.hoja) for cuadro in sin_columna}
    se_exige = len(cuadros) == 1 or not all(de_hojas.values())
    hojas = tuple(dict.fromkeys(lugar for lugar in de_hojas.values() if lugar))
    if dado and hojas and not any(_es(lugar, dado) for lugar in hojas):
        return OtroLugar(hojas, dado, se_exige)
    for cuadro in sin_columna:
        iria_a = de_hojas[cuadro.numero] or dado
        if iria_a is None:
            continue
        if not reconocer.alcance.cubre(iria_a.ubigeo):
            return OtroLugar((iria_a,), iria_a, se_exige)
        arriba = _nombrados(cuadro, reconocer, iria_a.ubigeo[:4])
        if arriba and not any(_es(lugar, iria_a) for lugar in arriba):
            return OtroLugar(arriba, iria_a, se_exige)
    return None


def _nombrados(cuadro: Cuadro, reconocer: Reconocedor, provincia: str) -> tuple[Territorio, ...]:
    """The districts that the lines above a list surely name; the provinces, when they name no district."""
    vistos = [lugar for linea in cuadro.arriba for lugar in reconocer.lugares.en_titulo(linea, provincia)]
    distritos = [lugar for lugar in vistos if lugar.nivel == Territorio.Nivel.DISTRITO]
    return tuple(dict.fromkeys(distritos or vistos))


def _es(nombrado: Territorio, dado: Territorio) -> bool:
    """Whether a place named is the one given: itself, its province, or the capital of the province of a table."""
    if dado.nivel == Territorio.Nivel.DISTRITO:
        return dado.ubigeo.startswith(nombrado.ubigeo)
    return nombrado.ubigeo in (dado.ubigeo, f"{dado.ubigeo}01")
