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

from instancias.consultas.trabajos import ABIERTOS
from instancias.models import Trabajo
from instancias.services.trabajos import pedir
from instancias.trabajos import ClaseDeTrabajo, Desenlace, Obra, TrabajoError
from marco.errores import ErrorDeDominio
from marco.solo_lectura import por_que

from ..consultas.ambito import Ambito, ediciones_del
from ..consultas.contadores import FaltaContar
from ..consultas.dias import DIA, cuantas_provincias, pedido_del_dia, trabajo_del_dia
from .contar import contar_un_dia

PRONTO, UN_RATO, UNA_HORA = 5, 60, 3600  # seconds until a reader asks again


class SeCuentaAparte(ErrorDeDominio):
    """Codes: ``se_cuenta``; ``espere``, behind what was asked for before; ``no_se_cuenta``, not now.

    Nothing of what was asked for is wrong: it is asked for again in some ``segundos``.
    """

    def __init__(self, codigo: str, frase: str, segundos: int) -> None:
        super().__init__(codigo, f"{frase} {_('Pida lo mismo otra vez en %(n)d segundos.') % {'n': segundos}}")
        self.segundos = segundos


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


def pedir_para_un_lector(
    *, ambito: Ambito, falta: FaltaContar, por: Any, ahora: datetime.datetime
) -> tuple[Trabajo | None, SeCuentaAparte]:
    """Ask for the day that a key wants, in the name of who gave it, unless somebody did. What is new, and what to say.

    One day at a time, so that a program that walks through a year leaves room for people. One that stopped or failed is
    not asked for again for an hour: nobody looks at it.
    """
    dia = date_format(ambito.dia)
    if por_que():
        frase = _("El %(dia)s no está contado, y ahora mismo el aula no guarda nada.") % {"dia": dia}
        return None, SeCuentaAparte("no_se_cuenta", frase, UN_RATO * 5)
    trabajo, nuevo = trabajo_del_dia(ambito, por, ahora=ahora), None
    if trabajo is None or trabajo.estado == Trabajo.Estado.LISTO or _quedo_hace_mucho(trabajo, ahora):
        if Trabajo.objects.filter(clase=DIA, cuenta=por, estado__in=ABIERTOS).exists():
            frase = _("El %(dia)s espera a que se cuente otro día que se pidió antes.") % {"dia": dia}
            return None, SeCuentaAparte("espere", frase, UN_RATO)
        try:
            trabajo = nuevo = pedir_dia(ambito=ambito, provincias=falta.provincias, por=por)
        except TrabajoError:
            frase = _("El %(dia)s espera a que terminen otros trabajos de quien dio la clave.") % {"dia": dia}
            return None, SeCuentaAparte("espere", frase, UN_RATO)
    if not trabajo.en_curso:
        frase = _("No se pudo contar el %(dia)s. También puede pedirlo en el panel quien dio la clave.") % {"dia": dia}
        return None, SeCuentaAparte("no_se_cuenta", frase, UNA_HORA)
    llevan = cuantas_provincias(falta.contadas, falta.provincias)
    frase = _("Se está contando el %(dia)s: llevan %(provincias)s.") % {"dia": dia, "provincias": llevan}
    return nuevo, SeCuentaAparte("se_cuenta", frase, min(max(falta.provincias - falta.contadas, PRONTO), UN_RATO))


def _quedo_hace_mucho(trabajo: Trabajo, ahora: datetime.datetime) -> bool:
    visto = trabajo.latido_en or trabajo.pedido_en
    return not trabajo.en_curso and visto <= ahora - timedelta(seconds=UNA_HORA)


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
