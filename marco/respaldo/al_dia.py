"""What would be lost if the database were lost now, for whoever looks at a screen or at an alarm."""

from __future__ import annotations

import datetime
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from marco.contrato import valor
from marco.models import CopiaDeRespaldo

from .archivado import Archivado, lo_archivado
from .carpeta import carpeta
from .retencion import PROMESA, cada_cuanto
from .seguidas import LoSeguido, cada, lo_seguido

UN_MINUTO, UNA_HORA = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
BIEN, MIRAR, MAL = "bien", "mirar", "mal"  # as in «Estado del aula»


@dataclass(frozen=True)
class LoUltimo:
    """In a sentence, how it is, and what to do about it. ``medidas``: for a machine."""

    frase: str
    estado: str = BIEN
    que_hacer: str = ""
    medidas: dict[str, float] = field(default_factory=dict)


def lo_ultimo(*, ahora: datetime.datetime) -> LoUltimo | None:
    """None without a passphrase: that there are no copies at all is told elsewhere. One statement."""
    if not valor("KUSKA_CLAVE_DE_RESPALDO"):
        return None
    if not (minutos := cada()):
        if archivado := lo_archivado():
            return _del_diario(archivado, ahora)
        return LoUltimo(_("Apagada: lo de hoy está solo en la base, y en lo que usted archive de ella."))
    _intento, visto = lo_seguido()
    if visto.hasta is None:
        return _sin_ninguna(visto)
    edad = max(ahora - visto.hasta, datetime.timedelta(0))
    cuanto = timesince(visto.hasta, ahora, depth=1) if edad >= UN_MINUTO else _("menos de un minuto")
    frase = _("La última es de hace %(cuanto)s: si ahora se pierde la base, se pierde eso.") % {"cuanto": cuanto}
    if _en_el_mismo_disco():
        frase += " " + _("Está en el mismo disco que la base: si se pierde el disco, se pierden las dos.")
    estado, que_hacer = _como_esta(visto, edad, minutos)
    return LoUltimo(frase, estado, que_hacer, {"copia_seguida_segundos": edad.total_seconds()})


def _del_diario(archivado: Archivado, ahora: datetime.datetime) -> LoUltimo:
    """Whoever hosts a large database archives its journal in place of copies between nights."""
    que = _("Lea el registro de PostgreSQL: dice por qué «archive_command» no termina. Mientras, su disco se llena.")
    if archivado.hasta is None:
        return LoUltimo(_("El diario de la base todavía no se archiva."), MAL if archivado.falla else MIRAR, que)
    edad = max(ahora - archivado.hasta, datetime.timedelta(0))
    cuanto = timesince(archivado.hasta, ahora, depth=1) if edad >= UN_MINUTO else _("menos de un minuto")
    frase = _("El diario de la base se archivó hace %(cuanto)s: si ahora se pierde la base, se pierde eso.")
    medidas = {"copia_seguida_segundos": edad.total_seconds()}
    if archivado.falla or edad > UNA_HORA:
        return LoUltimo(frase % {"cuanto": cuanto}, MAL, que, medidas)
    bien = edad <= PROMESA[connection.vendor]
    return LoUltimo(frase % {"cuanto": cuanto}, BIEN if bien else MIRAR, "" if bien else que, medidas)


def _en_el_mismo_disco() -> bool:
    """Known where the database is a file of this machine."""
    if connection.vendor != "sqlite":
        return False
    with suppress(OSError):
        return Path(connection.settings_dict["NAME"]).stat().st_dev == carpeta().stat().st_dev
    return False


def copiado_hasta() -> datetime.datetime | None:
    """All that was confirmed before is in a copy, or in the journal that is archived. None: nothing is."""
    buenas = CopiaDeRespaldo.objects.filter(estado=CopiaDeRespaldo.Estado.BUENA)
    de_la_noche = buenas.exclude(comprobacion=CopiaDeRespaldo.Comprobacion.MALA).values_list("hecha_en", flat=True)
    archivado = lo_archivado() if not cada() else None
    momentos = (de_la_noche.first(), lo_seguido()[1].hasta, archivado and archivado.hasta)
    return max((uno for uno in momentos if uno), default=None)


def _sin_ninguna(visto: LoSeguido) -> LoUltimo:
    frase = _("Todavía no hay ninguna.")
    if visto.no_salio:
        return LoUltimo(frase, MAL, visto.no_salio)
    que = _("Sale sola en unos minutos. Si no sale, mire la línea «Reloj».")
    return LoUltimo(frase, MIRAR, que)


def _como_esta(visto: LoSeguido, edad: datetime.timedelta, minutos: int) -> tuple[str, str]:
    if visto.mala:
        que = _("La que se comprobó no sirve: %(razon)s Escriba en el servidor «sudo aula respaldo --verificar».")
        return MAL, que % {"razon": visto.mala}
    promesa = max(PROMESA[connection.vendor], datetime.timedelta(minutes=minutos + 2))
    if cada_cuanto(segundos=visto.segundos, cada=minutos) > promesa:
        que = _(
            "Cada una tarda %(n)d segundos, así que se hacen menos: la base es grande. Archive el diario de PostgreSQL "
            "(guía de instalación, «Una base grande») y ponga KUSKA_MINUTOS_ENTRE_COPIAS=0."
        )
        return MIRAR, que % {"n": round(visto.segundos)}
    if edad <= promesa:
        return BIEN, ""
    que = visto.no_salio or _("Mire la línea «Reloj»: quien las empieza no da señales.")
    return (MAL if edad > UNA_HORA else MIRAR), que
