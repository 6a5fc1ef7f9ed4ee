"""Taking a handover back the same day: everybody where they were, as if it had not been."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from .. import rastro
from ..models import Membresia, Relevo
from ..politica import AlcanceEfectivo
from ..signals import asientos_deshechos
from .turnos import devolver, quitar_personas_sin_nada


@dataclass(frozen=True)
class Deshecho:
    """What taking it back did: how many seats, and how many of the new people stay because something rests on them."""

    asientos: int
    personas_que_quedan: int


def cubre_el_relevo(relevo: Relevo, alcance: AlcanceEfectivo) -> bool:
    """Whether every seat of the handover lies inside the scope."""
    numeros = {*relevo.creadas, *(fila[0] for fila in relevo.terminadas)}
    return alcance.membresias().filter(pk__in=numeros).count() == Membresia.objects.filter(pk__in=numeros).count()


@transaction.atomic
def deshacer_relevo(*, relevo_id: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> Deshecho:
    """Set the memberships back and take away the people that it registered, if nothing rests on them.

    Links that ended with a seat are not opened again. Raises ``fuera_de_alcance``, ``ya_deshecho``, ``tarde`` and
    ``ya_cambio``.
    """
    relevo = Relevo.objects.select_for_update().get(pk=relevo_id)
    if not cubre_el_relevo(relevo, alcance):
        raise ErrorDeDominio("fuera_de_alcance", _("Ese asiento está fuera de su territorio."))
    if relevo.deshecho_en is not None:
        raise ErrorDeDominio("ya_deshecho", _("Este cambio ya se deshizo."))
    if not relevo.se_puede_deshacer(ahora):
        raise ErrorDeDominio(
            "tarde", _("Este cambio se deshace solo el mismo día. Corrija cada asiento en la página de la persona.")
        )
    # Who left may hold a link or be leaving otherwise at this moment: the seats change hands one act at a time.
    quitadas = devolver(terminadas=relevo.terminadas, creadas=relevo.creadas)
    devueltas = Membresia.objects.filter(pk__in=[fila[0] for fila in relevo.terminadas]).select_related("persona")
    sentadas = {membresia.persona_id: membresia.persona for membresia in quitadas}
    personas = {**sentadas, **{m.persona_id: m.persona for m in devueltas}}
    asientos_deshechos.send(sender=Membresia, personas=list(sentadas), desde=relevo.hecho_en, ahora=ahora)
    lineas = [(persona, {"relevo": relevo.pk}) for persona in personas.values()]
    rastro.anotar_varias(accion="instancias.deshacer_relevo", personas=lineas, por=por, ahora=ahora)
    quedan = quitar_personas_sin_nada(relevo.registradas)
    relevo.deshecho_en = ahora
    relevo.save(update_fields=["deshecho_en"])
    asientos = {m.asiento_id for m in (*quitadas, *devueltas)}
    return Deshecho(asientos=len(asientos), personas_que_quedan=quedan)
