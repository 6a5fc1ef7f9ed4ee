"""A day of many people that nobody counted yet: a long work, that counts it by provinces and keeps what it counted.

Who asks for a day that somebody else asked for follows that one: it is counted once.
"""

from __future__ import annotations

import datetime
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from instancias.models import Trabajo
from instancias.services.trabajos import pedir
from instancias.trabajos import ClaseDeTrabajo, Desenlace, Obra, TrabajoError

from ..consultas.ambito import Ambito, ediciones_del
from ..consultas.dias import DIA, cuantas_provincias, pedido_del_dia
from .contar import contar_un_dia


def pedir_dia(*, ambito: Ambito, provincias: int, por: Any) -> Trabajo:
    """Ask for the figures of the day of a scope. Raises TrabajoError ``muchos``."""
    return pedir(
        clase=DIA,
        por=por,
        ahora=timezone.now(),
        titulo=_("Las cifras del %(dia)s") % {"dia": date_format(ambito.dia)},
        pedido=pedido_del_dia(ambito),
        ambito=list(ambito.prefijos),
        total=provincias,
        compartido=True,
    )


class DiaContado(ClaseDeTrabajo):
    """Province by province: cut short, or stopped, what was counted stays, and who asks again goes on from there."""

    clave = DIA
    haciendo = gettext_lazy("Contando las cifras de ese día…")
    al_detener = gettext_lazy("Se detuvo. Lo contado queda: si abre ese día otra vez, sigue desde ahí.")
    en_la_pagina = 10_000
    callada = timedelta(seconds=120)  # a province takes a second or two

    def progreso(self, trabajo: Trabajo) -> str:
        return cuantas_provincias(trabajo.hechas, trabajo.total)

    def desenlace(self, trabajo: Trabajo) -> Desenlace:
        pedido = trabajo.pedido
        partes = {"edicion": pedido["edicion"], "al": pedido["dia"]}
        if pedido["territorio"]:
            partes["territorio"] = pedido["territorio"]
        url = f"{reverse('kuska_seguimiento:panel')}?{urlencode(partes)}"
        return Desenlace((), ((_("Abrir el panel de ese día"), url),))

    def hacer(self, obra: Obra) -> bool:
        trabajo, ediciones = obra.trabajo, ediciones_del(obra.alcance)
        edicion = next((una for una in ediciones if una.id == trabajo.pedido["edicion"]), None)
        if edicion is None:
            raise TrabajoError("sin_edicion", _("Esa edición ya no está abierta en los lugares a su cargo."))
        ambito = Ambito(
            prefijos=tuple(trabajo.ambito),
            ahora=timezone.now(),
            ediciones=ediciones,
            edicion=edicion,
            al=datetime.date.fromisoformat(trabajo.pedido["dia"]),
        )
        if not contar_un_dia(ambito, avisar=obra.avisar, hay_tiempo=obra.hay_tiempo):
            return False
        obra.terminar({"dia": trabajo.pedido["dia"]}, hechas=trabajo.total)
        return True
