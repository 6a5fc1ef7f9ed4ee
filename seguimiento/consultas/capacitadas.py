"""Which tables are certified, and how far the others are. One statement beside the tables already read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from certificados.models import DocumentoDeCifras

from ..logro import Logro
from ..models import BarraDeInstancia
from .ambito import Ambito
from .distritos import Instancia


@dataclass(frozen=True)
class EstadoDeInstancia:
    """Its certificate in force, if it has one, and how far it is."""

    logro: Logro
    documento: int | None = None
    registro: str = ""

    @property
    def capacitada(self) -> bool:
        return self.documento is not None

    @property
    def puede(self) -> bool:
        """Whether a button makes its certificate now."""
        return self.logro.llega and not self.capacitada


def logro_de(instancia: Instancia, *, barra: int) -> Logro:
    """How far a table is from a bar."""
    preside: list[str] = []
    demas: list[str] = []
    for fila in instancia.asientos:
        (preside if fila.preside else demas).extend([fila.tipo] * (fila.exigidos - fila.completos))
    if not any(fila.preside and fila.exigidos for fila in instancia.asientos):
        preside.append(_("el asiento de quien preside"))
    return Logro(instancia.exigidos, instancia.completos, barra, tuple(preside), tuple(demas))


def estados_de(ambito: Ambito, instancias: Sequence[Instancia]) -> dict[str, EstadoDeInstancia]:
    """The state of each table of its own that the edition calls, by its code. Of today: a certificate is revoked."""
    barra = BarraDeInstancia.actual()
    vigentes = {
        ubigeo: (pk, f"{numero:04d}-{anio}")
        for ubigeo, pk, anio, numero in certificadas(ambito.edicion_id).values_list("ubigeo", "pk", "anio", "numero")
    }
    return {
        una.ubigeo: EstadoDeInstancia(
            logro_de(una, barra=barra.de(provincial=una.es_provincial)), *vigentes.get(una.ubigeo, ())
        )
        for una in instancias
        if una.es_propia and una.convocada
    }


def certificadas(edicion: int):
    """The certificates in force of the tables of an edition, each with its ``ubigeo``."""
    clase = DocumentoDeCifras.Clase.INSTANCIA
    return (
        DocumentoDeCifras.objects.vigentes()
        .filter(clase=clase, edicion_id=edicion)
        .annotate(ubigeo=F("territorios"))
        .order_by("pk")
    )
