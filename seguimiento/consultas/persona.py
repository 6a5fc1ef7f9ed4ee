"""One person: where they sit, how far they are, what was tried, what was said to them. A handful of statements."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from certificados.models import Certificado
from cursos.clases import clase_de
from cursos.models import Avance, Inscripcion, Prorroga, RequisitoDeVersion
from evaluaciones.consultas.plazo import vencidos
from evaluaciones.models import Intento, IntentoMas
from instancias.models import Membresia, Persona
from instancias.politica import AlcanceEfectivo

from ..models import Recordatorio
from .asiento import termino_en_el_asiento

MAXIMO_DE_RECORDATORIOS = 20


@dataclass
class UnidadDeLaPersona:
    """A unit that the person's version asks for."""

    numero: int
    titulo: str
    modulo: str
    clase: str
    estado: str | None
    terminada_en: datetime.datetime | None
    intentos: list[IntentoDeLaPersona] = field(default_factory=list)

    @property
    def texto(self) -> str:
        """The state in the words of its kind, where the usual ones will not do."""
        return clase_de(self.clase).estado_en_palabras(self.estado or "por_empezar")


@dataclass(frozen=True)
class IntentoDeLaPersona:
    """That it was tried, when, and whether it was passed. Never what was answered, nor the mark."""

    numero: int
    enviado_en: datetime.datetime | None
    aprobado: bool | None
    cierre: str


@dataclass(frozen=True)
class ModuloDeLaPersona:
    """The units of a module. Open where the person stopped, or where something was tried and not passed yet."""

    nombre: str
    unidades: list[UnidadDeLaPersona]
    abierto: bool

    @property
    def terminadas(self) -> int:
        return sum(unidad.terminada_en is not None for unidad in self.unidades)


@dataclass
class CursoDeLaPersona:
    """An enrolment and its units in order."""

    inscripcion: Inscripcion
    unidades: list[UnidadDeLaPersona] = field(default_factory=list)
    prorrogas: list[Prorroga] = field(default_factory=list)
    sigue_en: str = ""  # another edition of the course, where it is half way: this one was not begun

    @property
    def parada(self) -> ParadaDeLaPersona | None:
        """The first part that is not finished, of whoever began; None of who did not, or lacks nothing."""
        if not any(una.estado for una in self.unidades):
            return None
        falta = next((una for una in self.unidades if not una.terminada_en), None)
        return ParadaDeLaPersona(falta.modulo, falta.titulo) if falta else None

    @property
    def modulos(self) -> list[ModuloDeLaPersona]:
        """The units in the order of the course, those of a module together."""
        juntas = [(nombre, list(suyas)) for nombre, suyas in groupby(self.unidades, key=lambda una: una.modulo)]
        falta = next(
            (n for n, (_nombre, suyas) in enumerate(juntas) if not all(una.terminada_en for una in suyas)), None
        )
        return [
            ModuloDeLaPersona(nombre, suyas, n == falta or any(una.intentos and not una.terminada_en for una in suyas))
            for n, (nombre, suyas) in enumerate(juntas)
        ]


@dataclass(frozen=True)
class ParadaDeLaPersona:
    """Where somebody stopped: the module, and the part that follows."""

    modulo: str
    parte: str


def membresias(alcance: AlcanceEfectivo, persona: Persona, *, hoy: datetime.date) -> QuerySet[Membresia]:
    """Seats held and once held, inside the scope only.

    Each with ``lo_capacito`` (when this person finished while holding it), ``lo_ocupa_hoy`` and ``otra_hoy``.
    """
    del_asiento = Membresia.objects.vigentes(hoy).filter(persona__activa=True, asiento=OuterRef("asiento_id"))
    return (
        alcance.membresias()
        .filter(persona=persona)
        .annotate(
            lo_capacito=termino_en_el_asiento(),
            lo_ocupa_hoy=Exists(del_asiento.filter(persona=persona)),
            otra_hoy=Exists(del_asiento.exclude(persona=persona)),
        )
        .select_related("asiento__tipo", "asiento__instancia__territorio")
        .order_by("-desde", "pk")
    )


def cursos(
    persona: Persona, prefijos: Iterable[str] | None = None, *, ahora: datetime.datetime
) -> tuple[list[CursoDeLaPersona], bool]:
    """Enrolments with their units and tries; ``prefijos``, only those made in these territories. Three statements.

    Returns as well whether an attempt among them is overdue: ``services.al_dia`` closes it and reads again.
    """
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
        return [], False
    intentos, hay_vencidos = _intentos(por_id, ahora)
    for inscripcion, *datos in _unidades(por_id):
        unidad_id, *resto = datos
        unidad = UnidadDeLaPersona(*resto)
        unidad.intentos = intentos.get((inscripcion, unidad_id), [])
        por_id[inscripcion].unidades.append(unidad)
    llevados = list(por_id.values())
    _decir_donde_siguen(llevados, hoy=timezone.localdate(ahora))
    return llevados, hay_vencidos


def _decir_donde_siguen(llevados: list[CursoDeLaPersona], *, hoy: datetime.date) -> None:
    """What ``definiciones.sigue_en_otra`` says of each enrolment, of those that were read already."""
    a_medias = {
        una.curso_id: una.edicion.nombre
        for una in (uno.inscripcion for uno in llevados)
        if una.iniciada_en and not una.terminada_en and not una.retirada_en and not una.termino(hoy)
    }
    for uno in llevados:
        if not uno.inscripcion.iniciada_en and not uno.inscripcion.terminada_en:
            uno.sigue_en = a_medias.get(uno.inscripcion.curso_id, "")


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


def _intentos(
    por_id: dict[int, CursoDeLaPersona], ahora: datetime.datetime
) -> tuple[dict[tuple[int, int], list[IntentoDeLaPersona]], bool]:
    juntos: dict[tuple[int, int], list[IntentoDeLaPersona]] = {}
    filas = (
        Intento.objects.filter(Q(estado=Intento.Estado.ENVIADO) | vencidos(ahora), inscripcion__in=por_id)
        .order_by("numero")
        .values_list("inscripcion_id", "unidad_id", "estado", "numero", "enviado_en", "aprobado", "cierre")
    )
    hay_vencidos = False
    for inscripcion, unidad, estado, *datos in filas:
        if estado == Intento.Estado.ENVIADO:
            juntos.setdefault((inscripcion, unidad), []).append(IntentoDeLaPersona(*datos))
        else:
            hay_vencidos = True
    return juntos, hay_vencidos


def recordatorios(persona: Persona) -> QuerySet[Recordatorio]:
    return Recordatorio.objects.filter(persona=persona).select_related("por")[:MAXIMO_DE_RECORDATORIOS]


def intentos_mas(persona: Persona) -> QuerySet[IntentoMas]:
    """Tries that the staff gave, the last one first."""
    dados = IntentoMas.objects.filter(inscripcion__persona=persona)
    return dados.select_related("unidad", "por").order_by("-dado_en")


def certificados(alcance: AlcanceEfectivo, persona: Persona) -> QuerySet[Certificado]:
    return Certificado.objects.bajo(alcance.prefijos).filter(persona=persona).select_related("curso")
