"""What a report says by sex or by ethnic self-identification: only what was counted and may be told (decision 27)."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from instancias.declarados import OPCIONES, Campo, en_palabras
from marco.grupos import en_palabras as dicho

from ..consultas.ambito import Ambito
from ..consultas.distritos import instancias
from ..consultas.rasgos import ORIGENES, PASOS, SEXOS, Dicho, lo_dicho, sumar_dichos

CLAVES = ("mujeres", "hombres")  # of the columns, in the order of SEXOS


def provincias_de(ambito: Ambito) -> list[str]:
    """The provinces that the scope touches. Two statements."""
    return sorted({una.ubigeo[:4] for una in instancias(ambito) if una.es_propia})


def _enteras(ambito: Ambito, provincias: list[str]) -> bool:
    """Whether the scope is made of whole provinces: of a part of one, only its tables are told."""
    return all(provincia.startswith(ambito.limites) for provincia in provincias)


class Dichos:
    """What is told of the provinces of a scope, with the notes that say of which day."""

    def __init__(self, campo: str, ambito: Ambito, notas: list[str]) -> None:
        self.provincias = provincias_de(ambito)
        self.enteras = _enteras(ambito, self.provincias)
        edicion = ambito.edicion if campo == Campo.SEXO else None
        self.dichos: dict[str, Dicho] = lo_dicho(campo, self.provincias, edicion, ambito.dia)
        dias = sorted({uno.al for uno in self.dichos.values()})
        if dias:
            frase = _("%(dato)s: como se contó el %(dias)s, entre quienes quisieron decirlo.")
            enumerados = ", ".join(date_format(dia) for dia in dias)
            notas.append(frase % {"dato": Campo(campo).label, "dias": enumerados})
        else:
            notas.append(_("%(dato)s: hasta ese día todavía no se había contado.") % {"dato": Campo(campo).label})
        notas.append(_("Un grupo de menos de cinco personas no se dice, ni lo que haría falta para calcularlo."))

    @property
    def se_dice_el_total(self) -> bool:
        return self.enteras and bool(self.provincias) and len(self.dichos) == len(self.provincias)

    def total(self, pasos: int, ancho: int) -> tuple[list[list[int | None]], list[int | None]]:
        """Of all the provinces together, step by step: what each one said, and how many said nothing."""
        if not self.se_dice_el_total:
            return [[None] * ancho for _paso in range(pasos)], [None] * pasos
        todos = list(self.dichos.values())
        dichas = [sumar_dichos([uno.total[paso] for uno in todos]) for paso in range(pasos)]
        return dichas, [sum(uno.sin_dato_en_total[paso] for uno in todos) for paso in range(pasos)]


class SexosDelAmbito(Dichos):
    """The columns by sex of each row of a report of counts."""

    def __init__(self, ambito: Ambito, notas: list[str]) -> None:
        super().__init__(Campo.SEXO, ambito, notas)
        notas.append(_("Por sexo, cada persona cuenta en una sola de sus instancias."))

    def de(self, grupo: dict[str, str]) -> dict[str, Any]:
        if ubigeo := grupo.get("instancia"):
            uno = self.dichos.get(ubigeo[:4])
            if uno is None or ubigeo not in uno.filas:
                return _celdas([[None, None]] * len(PASOS), [None] * len(PASOS))
            return _celdas(uno.filas[ubigeo], uno.sin_dato[ubigeo])
        if provincia := grupo.get("provincia"):
            uno = self.dichos.get(provincia) if self.enteras else None
            return _celdas(uno.total, uno.sin_dato_en_total) if uno else _celdas([[None, None]] * 5, [None] * 5)
        return _celdas(*self.total(len(PASOS), len(SEXOS)))


def _celdas(pasos: Any, sin_dato: Any) -> dict[str, Any]:
    celdas: dict[str, Any] = {}
    for medida, paso, resto in zip(PASOS, pasos, sin_dato, strict=True):
        celdas |= {f"{medida}_{clave}": dicho(cuenta) for clave, cuenta in zip(CLAVES, paso, strict=True)}
        celdas[f"{medida}_sin_dato"] = dicho(resto)
    return celdas


def por_sexo(ambito: Ambito, notas: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """A row a sex, and one of who did not say it."""
    pasos, sin_dato = Dichos(Campo.SEXO, ambito, notas).total(len(PASOS), len(SEXOS))
    filas = [
        (en_palabras(Campo.SEXO, sexo), {medida: dicho(pasos[n][i]) for n, medida in enumerate(PASOS)})
        for i, sexo in enumerate(SEXOS)
    ]
    return [*filas, (_("Sin declarar"), {medida: dicho(sin_dato[n]) for n, medida in enumerate(PASOS)})]


def por_origen(ambito: Ambito, notas: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """A row a group, of whole provinces."""
    pasos, sin_dato = Dichos(Campo.ORIGEN, ambito, notas).total(1, len(ORIGENES))
    filas = [
        (str(texto), {"integrantes": dicho(pasos[0][i])})
        for i, (_valor, texto) in enumerate(OPCIONES[Campo.ORIGEN][:-1])
    ]
    return [*filas, (_("Sin declarar"), {"integrantes": dicho(sin_dato[0])})]
