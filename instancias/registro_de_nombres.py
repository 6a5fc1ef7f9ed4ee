"""The register of people as a memory of names: a word that lost its letters may be the name of somebody known."""

from __future__ import annotations

import re

from django.apps import apps

from marco.letras_perdidas import como_se_escribio, patron_de


def del_registro(palabra: str) -> str:
    """Return the word that two people or more of the register bear and this one may have been. One statement."""
    patron = patron_de(palabra)
    trozos = re.findall(r"[a-z]+", palabra.casefold())
    if patron is None or not trozos:
        return ""
    personas = apps.get_model("kuska_instancias", "Persona").objects  # they keep names by the rule that asks this
    parecidas = personas.filter(busqueda__contains=max(trozos, key=len))
    filas = parecidas.values_list("nombres", "apellidos")[:300]
    veces: dict[str, int] = {}
    for nombres in filas:
        for una in {parte for texto in nombres for parte in re.split(r"[ -]", texto)}:
            if patron.fullmatch(una.casefold()):
                veces[una] = veces.get(una, 0) + 1
    conocidas = [una for una, cuantas in veces.items() if cuantas > 1]
    return como_se_escribio(max(conocidas, key=lambda una: veces[una]), palabra) if conocidas else ""


class RegistroDeNombres:
    """Ask the register about the broken words of a whole sheet: each one once, and not more than a few."""

    MAXIMO = 10

    def __init__(self) -> None:
        self.vistas: dict[str, str] = {}

    def __call__(self, palabra: str) -> str:
        if palabra not in self.vistas:
            self.vistas[palabra] = del_registro(palabra) if len(self.vistas) < self.MAXIMO else ""
        return self.vistas[palabra]
