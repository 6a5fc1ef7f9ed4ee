"""Where people stopped: the first module with a part that their version asks for and they have not finished.

Four statements for any number of people. What is listed is a few of each module, who has waited longest first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cursos.models import Avance, RequisitoDeVersion, Unidad
from instancias.acceso.invitaciones import con_invitacion
from instancias.models import Persona

from . import definiciones as d
from . import personas
from .ambito import Ambito
from .modulos import Modulos, PorModulo, hechas_por_modulo, modulos_del
from .situacion import con_situacion

POR_MODULO = 5


@dataclass(frozen=True)
class Tramo:
    """How somebody goes with a module."""

    numero: int
    hechas: int
    piden: int

    @property
    def terminado(self) -> bool:
        return self.hechas >= self.piden


@dataclass
class Parada:
    """A module and who stopped there: how many, and some of them."""

    clave: int
    numero: int
    titulo: str
    ids: list[int] = field(default_factory=list)
    filas: list[personas.FilaDePersona] = field(default_factory=list)
    abierta: bool = False

    @property
    def cuantas(self) -> int:
        return len(self.ids)

    @property
    def hay_mas(self) -> bool:
        return len(self.ids) > len(self.filas)


def modulo_pendiente() -> Subquery:
    """The module where a person stopped, by its identity, for who carries an enrolment as ``insc``."""
    hecha = Avance.objects.terminados().filter(inscripcion=OuterRef(OuterRef("insc__pk")), unidad=OuterRef("unidad_id"))
    faltan = RequisitoDeVersion.objects.filter(~Exists(hecha), version=OuterRef("insc__version_id"))
    return Subquery(faltan.order_by("orden", "pk").values("unidad__clave_del_modulo")[:1])


def detenidas_en(gente: QuerySet[Persona], modulo: int) -> QuerySet[Persona]:
    """Of some people, those who stopped in a module."""
    return gente.annotate(modulo=modulo_pendiente()).filter(modulo=modulo)


@dataclass(frozen=True)
class DondeVan:
    """The modules where people under way stopped, in the order of the course, and how many began nothing."""

    paradas: list[Parada]
    sin_empezar: int
    en_otra: int  # of who began nothing here, who goes on in another edition of the course


def donde_van(ambito: Ambito, *, por_ayudar: Collection[int]) -> DondeVan:
    """Where the people of a table are. Of today only."""
    empezo = Case(When(d.sin_empezar(ambito), then=False), default=True)
    quienes = list(
        d.personas_del(ambito)
        .filter(d.sin_terminar(ambito))
        .annotate(
            empezo=empezo,
            en_otra=Case(When(d.sigue_en_otra(ambito), then=True), default=False),
            modulo=Case(When(empezo=True, then=modulo_pendiente()), default=None),
            espera=Coalesce("insc__ultima_actividad_en", "insc__creada_en"),
        )
        .order_by("espera", "pk")
        .values_list("empezo", "en_otra", "pk", "modulo", "insc__pk", "insc__version_id")
    )
    en_camino = [tuple(fila) for ya, _en_otra, *fila in quienes if ya]
    en_otra = sum(otra and not ya for ya, otra, *_fila in quienes)
    sin_empezar = len(quienes) - len(en_camino) - en_otra
    return DondeVan(_paradas(ambito, en_camino, por_ayudar), sin_empezar, en_otra)


def _paradas(ambito: Ambito, quienes: list[tuple], por_ayudar: Collection[int]) -> list[Parada]:
    if not quienes:
        return []
    modulos = modulos_del(ambito)
    todas = [Parada(clave, n, titulo) for n, (clave, titulo) in enumerate(modulos.titulos.items(), 1)]
    por_clave = {una.clave: una for una in todas}
    for pk, modulo, *_suya in quienes:
        if modulo in por_clave:
            por_clave[modulo].ids.append(pk)
    con_gente = [una for una in todas if una.ids]
    elegidas = {pk for una in con_gente for pk in una.ids[:POR_MODULO]}
    filas = _filas(
        ambito, {pk: (insc, version) for pk, _modulo, insc, version in quienes if pk in elegidas}, modulos, por_ayudar
    )
    for una in con_gente:
        una.filas = [filas[pk] for pk in una.ids[:POR_MODULO]]
    if con_gente:
        max(con_gente, key=lambda una: una.cuantas).abierta = True
    return con_gente


def _filas(
    ambito: Ambito, elegidas: dict[int, tuple[int, int | None]], modulos: Modulos, por_ayudar: Collection[int]
) -> dict[int, personas.FilaDePersona]:
    """Read some people, each with how they go with every module."""
    gente = con_invitacion(Persona.objects.filter(pk__in=elegidas), ahora=ambito.ahora)
    gente = con_situacion(gente.annotate(insc=d.inscripcion_del_dia(ambito, "")), ambito, por_ayudar=())
    filas = {fila.id: fila for fila in personas.filas(gente, ambito, piden_ayuda=por_ayudar)}
    hechas = hechas_por_modulo(ambito, [insc for insc, _version in elegidas.values()])
    for pk, (insc, version) in elegidas.items():
        filas[pk].tramos = _tramos(modulos, version, hechas.get(insc, {}))
    return filas


def _tramos(modulos: Modulos, version: int | None, hechas: PorModulo) -> list[Tramo]:
    piden = modulos.de(version)
    return [
        Tramo(n, hechas.get(clave, 0), piden[clave]) for n, clave in enumerate(modulos.titulos, 1) if piden.get(clave)
    ]


def titulo(modulo: int) -> str:
    """The title of a module, by its identity. One statement."""
    suyas = Unidad.objects.filter(clave_del_modulo=modulo).exclude(modulo="").order_by("-pk")
    return suyas.values_list("modulo", flat=True).first() or _("otra parte del curso")
