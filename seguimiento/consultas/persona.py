"""One person: where they sit, how far they are, what was tried, what was said to them. A handful of statements."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, QuerySet, Subquery

from certificados.models import Certificado
from cursos.models import Avance, Inscripcion, RequisitoDeVersion, Unidad
from evaluaciones.models import Intento, IntentoMas
from instancias.models import Membresia, Persona
from instancias.politica import AlcanceEfectivo

from ..models import Recordatorio

MAXIMO_DE_RECORDATORIOS = 20


@dataclass
class UnidadDeLaPersona:
    """A lesson or evaluation that the person's version asks for."""

    numero: int
    titulo: str
    modulo: str
    clase: str
    estado: str
    terminada_en: datetime.datetime | None
    intentos: list[IntentoDeLaPersona] = field(default_factory=list)

    @property
    def es_evaluacion(self) -> bool:
        return self.clase == Unidad.Clase.EVALUACION


@dataclass(frozen=True)
class IntentoDeLaPersona:
    """That it was tried, when, and whether it was passed. Never what was answered, nor the mark."""

    numero: int
    enviado_en: datetime.datetime | None
    aprobado: bool | None


@dataclass
class CursoDeLaPersona:
    """An enrolment and its units in order."""

    inscripcion: Inscripcion
    unidades: list[UnidadDeLaPersona] = field(default_factory=list)


def membresias(alcance: AlcanceEfectivo, persona: Persona) -> QuerySet[Membresia]:
    """Seats held and once held, inside the scope only."""
    return (
        alcance.membresias()
        .filter(persona=persona)
        .select_related("asiento__tipo", "asiento__instancia__territorio")
        .order_by("-desde", "pk")
    )


def cursos(persona: Persona, prefijos: Iterable[str] | None = None) -> list[CursoDeLaPersona]:
    """Enrolments with their units and tries; ``prefijos``, only those made in these territories. Three statements."""
    inscripciones = (
        Inscripcion.objects.filter(persona=persona)
        .filter(Q(retirada_en__isnull=True) | Q(estado=Inscripcion.Estado.TERMINADA))
        .select_related("curso", "edicion")
        .order_by("-creada_en")
    )
    if prefijos is not None:
        inscripciones = inscripciones.bajo(prefijos)
    por_id = {inscripcion.pk: CursoDeLaPersona(inscripcion) for inscripcion in inscripciones}
    if not por_id:
        return []
    intentos = _intentos(por_id)
    for inscripcion, *datos in _unidades(por_id):
        unidad_id, *resto = datos
        unidad = UnidadDeLaPersona(*resto)
        unidad.intentos = intentos.get((inscripcion, unidad_id), [])
        por_id[inscripcion].unidades.append(unidad)
    return list(por_id.values())


def _unidades(por_id: dict[int, CursoDeLaPersona]) -> list[tuple]:
    avance = Avance.objects.filter(inscripcion=OuterRef("version__inscripciones__pk"), unidad=OuterRef("unidad_id"))
    return list(
        RequisitoDeVersion.objects.filter(version__inscripciones__in=por_id)
        .annotate(
            estado=Subquery(avance.values("estado")[:1]), terminada_en=Subquery(avance.values("terminado_en")[:1])
        )
        .order_by("orden", "pk")
        .values_list(
            "version__inscripciones__pk",
            "unidad_id",
            "unidad__numero",
            "unidad__titulo",
            "unidad__modulo",
            "unidad__clase",
            "estado",
            "terminada_en",
        )
    )


def _intentos(por_id: dict[int, CursoDeLaPersona]) -> dict[tuple[int, int], list[IntentoDeLaPersona]]:
    juntos: dict[tuple[int, int], list[IntentoDeLaPersona]] = {}
    filas = (
        Intento.objects.enviados()
        .filter(inscripcion__in=por_id)
        .order_by("numero")
        .values_list("inscripcion_id", "unidad_id", "numero", "enviado_en", "aprobado")
    )
    for inscripcion, unidad, *datos in filas:
        juntos.setdefault((inscripcion, unidad), []).append(IntentoDeLaPersona(*datos))
    return juntos


def recordatorios(persona: Persona) -> QuerySet[Recordatorio]:
    return Recordatorio.objects.filter(persona=persona).select_related("por")[:MAXIMO_DE_RECORDATORIOS]


def intentos_mas(persona: Persona) -> QuerySet[IntentoMas]:
    """Tries that the staff gave, the last one first."""
    dados = IntentoMas.objects.filter(inscripcion__persona=persona)
    return dados.select_related("unidad", "por").order_by("-dado_en")


def certificados(alcance: AlcanceEfectivo, persona: Persona) -> QuerySet[Certificado]:
    return Certificado.objects.bajo(alcance.prefijos).filter(persona=persona).select_related("curso")
