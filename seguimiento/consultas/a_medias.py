"""Lists of people that are being saved, or undone, right now: by lots, each on its own, so what they say is by half."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from instancias.models import FilaDePadron, ImportacionDePadron

from .ambito import Ambito, interseccion

Fase = ImportacionDePadron.Fase
UNA_HORA = datetime.timedelta(hours=1)


def lugares_a_medias(*, desde: datetime.datetime | None = None) -> set[str]:
    """The places of those lists: of their rows, and of who uploaded one whose rows say none. Three statements at most.

    One that somebody stopped is as it is. ``desde``: also one that nobody has gone on with since then; without it, a
    list waits for as long as the machine is off.
    """
    listas = ImportacionDePadron.objects.filter(fase__in=[Fase.GUARDAR, Fase.DESHACER], detenida=False)
    if desde is not None:
        listas = listas.filter(latido_en__gte=desde)
    lugares = {pk: set(completas) for pk, completas in listas.values_list("pk", "completa_para")}
    if not lugares:
        return set()
    filas = FilaDePadron.objects.filter(importacion__in=lugares).exclude(estado=FilaDePadron.Estado.DEJADA)
    for pk, ubigeo in filas.exclude(territorio="").order_by().values_list("importacion_id", "territorio").distinct():
        lugares[pk].add(ubigeo)
    sin_lugar = [pk for pk, suyos in lugares.items() if not suyos]
    de_quien_la_subio = listas.filter(pk__in=sin_lugar).values_list("ambito", flat=True) if sin_lugar else ()
    return set().union(*lugares.values(), *de_quien_la_subio)


def estan_a_medias(lugares: Iterable[str], a_medias: Iterable[str]) -> bool:
    """Whether some of those lists touch some of these places."""
    return bool(interseccion(lugares, a_medias))


def hay_una_lista_a_medias(ambito: Ambito, *, a_mano: bool) -> bool:
    """Whether what is counted of these places now would be of half a list.

    ``a_mano``: somebody waits for it, and closes what nobody has gone on with for an hour. Nobody else does.
    """
    suyos = (ambito.instancia,) if ambito.instancia else ambito.prefijos
    return estan_a_medias(suyos, lugares_a_medias(desde=ambito.ahora - UNA_HORA if a_mano else None))


def que_espere() -> str:
    """What whoever asks for those figures is told."""
    frase = _("Ahora mismo se guarda una lista de personas de este lugar. Espere unos minutos y vuelva a intentarlo.")
    return str(frase)
