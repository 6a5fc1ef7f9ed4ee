"""One table: its seats in legal order, and who sits on each as titular and alterno. Two statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, CharField, Q, Value, When
from django.db.models.functions import Coalesce

from instancias.models import Asiento, Membresia

from .ambito import Ambito, exigido, inscripcion_activa, membresias_del
from .personas import FilaDePersona, leer_fila
from .situacion import EMPEZO, TERMINO, Situacion


@dataclass
class AsientoDeLaMesa:
    """A seat and its two people. ``cuenta`` is false where it does not apply, or the edition does not call it."""

    id: int
    tipo: str
    codigo: str
    nombre_legal: str
    numero: int
    institucion: str
    aplica: bool
    cuenta: bool
    titular: FilaDePersona | None = None
    alterno: FilaDePersona | None = None

    @property
    def nombre(self) -> str:
        return f"{self.tipo} ({self.numero})" if self.numero > 1 else self.tipo

    @property
    def completo(self) -> bool:
        """It is enough that either of the two finished."""
        return any(uno and uno.situacion == Situacion.TERMINO for uno in (self.titular, self.alterno))

    @property
    def vacante(self) -> bool:
        return not self.titular and not self.alterno


def mesa(ambito: Ambito, *, por_ayudar: Iterable[int]) -> list[AsientoDeLaMesa]:
    """Return the seats of ``ambito.instancia``; whoever built the ``ambito`` checked the scope."""
    cuenta = Case(When(exigido(ambito, ""), then=True), default=False, output_field=BooleanField())
    filas = (
        Asiento.objects.filter(instancia__territorio_id=ambito.instancia, instancia__atendida_por__isnull=True)
        .annotate(cuenta=cuenta)
        .order_by("tipo__orden", "numero")
        .values_list(
            "pk", "tipo__corto", "tipo__codigo", "tipo__nombre", "numero", "institucion__nombre", "estado", "cuenta"
        )
    )
    asientos = {}
    for *datos, institucion, estado, cuenta_aqui in filas:
        asientos[datos[0]] = AsientoDeLaMesa(
            *datos, institucion or "", estado == Asiento.Estado.EXIGIDO, bool(cuenta_aqui)
        )
    for asiento, calidad, persona in _ocupantes(ambito, por_ayudar):
        setattr(asientos[asiento], calidad, persona)
    return list(asientos.values())


def _ocupantes(ambito: Ambito, por_ayudar: Iterable[int]) -> list[tuple[int, str, FilaDePersona]]:
    situacion = Case(
        When(TERMINO, then=Value(Situacion.TERMINO)),
        When(Q(persona__in=por_ayudar), then=Value(Situacion.AYUDA)),
        When(EMPEZO, then=Value(Situacion.EN_CURSO)),
        default=Value(Situacion.NO_EMPEZO),
        output_field=CharField(),
    )
    filas = (
        membresias_del(ambito)
        .annotate(insc=inscripcion_activa(ambito, "persona__"))
        .annotate(situacion=situacion, ultima=Coalesce("insc__ultima_actividad_en", "insc__iniciada_en"))
        .order_by("asiento_id", "desde")
        .values_list(
            "asiento_id",
            "calidad",
            "persona_id",
            "persona__nombres",
            "persona__apellidos",
            "persona__celular",
            "situacion",
            "insc__hechas",
            "insc__requeridas",
            "ultima",
            "persona__ultimo_ingreso_en",
        )
    )
    calidades = Membresia.Calidad.values
    return [(asiento, calidad, leer_fila(datos)) for asiento, calidad, *datos in filas if calidad in calidades]
