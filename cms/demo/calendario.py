"""Two meetings of the demonstration: one is ahead, and another was called off."""

from __future__ import annotations

import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from cursos.models import Encuentro
from cursos.services.calendario import Convocatoria, cancelar_encuentro, convocar

PROVINCIA = "1006"


def dejar_encuentros(ahora: datetime.datetime) -> None:
    """Call them by the same act as the panel. Doing it again calls to nothing more."""
    if Encuentro.objects.exists():
        return
    hoy, cem = timezone.localdate(ahora), get_user_model().objects.get(username="cem")
    _sesion, taller = (
        convocar(
            datos=Convocatoria(titulo, hoy + datetime.timedelta(days=dias), datetime.time(hora), lugar, PROVINCIA),
            por=cem,
            ahora=ahora,
        )
        for titulo, dias, hora, lugar in (
            ("Sesión de la instancia", 9, 15, "Auditorio municipal"),
            ("Taller: armar la ruta del distrito", 16, 9, "Local comunal de Naranjillo"),
        )
    )
    cancelar_encuentro(encuentro=taller, motivo="El local está en obras.", por=cem, ahora=ahora)
