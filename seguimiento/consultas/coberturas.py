"""What there is in a scope without counting anybody, and how its seats are covered: for whoever only asks for that."""

from __future__ import annotations

from instancias.models import Territorio
from instancias.querysets import bajo

from . import abiertas, contadores, distritos, lugares
from .abiertas import Datos
from .ambito import Ambito
from .distritos import Instancia


def que_hay(ambito: Ambito) -> list[Instancia]:
    """Every place of the scope that may have a table, in order, without its seats and its people. One statement."""
    filas = (
        Territorio.objects.filter(bajo(ambito.prefijos, "ubigeo"))
        .exclude(nivel=Territorio.Nivel.DEPARTAMENTO)
        .order_by("ubigeo")
        .values_list(*distritos.DEL_LUGAR)
    )
    return [
        Instancia(
            *datos,
            existe=instancia is not None,
            atendida_por=atendida_por or "",
            meta=None,
            convocada=ambito.convoca(datos[0]),
        )
        for *datos, instancia, atendida_por in filas
    ]


def coberturas(ambito: Ambito) -> list[Datos]:
    """The seats of each own table that the edition calls. Of several provinces, what was counted already is read.

    Raises ``contadores.FaltaContar`` where it is another day of many people that nobody counted.
    """
    if len(lugares.dentro_de(ambito.prefijos, lugares.PROVINCIA)) < 2:
        return [abiertas.cobertura(una) for una in _propias(distritos.instancias(ambito))]
    cuentas, _totales = contadores.sumar(ambito)
    columnas = [contadores.CAMPOS.index(campo) for campo in ("exigidos", "con_persona", "completos")]
    filas = []
    for una in _propias(que_hay(ambito)):
        suyas = cuentas.get(una.ubigeo)
        filas.append(abiertas.cobertura_de(una, *(suyas[n] if suyas else 0 for n in columnas)))
    return filas


def _propias(instancias: list[Instancia]) -> list[Instancia]:
    return [una for una in instancias if una.es_propia and una.convocada]
