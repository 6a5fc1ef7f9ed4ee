"""What was told to a person: in a copy of their data, and gone with them."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from instancias.apartados import Apartado, Suprimida
from instancias.vencimientos import Vencimiento

from ..models import Recordatorio, Suscripcion


class Recordatorios(Apartado):
    modelo, titulo, sin = Recordatorio, gettext_lazy("Recordatorios que le hicieron"), ("hecho_el",)

    def suprimir(self, quien: Suprimida) -> int:
        return self.filas(quien.personas).delete()[0]


class Resumenes(Apartado):
    """Of who also coordinates, or did."""

    modelo, ruta, titulo = Suscripcion, "cuenta__persona", gettext_lazy("Resumen de la semana por correo")

    def suprimir(self, quien: Suprimida) -> int:
        return self.filas(quien.personas).delete()[0]


class RecordatoriosViejos(Vencimiento):
    clave, titulo, plazo = "avisos", gettext_lazy("Recordatorios hechos"), "avisos"

    def vencidos(self, antes_de: datetime.datetime) -> QuerySet:
        return Recordatorio.objects.filter(hecho_en__lte=antes_de)


def de_esta_sala() -> list[Apartado]:
    return [Recordatorios(), Resumenes()]
