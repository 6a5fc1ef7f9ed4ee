"""The doubts of a person, as a copy of their data tells them, and how they are taken away: with them, or with time."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from instancias.apartados import Apartado, Suprimida
from instancias.vencimientos import Vencimiento

from ..models import Duda


class Dudas(Apartado):
    """What they asked in their own words, and what was answered to them: the words go; that there was one, stays."""

    modelo, ruta, titulo = Duda, "inscripcion__persona", gettext_lazy("Sus dudas")
    sin = ("inscripcion",)

    def suprimir(self, quien: Suprimida) -> int:
        return self.filas(quien.personas).update(texto="", respuesta="")


class DudasViejas(Vencimiento):
    """Doubts, answered or not: words of people are kept for a short time. A note that came from one stays."""

    clave, titulo, plazo = "dudas", gettext_lazy("Dudas de las lecciones"), "dudas"

    def vencidos(self, antes_de: datetime.datetime) -> QuerySet:
        return Duda.objects.filter(hecha_en__lte=antes_de)
