"""What invented people say of themselves: most their sex, half of them their origin, with the notice that they read."""

from __future__ import annotations

import datetime
import random
from collections.abc import Collection, Iterable

import yaml

from instancias.acceso.services.declarados import declarar
from instancias.declarados import NO_DICE, Campo
from instancias.models import DatoDeclarado, Persona
from seguimiento.services.rasgos import contar_rasgos

from .personas import NOMBRES, Invento

SEMILLA = 29733
DICEN_SEXO, DICEN_ORIGEN = 0.8, 0.5
Origen = DatoDeclarado.Origen
ORIGENES = {Origen.MESTIZO: 12, Origen.QUECHUA: 6, Origen.AMAZONIA: 2, Origen.OTRO: 1, NO_DICE: 2}


def dejar_declarados(gente: Iterable[Invento], ahora: datetime.datetime, *, menos: Collection[str] = ()) -> None:
    """Say it by the same act as their page, and count it as each night. Doing it again says nothing more.

    ``menos``: documents of those who are left to be asked, so that their page has what to show.
    """
    if DatoDeclarado.objects.exists():
        return
    ellas = set(yaml.safe_load(NOMBRES.read_text())["ellas"])
    azar = random.Random(SEMILLA)  # noqa: S311 — repeatable on purpose
    con_cuenta = Persona.objects.filter(cuenta__isnull=False, documento__startswith="9999").select_related("cuenta")
    entraron = {persona.documento: persona for persona in con_cuenta}
    for uno in gente:
        sexo, origen = azar.random() < DICEN_SEXO, azar.random() < DICEN_ORIGEN
        cual = azar.choices(list(ORIGENES), weights=list(ORIGENES.values()))[0]
        persona = entraron.get(uno.documento)
        if persona is None or uno.perfil == "no_entro" or uno.documento in menos:
            continue
        if sexo:
            valor = DatoDeclarado.Sexo.MUJER if uno.nombres in ellas else DatoDeclarado.Sexo.HOMBRE
            declarar(persona=persona, campo=Campo.SEXO, valor=valor, ahora=ahora)
        if origen:
            declarar(persona=persona, campo=Campo.ORIGEN, valor=cual, ahora=ahora)
    contar_rasgos(ahora=ahora)
