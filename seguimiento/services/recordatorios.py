"""«Ya avisé»: that somebody was told, why and when. Saying it twice on a day is saying it once."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from instancias import rastro
from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio

from ..models import Recordatorio


class RecordatorioError(ErrorDeDominio):
    """The reminder cannot be written down. Codes: ``no_encontrado``, ``motivo_desconocido``."""


@transaction.atomic
def anotar_recordatorio(
    *,
    motivo: str,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
    persona: int | None = None,
    asiento: int | None = None,
) -> None:
    """Write down a reminder to a person, or about a seat, inside the scope. The row hides for seven days.

    Two people of the staff, two tabs or an impatient finger leave one line a day: the constraint decides.
    """
    vacante = motivo == Recordatorio.Motivo.VACANTE
    if motivo not in Recordatorio.Motivo.values or (persona is None) == (asiento is None) or vacante != bool(asiento):
        raise RecordatorioError("motivo_desconocido", _("No reconocemos ese aviso. Vuelva a la lista."))
    alcanzado = (
        alcance.personas().filter(pk=persona).first()
        if persona is not None
        else alcance.asientos().exigidos().filter(pk=asiento).first()
    )
    if alcanzado is None:
        raise RecordatorioError("no_encontrado", _("No encontramos esa fila. Vuelva a la lista."))
    _recordatorio, nuevo = Recordatorio.objects.get_or_create(
        persona_id=persona,  # type: ignore[misc]  # one of the two is empty, as the constraint asks
        asiento_id=asiento,
        motivo=motivo,
        hecho_el=timezone.localdate(ahora),
        defaults={"por": por, "hecho_en": ahora},
    )
    if nuevo and persona is not None:
        rastro.anotar(accion="seguimiento.ya_avise", persona=alcanzado, por=por, datos={"motivo": motivo})
