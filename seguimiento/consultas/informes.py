"""The reports that an account finds: its own, and those that somebody saved for everybody around."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from instancias.politica import AlcanceEfectivo

from ..models import Informe
from .ambito import interseccion


def informes_de(cuenta: Any, alcance: AlcanceEfectivo) -> list[Informe]:
    """Two statements at most. A shared one is seen by who follows something of where it was saved."""
    todos = Informe.objects.filter(Q(cuenta=cuenta) | Q(de_todos=True)).select_related("cuenta")
    return [uno for uno in todos if uno.cuenta_id == cuenta.pk or interseccion(alcance.prefijos, uno.ambito)]


def puede_cambiar(informe: Informe, cuenta: Any, alcance: AlcanceEfectivo) -> bool:
    """Who saved it; and of a shared one, who answers for all of where it was saved."""
    if informe.cuenta_id == cuenta.pk:
        return True
    return informe.de_todos and alcance.cubre_todo(informe.ambito)
