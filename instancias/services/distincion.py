"""Two registers that look like one are two people: said once, remembered, and taken back."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.restricciones import Restriccion, otra_vez

from .. import rastro
from ..models import Distincion
from ..politica import AlcanceEfectivo
from .fusion import FUERA, tomar

CARRERAS: tuple[Restriccion, ...] = ((Distincion, "distincion_una_por_par"),)


@otra_vez(*CARRERAS)
def distinguir(*, una: int, otra: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> Distincion:
    """Remember that two registers are of two people. Saying it again changes nothing.

    Raises ``fuera_de_alcance``, and ``una_sola`` for a register with itself.
    """
    if una == otra:
        raise ErrorDeDominio("una_sola", _("Es el mismo registro. Elija otro."))
    personas = _a_cargo(una, otra, alcance)
    dicha, nueva = Distincion.objects.get_or_create(
        una=min(una, otra), otra=max(una, otra), defaults={"dicha_por": por, "dicha_en": ahora}
    )
    if nueva:
        lineas = [("instancias.distinguir", persona, {"distincion": dicha.pk}) for persona in personas]
        rastro.anotar_lineas(lineas, por=por, ahora=ahora)
    return dicha


@otra_vez()
def dejar_de_distinguir(*, una: int, otra: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> bool:
    """Forget it: they may be of one person after all. Return whether it was said. Raises ``fuera_de_alcance``."""
    personas = _a_cargo(una, otra, alcance)
    dicha = Distincion.objects.filter(una=min(una, otra), otra=max(una, otra)).first()
    if dicha is None:
        return False
    lineas = [("instancias.dejar_de_distinguir", persona, {"distincion": dicha.pk}) for persona in personas]
    dicha.delete()
    rastro.anotar_lineas(lineas, por=por, ahora=ahora)
    return True


def _a_cargo(una: int, otra: int, alcance: AlcanceEfectivo) -> Any:
    personas = tomar(una, otra)
    if alcance.personas_a_cargo().filter(pk__in=(una, otra)).count() != 2:
        raise ErrorDeDominio("fuera_de_alcance", str(FUERA))
    return personas
