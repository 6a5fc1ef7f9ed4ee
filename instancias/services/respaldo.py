"""A return to an older copy brings nobody back: whose data were taken away since, and what was sent, are remembered."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marco.respaldo.memoria import Recuerdo

from ..models import EnvioPorCorreo, Persona
from .supresion import suprimir_otra_vez


class Suprimidos(Recuerdo):
    """Registers by their number and the moment they were made: a number that was given again is of somebody else."""

    clave = "suprimidos"

    def recordar(self) -> dict[str, Any]:
        filas = Persona.objects.filter(suprimida_en__isnull=False).values_list("pk", "creada_en")
        hasta = timezone.now().isoformat()
        return {"registros": [[pk, creada.isoformat()] for pk, creada in filas.order_by("pk")], "hasta": hasta}

    def juntar(self, antes: Any, ahora: Any) -> dict[str, Any]:
        todos = {tuple(uno) for cual in (antes, ahora) for uno in cual["registros"]}
        return {"registros": sorted(map(list, todos)), "hasta": max(antes["hasta"], ahora["hasta"])}

    def volver(self, recordado: Any, *, copia_de: datetime.datetime, ahora: datetime.datetime) -> list[str]:
        if not recordado:
            return [self._faltan(copia_de)]
        sabidos = {(pk, creada) for pk, creada in recordado["registros"]}
        presentes = Persona.objects.filter(suprimida_en__isnull=True).values_list("pk", "creada_en")
        otra_vez = [pk for pk, creada in presentes if (pk, creada.isoformat()) in sabidos]
        hecha = suprimir_otra_vez(personas=otra_vez, ahora=ahora)
        faltan = self._faltan(max(datetime.datetime.fromisoformat(recordado["hasta"]), copia_de))
        if not (n := len(hecha.personas) if hecha else 0):
            return [faltan]
        frase = ngettext(
            "Se suprimieron otra vez los datos de %(n)d registro que se había suprimido después de la copia.",
            "Se suprimieron otra vez los datos de %(n)d registros que se habían suprimido después de la copia.",
            n,
        )
        return [frase % {"n": n}, faltan]

    @staticmethod
    def _faltan(desde: datetime.datetime) -> str:
        frase = _(
            "Si después del %(cuando)s se atendió otro pedido de supresión, atiéndalo otra vez: búsquelo en su archivo "
            "de pedidos y en las copias más nuevas."
        )
        return frase % {"cuando": date_format(timezone.localtime(desde), "DATETIME_FORMAT")}


class EnviosPorCorreo(Recuerdo):
    """What waited to be sent on the day of the copy went out already: it does not go out twice."""

    clave = "envios_por_correo"

    def recordar(self) -> None:
        return None

    def juntar(self, antes: Any, ahora: Any) -> None:
        return None

    def volver(self, recordado: Any, *, copia_de: datetime.datetime, ahora: datetime.datetime) -> list[str]:
        en_camino = EnvioPorCorreo.objects.filter(
            estado__in=[EnvioPorCorreo.Estado.POR_ENVIAR, EnvioPorCorreo.Estado.SALIENDO]
        )
        cuantos = en_camino.update(estado=EnvioPorCorreo.Estado.NO_SALIO)
        if not cuantos:
            return []
        frase = _("%(n)d enlaces que esperaban salir por correo no salen: pídalos otra vez a quien no los recibió.")
        return [frase % {"n": cuantos}]
