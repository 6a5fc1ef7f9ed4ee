"""Seats behind a number: required, covered, complete, and the presiding ones."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from instancias.models import Asiento, Membresia, Territorio

from ..models import Recordatorio
from . import lugares
from .ambito import Ambito
from .definiciones import asientos_del, membresias_de_un_asiento, terminaron


@dataclass(frozen=True)
class FiltroDeAsientos:
    """A list of seats that an address may ask for."""

    clave: str
    titulo: str | Promise
    condicion: Q
    contrario: str = ""


ORDEN = ("instancia__territorio_id", "tipo__orden", "numero")  # by table and in legal order
PRESIDE = Q(tipo__preside=True, instancia__territorio__nivel=Territorio.Nivel.DISTRITO)

FILTROS = {
    filtro.clave: filtro
    for filtro in (
        FiltroDeAsientos("asientos", _("Asientos"), Q()),
        FiltroDeAsientos("sin_persona", _("Asientos sin persona"), Q(con_persona=False), "con_persona"),
        FiltroDeAsientos("con_persona", _("Asientos con persona"), Q(con_persona=True), "sin_persona"),
        FiltroDeAsientos("completos", _("Asientos completos"), Q(completo=True), "incompletos"),
        FiltroDeAsientos("incompletos", _("Asientos por completar"), Q(completo=False), "completos"),
        FiltroDeAsientos("alcaldias", _("Alcaldías distritales"), PRESIDE),
        FiltroDeAsientos("alcaldias_al_dia", _("Alcaldías al día"), PRESIDE & Q(completo=True), "alcaldias_pendientes"),
        FiltroDeAsientos(
            "alcaldias_pendientes", _("Alcaldías por completar"), PRESIDE & Q(completo=False), "alcaldias_al_dia"
        ),
    )
}


@dataclass
class FilaDeAsiento:
    """A seat as the lists show it."""

    id: int
    tipo: str
    codigo: str
    numero: int
    institucion: str
    ubigeo: str
    territorio: str
    con_persona: bool
    completo: bool
    avisado_en: datetime.datetime | None
    siguiente: str | None = None
    sigue_desde: datetime.date | None = None
    sigue_como: str | None = None
    quien_sigue: int | None = None
    mensaje: Any = None

    @property
    def espera(self) -> bool:
        """Nobody sits here today, and whoever will is already registered."""
        return not self.con_persona and self.siguiente is not None

    @property
    def se_ofrece(self) -> bool:
        """A titular may be added: no day from today on is taken."""
        return not self.con_persona and self.sigue_como != Membresia.Calidad.TITULAR

    @property
    def aviso(self) -> str:
        """How «Ya avisé» names this seat: one that waits for somebody to be named."""
        return "" if self.con_persona or self.siguiente else f"a{self.id}-{Recordatorio.Motivo.VACANTE}"

    @property
    def clave(self) -> str:
        """Its number as a page writes it in an id."""
        return str(self.id)

    @property
    def nombre(self) -> str:
        return f"{self.tipo} ({self.numero})" if self.numero > 1 else self.tipo


def listar(ambito: Ambito, filtro: FiltroDeAsientos) -> QuerySet[Asiento]:
    """Seats of a filter, by table and in legal order."""
    return _con_lo_suyo(asientos_del(ambito), ambito).filter(filtro.condicion).order_by(*ORDEN, "pk")


def _con_lo_suyo(asientos: QuerySet[Asiento], ambito: Ambito) -> QuerySet[Asiento]:
    """Whether somebody sits there and who will, and when somebody was last told that nobody does."""
    ocupa = membresias_de_un_asiento(ambito, "pk")
    # The titular first: «titular» comes after «alterno» in the alphabet.
    siguientes = Membresia.objects.por_empezar(ambito.dia).filter(persona__activa=True, asiento=OuterRef("pk"))
    siguientes = siguientes.order_by("-calidad", "desde")
    avisos = Recordatorio.objects.filter(asiento=OuterRef("pk")).order_by("-hecho_en").values("hecho_en")
    return asientos.annotate(
        con_persona=Exists(ocupa),
        completo=Exists(ocupa.filter(terminaron(ambito))),
        avisado_en=Subquery(avisos[:1]),
        siguiente=Subquery(
            siguientes.values(
                nombre=Concat("persona__nombres", Value(" "), "persona__apellidos", output_field=CharField())
            )[:1]
        ),
        sigue_desde=Subquery(siguientes.values("desde")[:1]),
        sigue_como=Subquery(siguientes.values("calidad")[:1]),
        quien_sigue=Subquery(siguientes.values("persona_id")[:1]),
    )


def filas(asientos: QuerySet[Asiento], ambito: Ambito) -> list[FilaDeAsiento]:
    """Read a page of seats. One statement; of a whole department, which ones first: what is told of each is asked of
    these alone, and not of all of its seats."""
    if not ambito.instancia and any(len(uno) == lugares.DEPARTAMENTO for uno in ambito.prefijos):
        suyos = Asiento.objects.filter(pk__in=asientos.values("pk")).order_by(*asientos.query.order_by)
        asientos = _con_lo_suyo(suyos, ambito)
    return [
        FilaDeAsiento(*fila[:4], fila[4] or "", *fila[5:])
        for fila in asientos.values_list(
            "pk",
            "tipo__corto",
            "tipo__codigo",
            "numero",
            "institucion__nombre",
            "instancia__territorio_id",
            "instancia__territorio__nombre",
            "con_persona",
            "completo",
            "avisado_en",
            "siguiente",
            "sigue_desde",
            "sigue_como",
            "quien_sigue",
        )
    ]
