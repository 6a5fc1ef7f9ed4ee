"""From what somebody asked for to its rows: the scope of who asks, today, decides what is read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio

from ..consultas import lugares
from ..consultas.ambito import Ambito, EdicionDelAmbito, edicion_por_defecto, ediciones_del, interseccion
from ..consultas.contadores import caben
from .cuentas import de_cuentas
from .definicion import FILTROS, TODAS, Definicion, Forma
from .filas import de_asientos, de_personas
from .reglas import faltas
from .resultado import Resultado


class InformeError(ErrorDeDominio):
    """Codes: ``fuera_de_alcance``, ``sin_edicion``, ``no_se_puede``."""


@dataclass(frozen=True)
class Preparado:
    """A report with its limits: what the page says above it, and the files in their sheet of notes."""

    pedida: Definicion
    ambitos: tuple[Ambito, ...]
    resultado: Resultado

    @property
    def ambito(self) -> Ambito:
        return self.ambitos[0]

    @property
    def en_palabras(self) -> list[tuple[str, str]]:
        """Place, day, edition and filters."""
        ediciones = [f"{uno.edicion.curso} · {uno.edicion.nombre}" for uno in self.ambitos if uno.edicion]
        lineas = [
            (_("Lugar"), lugares.enumerar(self.ambito.prefijos)),
            (_("Al día"), date_format(self.ambito.dia)),
            (_("Edición"), ", ".join(ediciones) or _("Sin edición abierta")),
        ]
        for nombre, valor in self.pedida.filtros.items():
            lineas.append((nombre.capitalize(), str(dict(FILTROS[nombre])[valor])))
        return lineas


Ediciones = tuple[EdicionDelAmbito, ...]


def preparar(
    pedida: Definicion, *, alcance: AlcanceEfectivo, ahora: datetime.datetime, ediciones: Ediciones | None = None
) -> Preparado:
    """Count and get ready to read. Raises InformeError when it cannot be asked for, in a sentence.

    ``ediciones``: those of the scope, if somebody read them already.
    """
    _exigir_sin_faltas(pedida)
    suyas = ediciones_del(alcance) if ediciones is None else ediciones
    ambitos = ambitos_de(pedida, suyas, alcance=alcance, ahora=ahora)
    if pedida.forma == Forma.PERSONAS:
        resultado = de_personas(ambitos, pedida)
    elif pedida.forma == Forma.ASIENTOS:
        resultado = de_asientos(ambitos[0], pedida)
    else:
        resultado = de_cuentas(ambitos, pedida)
    return Preparado(pedida, tuple(ambitos), resultado)


def es_de_muchos(
    pedida: Definicion, *, alcance: AlcanceEfectivo, ahora: datetime.datetime, ediciones: Ediciones | None = None
) -> bool:
    """Whether it counts so many people that nobody should wait for it: it is prepared apart. Raises InformeError."""
    if pedida.forma != Forma.CUENTAS:
        return False  # of a list, a page is read and not all of it
    _exigir_sin_faltas(pedida)  # told at once, and not by a work that fails
    suyas = ediciones_del(alcance) if ediciones is None else ediciones
    return not all(map(caben, ambitos_de(pedida, suyas, alcance=alcance, ahora=ahora)))


def _exigir_sin_faltas(pedida: Definicion) -> None:
    if mal := faltas(pedida):
        raise InformeError("no_se_puede", mal[0][1])


def ambitos_de(
    pedida: Definicion, ediciones: Ediciones, *, alcance: AlcanceEfectivo, ahora: datetime.datetime
) -> list[Ambito]:
    """One for each edition that the report is about, inside what the account reaches today."""
    if not alcance:
        raise InformeError("fuera_de_alcance", _("Hoy no tiene un lugar a su cargo."))
    prefijos = interseccion(alcance.prefijos, [pedida.territorio]) if pedida.territorio else alcance.prefijos
    if not prefijos:
        frase = _("Este informe es de un lugar que hoy no está a su cargo. Cópielo y elija otro.")
        raise InformeError("fuera_de_alcance", frase)
    hoy = timezone.localdate(ahora)
    base = Ambito(prefijos=prefijos, ahora=ahora, ediciones=ediciones, territorio=pedida.territorio, al=pedida.dia(hoy))
    return [replace(base, edicion=edicion) for edicion in _ediciones(pedida, ediciones, base)] or [base]


def _ediciones(pedida: Definicion, ediciones: Sequence[EdicionDelAmbito], base: Ambito) -> list[EdicionDelAmbito]:
    if pedida.edicion == TODAS:
        return [una for una in ediciones if _es_del_periodo(una, pedida, base.dia)]
    if pedida.edicion:
        elegida = [una for una in ediciones if str(una.id) == pedida.edicion]
        if not elegida:
            raise InformeError("sin_edicion", _("La edición de este informe no es de su zona. Elija otra."))
        return elegida
    por_defecto = edicion_por_defecto(tuple(ediciones), dia=base.dia)
    return [por_defecto] if por_defecto else []


def _es_del_periodo(una: EdicionDelAmbito, pedida: Definicion, dia: datetime.date) -> bool:
    """Begun by the day; of a year, also not over before it began."""
    termino_antes = pedida.anio and una.termina and una.termina < datetime.date(pedida.anio, 1, 1)
    return una.inicia <= dia and not termino_antes
