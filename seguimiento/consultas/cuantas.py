"""How many rows a list of several provinces has, where a figure of the panel says it and it was counted already."""

from __future__ import annotations

from collections.abc import Callable

from . import contadas, contadores
from .ambito import Ambito
from .distritos import Totales
from .instantanea import instantanea

VIVAS = 8  # of more places than these to be counted now, counting the rows of one list takes less

DE_ASIENTOS = {"asientos", "sin_persona", "con_persona", "completos", "incompletos"}
DE_ASIENTOS |= {"alcaldias", "alcaldias_al_dia", "alcaldias_pendientes"}

# By the name that the address gives to a list: the figure that is as many as its rows.
DE_UNA_LISTA: dict[str, Callable[[Totales], int]] = {
    "integrantes": lambda total: total.integrantes,
    "inscritas": lambda total: total.inscritas,
    "empezaron": lambda total: total.empezaron,
    "en_curso": lambda total: total.en_curso,
    "no_empezaron": lambda total: total.pendientes - total.en_curso,
    "terminaron": lambda total: total.terminaron,
    "pendientes": lambda total: total.pendientes,
    "certificadas": lambda total: total.certificadas,
    "asientos": lambda total: total.asientos,
    "sin_persona": lambda total: total.sin_persona,
    "con_persona": lambda total: total.asientos - total.sin_persona,
    "completos": lambda total: total.completos,
    "incompletos": lambda total: total.asientos - total.completos,
    "alcaldias": lambda total: total.alcaldias,
    "alcaldias_al_dia": lambda total: total.alcaldias_al_dia,
    "alcaldias_pendientes": lambda total: total.alcaldias - total.alcaldias_al_dia,
}


def de_una_lista(ambito: Ambito, lista: str) -> int | None:
    """As many as there are at this moment; None where whoever asks counts them. A handful of statements."""
    if ambito.edicion is None or ambito.instancia:
        return None
    if lista == "sin_actividad":
        return _quietas(ambito)
    if lista not in DE_UNA_LISTA or not contadores.hay():
        return None
    with instantanea():
        leidas = contadores.guardadas(ambito)
        if leidas is None:
            return None
        cuentas, de_mas, faltan = leidas
        vivas = contadores.sin_los_de_dentro(faltan)
        if len(vivas) > VIVAS:
            return None
        con_personas = lista not in DE_ASIENTOS
        _cuentas, total = contadores.con_lo_que_falta(ambito, cuentas, de_mas, vivas, con_personas=con_personas)
    return DE_UNA_LISTA[lista](total)


def _quietas(ambito: Ambito) -> int | None:
    """Who is still, of what the instancias keep one by one."""
    suyas = contadas.del_ambito(ambito) if ambito.al is None else None
    if suyas is None or not suyas.casi_contadas():
        return None
    return suyas.totales(suyas.instancias()).sin_actividad


def piden_ayuda(ambito: Ambito) -> list[int] | None:
    """Who needs help, of what the instancias keep one by one."""
    suyas = contadas.del_ambito(ambito) if ambito.al is None and ambito.edicion else None
    return suyas.por_ayudar() if suyas and suyas.casi_contadas() else None
