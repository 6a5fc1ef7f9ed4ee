"""What two people of the demonstration ask about their data: one waits since long ago, and the panel says so."""

from __future__ import annotations

import datetime

from instancias.models import Persona
from instancias.services.pedidos import pedir

ESPERA = datetime.timedelta(days=14)


def dejar_pedidos(ahora: datetime.datetime) -> None:
    """Ask by the same act as their page. Doing it again asks nothing more."""
    quienes = list(Persona.objects.filter(cuenta__isnull=False, activa=True).order_by("documento", "pk")[:2])
    detalle = "Mi segundo apellido lleva tilde."
    clases = (("rectificacion", detalle, ahora - ESPERA), ("acceso", "", ahora))
    for persona, (clase, dice, cuando) in zip(quienes, clases, strict=False):
        pedir(persona=persona, clase=clase, detalle=dice, ahora=cuando, por=persona.cuenta)
