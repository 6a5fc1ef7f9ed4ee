"""The week of a scope of many people: a long work, shared by whoever has the same scope, and kept for a day."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from instancias.models import Trabajo
from instancias.services.trabajos import pedir
from instancias.trabajos import ClaseDeTrabajo, Desenlace, Obra, TieneQueEsperar, TrabajoError

from ..consultas.a_medias import ListaAMedias
from ..consultas.ambito import Ambito
from ..consultas.dias import SEMANA, pedido_de_la_semana
from ..consultas.semana import ambito_de_la_semana, contar_la_semana, hay_semana


def pedir_semana(*, ambito: Ambito, por: Any) -> Trabajo:
    """Ask for the summary of a week. Raises TrabajoError ``muchos``."""
    return pedir(
        clase=SEMANA,
        por=por,
        ahora=ambito.ahora,
        titulo=_("Resumen de la semana"),
        pedido=pedido_de_la_semana(ambito),
        ambito=list(ambito.prefijos),
        total=1,
        compartido=True,
    )


class SemanaContada(ClaseDeTrabajo):
    """It is counted in one go, of one moment; while a list of its people is by half, it waits."""

    clave = SEMANA
    haciendo = gettext_lazy("Contando la semana…")
    en_la_pagina = 1

    def progreso(self, trabajo: Trabajo) -> str:
        return ""

    def desenlace(self, trabajo: Trabajo) -> Desenlace:
        return Desenlace((), ((_("Ver el resumen de la semana"), reverse("kuska_seguimiento:resumen")),))

    def hacer(self, obra: Obra) -> bool:
        obra.avisar(0)
        ambito = ambito_de_la_semana(obra.alcance, ahora=timezone.now())
        if pedido_de_la_semana(ambito) != obra.trabajo.pedido or list(ambito.prefijos) != obra.trabajo.ambito:
            raise TrabajoError("sin_edicion", _("Empezó otra semana, o cambió su zona: pídalo otra vez."))
        if not hay_semana(ambito):
            raise TrabajoError("sin_edicion", _("Todavía no termina la primera semana de la capacitación en su zona."))
        try:
            semana = contar_la_semana(ambito)
        except ListaAMedias as error:
            raise TieneQueEsperar(error.por_que) from error
        obra.terminar(_a_json(asdict(semana)), hechas=1)
        return True


def _a_json(valor: Any) -> Any:
    if isinstance(valor, dict):
        return {clave: _a_json(uno) for clave, uno in valor.items()}
    if isinstance(valor, (list, tuple)):
        return [_a_json(uno) for uno in valor]
    return valor.isoformat() if isinstance(valor, datetime.date) else valor
