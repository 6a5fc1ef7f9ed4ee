"""What is told of papers once a copy was put back: why the register jumps, and which papers may not be in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marco.respaldo.vuelta import Vuelta, ultima_vuelta

from ..models import Certificado


def por_que_salta(certificados: Iterable[Certificado]) -> str:
    """For who reads the book: empty where the years of these papers have no jump. One statement, with papers."""
    anios = {uno.anio for uno in certificados}
    vuelta = ultima_vuelta() if anios else None
    if vuelta is None or not (salta := sorted(anios & set(vuelta.anios))):
        return ""
    frase = _(
        "El registro de %(anios)s salta números porque el %(dia)s se volvió a una copia de respaldo. Los que faltan "
        "pudieron imprimirse después de la copia, y por eso no se dan otra vez. Un papel que lleve uno de ellos no "
        "consta aquí."
    )
    return frase % {"anios": _(" y ").join(map(str, salta)), "dia": _dia(vuelta.en)}


def puede_no_constar(vuelta: Vuelta | None) -> str:
    """For whoever holds a paper that is not found: it may be of the days that a return left behind."""
    if vuelta is None:
        return ""
    if vuelta.de is None:
        frase = _("El %(dia)s este registro se repuso de una copia de respaldo.")
        dicho = frase % {"dia": _dia(vuelta.en)}
    else:
        frase = _("El %(dia)s este registro se repuso de una copia de respaldo del %(copia)s.")
        dicho = frase % {"dia": _dia(vuelta.en), "copia": _dia(vuelta.de)}
    return f"{dicho} " + _(
        "Un papel emitido entre la copia y ese día puede ser auténtico y no constar aquí: pregunte a la entidad que "
        "lo emitió."
    )


def _dia(en: datetime.datetime) -> str:
    return date_format(timezone.localtime(en), r"j \d\e F \d\e Y")
