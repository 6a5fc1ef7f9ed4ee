"""Data that are not evidence and have their day: how each class is known to be over, and taken away.

A room gives its own by the hook «datos_que_vencen»: an object of ``Vencimiento``. For how many days each is kept is a
setting of the site (``PlazosDeConservacion``), with the least that the law or the use asks for.
"""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from wagtail import hooks

from .models import PlazosDeConservacion


class Vencimiento:
    """A class of data: ``plazo`` names the setting of its days."""

    clave = ""
    titulo: str | Promise = ""
    plazo = ""

    def dias(self, plazos: PlazosDeConservacion) -> int:
        return int(getattr(plazos, self.plazo)) if self.plazo else 0

    def vencidos(self, antes_de: datetime.datetime) -> QuerySet:
        """The rows whose time was over at that moment. Only reads."""
        raise NotImplementedError

    def cuantos(self, antes_de: datetime.datetime) -> int:
        return self.vencidos(antes_de).count()

    def quitar(self, antes_de: datetime.datetime, ahora: datetime.datetime) -> int:
        """Take them away. Running it twice, or late, changes nothing more. Return how many were."""
        cuantos = self.cuantos(antes_de)
        self.vencidos(antes_de).delete()
        return cuantos


def vencimientos() -> list[Vencimiento]:
    """Those of every room, in order."""
    return [uno for dar in hooks.get_hooks("datos_que_vencen") for uno in dar()]
