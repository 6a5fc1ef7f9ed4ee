"""One table: its seats in legal order, and who sits on each as titular and alterno. Two statements."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from instancias.acceso.accesos import acceso
from instancias.acceso.invitaciones import con_invitacion
from instancias.models import Asiento, Membresia

from .ambito import Ambito
from .definiciones import abierto, exigido, inscripcion_del_dia, membresias_y_siguientes
from .personas import FilaDePersona, leer_fila
from .situacion import Situacion, en_una_palabra


@dataclass
class Turno:
    """The titular, or the alterno, of a seat: who holds it, until when if that is known, and who comes next."""

    persona: FilaDePersona | None = None
    hasta: datetime.date | None = None
    siguiente: FilaDePersona | None = None
    desde: datetime.date | None = None
    designacion: str = ""  # the document that named its holder

    @property
    def libre_desde(self) -> datetime.date | None:
        """The day after the last one of its holder, while nobody is registered for it."""
        return self.hasta + datetime.timedelta(days=1) if self.hasta and not self.siguiente else None


@dataclass
class AsientoDeLaInstancia:
    """A seat and its two people. ``cuenta`` is false where it does not apply, or the edition does not call it."""

    id: int
    tipo: str
    codigo: str
    nombre_legal: str
    numero: int
    institucion: str
    aplica: bool
    cuenta: bool
    capacitado_en: datetime.datetime | None = None  # by somebody who held it before
    solo_titulares: bool = False
    turnos: dict[str, Turno] = field(default_factory=lambda: {calidad: Turno() for calidad in Membresia.Calidad})

    @property
    def titular(self) -> FilaDePersona | None:
        return self.turnos[Membresia.Calidad.TITULAR].persona

    @property
    def alterno(self) -> FilaDePersona | None:
        return self.turnos[Membresia.Calidad.ALTERNO].persona

    @property
    def nombre(self) -> str:
        return f"{self.tipo} ({self.numero})" if self.numero > 1 else self.tipo

    @property
    def completo(self) -> bool:
        """It is enough that either of the two finished, or its titular alone must."""
        quienes = (self.titular,) if self.solo_titulares else (self.titular, self.alterno)
        return any(uno and uno.situacion == Situacion.TERMINO for uno in quienes)

    @property
    def vacante(self) -> bool:
        return not self.titular and not self.alterno


def asientos_abiertos(ambito: Ambito) -> QuerySet[Asiento]:
    """The seats of ``ambito.instancia``, in legal order; whoever built the ``ambito`` checked the scope."""
    cuenta = Case(When(exigido(ambito, ""), then=True), default=False, output_field=BooleanField())
    return (
        Asiento.objects.filter(abierto(ambito, ""), instancia__territorio_id=ambito.instancia)
        .filter(instancia__atendida_por__isnull=True)
        .annotate(cuenta=cuenta, capacitado_en=_antes(ambito))
        .order_by("tipo__orden", "numero", "pk")
    )


def asientos_de_la_instancia(
    ambito: Ambito, *, por_ayudar: Iterable[int], sillas: QuerySet[Asiento] | None = None
) -> list[AsientoDeLaInstancia]:
    """Return the seats of ``ambito.instancia``, or some of them, with who holds each."""
    filas = (asientos_abiertos(ambito) if sillas is None else sillas).values_list(
        "pk",
        "tipo__corto",
        "tipo__codigo",
        "tipo__nombre",
        "numero",
        "institucion__nombre",
        "estado",
        "cuenta",
        "capacitado_en",
    )
    asientos = {}
    for *datos, institucion, estado, cuenta_aqui, capacitado_en in filas:
        asientos[datos[0]] = AsientoDeLaInstancia(
            *datos,
            institucion or "",
            estado == Asiento.Estado.EXIGIDO,
            bool(cuenta_aqui),
            capacitado_en,
            ambito.solo_titulares,
        )
    for asiento, calidad, desde, hasta, designacion, persona in _ocupantes(ambito, por_ayudar, asientos):
        turno = asientos[asiento].turnos[calidad]
        if desde > ambito.dia:
            turno.siguiente, turno.desde = persona, desde
        else:
            turno.persona, turno.hasta, turno.designacion = persona, hasta, designacion
    return list(asientos.values())


def _antes(ambito: Ambito) -> Subquery:
    """When the last of those who held the seat and left it finished this course, while they held it."""
    anteriores = Membresia.objects.de_algun_dia().filter(
        asiento=OuterRef("pk"),
        hasta__lt=ambito.dia,
        persona__inscripciones__edicion__curso=ambito.edicion.curso_id if ambito.edicion else None,
        persona__inscripciones__terminada_en__date__lte=F("hasta"),
    )
    return Subquery(
        anteriores.order_by("-persona__inscripciones__terminada_en").values("persona__inscripciones__terminada_en")[:1]
    )


def _ocupantes(ambito: Ambito, por_ayudar: Iterable[int], asientos: Iterable[int]) -> list[tuple]:
    filas = (
        con_invitacion(
            membresias_y_siguientes(ambito).filter(asiento__in=list(asientos)), ahora=ambito.ahora, ruta="persona__"
        )
        .annotate(insc=inscripcion_del_dia(ambito, "persona__"))
        .annotate(situacion=en_una_palabra(ambito, por_ayudar=por_ayudar, persona="persona"))
        .annotate(acceso=acceso("persona__"), ultima=Coalesce("insc__ultima_actividad_en", "insc__iniciada_en"))
        .order_by("asiento_id", "desde")
        .values_list(
            "asiento_id",
            "calidad",
            "desde",
            "hasta",
            "designacion",
            "acceso",
            "invitacion",
            "persona_id",
            "persona__nombres",
            "persona__apellidos",
            "persona__celular",
            "situacion",
            "insc__hechas",
            "insc__requeridas",
            "ultima",
            "persona__ultimo_ingreso_en",
            "insc__hasta",
        )
    )
    leidas = []
    for *del_asiento, entra, invitacion, datos in ((*fila[:7], fila[7:]) for fila in filas):
        persona = leer_fila(datos[:-1], de_hoy=ambito.al is None)
        persona.hasta = datos[-1]
        if ambito.al is None:
            persona.acceso, persona.invitacion = entra, invitacion
        leidas.append((*del_asiento, persona))
    return leidas
