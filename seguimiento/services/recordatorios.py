"""«Ya avisé»: that somebody was told, why and when. Saying it twice on a day is saying it once."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from instancias import rastro
from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio
from marco.numeros import entero_de
from marco.restricciones import otra_vez

from ..models import Recordatorio

# Two tabs, or two people, at the same instant: the constraint decides.
UNO_AL_DIA = (
    (Recordatorio, "recordatorio_uno_por_dia_y_persona"),
    (Recordatorio, "recordatorio_uno_por_dia_y_asiento"),
)


class RecordatorioError(ErrorDeDominio):
    """The reminder cannot be written down. Codes: ``no_encontrado``, ``motivo_desconocido``, ``nadie``."""


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


@dataclass(frozen=True)
class Aviso:
    """Whom somebody told, and why: of one row of a list."""

    motivo: str
    persona: int | None = None
    asiento: int | None = None

    @classmethod
    def leer(cls, texto: str) -> Aviso | None:
        """Read what a row sends, as ``FilaDePersona.aviso`` and ``FilaDeAsiento.aviso`` write it, or None."""
        clave, _guion, motivo = texto.partition("-")
        numero = entero_de(clave[1:])
        if numero is None or motivo not in Recordatorio.Motivo.values:
            return None
        if clave[0] == "a":
            return cls(motivo, asiento=numero) if motivo == Recordatorio.Motivo.VACANTE else None
        return cls(motivo, persona=numero) if clave[0] == "p" and motivo != Recordatorio.Motivo.VACANTE else None


@otra_vez(*UNO_AL_DIA)
def anotar_recordatorios(
    *, avisos: Collection[Aviso], alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime
) -> int:
    """Write down many at once, those inside the scope: as many statements for one as for all. Returns how many.

    Those told already today, for the same reason, stay as they are, and count: also those that another tab wrote
    meanwhile, whose line of the trail is there too. Raises ``no_encontrado`` when none is.
    """
    hoy = timezone.localdate(ahora)
    personas = alcance.personas().in_bulk([uno.persona for uno in avisos if uno.persona])
    asientos = alcance.asientos().exigidos().in_bulk([uno.asiento for uno in avisos if uno.asiento])
    suyos = {uno for uno in avisos if uno.persona in personas or uno.asiento in asientos}
    de_antes = Recordatorio.objects.filter(Q(persona__in=personas) | Q(asiento__in=asientos), hecho_el=hoy)
    hechos = {Aviso(*fila) for fila in de_antes.values_list("motivo", "persona_id", "asiento_id")}
    nuevos = sorted(suyos - hechos, key=lambda uno: (uno.persona or 0, uno.asiento or 0, uno.motivo))
    Recordatorio.objects.bulk_create(
        Recordatorio(
            persona_id=uno.persona,
            asiento_id=uno.asiento,
            motivo=uno.motivo,
            hecho_el=hoy,
            hecho_en=ahora,
            por=por,
        )
        for uno in nuevos
    )
    lineas = [(personas[uno.persona], {"motivo": uno.motivo}) for uno in nuevos if uno.persona]
    rastro.anotar_varias(accion="seguimiento.ya_avise", personas=lineas, por=por, ahora=ahora)
    if not suyos:
        raise RecordatorioError("no_encontrado", _("No encontramos esas filas. Vuelva a la lista."))
    return len(suyos)
