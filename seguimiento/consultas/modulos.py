"""How far each person is, module by module: what their version asks of each, and how much of it they finished."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, Min
from django.utils.translation import gettext as _

from cursos.models import Avance, RequisitoDeVersion
from marco.de_estos import DeEstos

from .ambito import Ambito
from .partes import inscripciones_del

PorModulo = Mapping[int, int]  # by the identity of the module


@dataclass(frozen=True)
class Modulos:
    """The modules of the course, in order, as these people's versions ask for them."""

    titulos: Mapping[int, str] = field(default_factory=dict)
    pedidas: Mapping[int, PorModulo] = field(default_factory=dict)  # by version

    def de(self, version: int | None) -> PorModulo:
        return self.pedidas.get(version or 0, {})


def modulos_del(ambito: Ambito) -> Modulos:
    """What is asked, by version and module. One statement, as many rows as modules."""
    suyas = inscripciones_del(ambito).order_by().values("version_id").distinct()  # before joining: a few versions
    filas = (
        RequisitoDeVersion.objects.filter(version__in=suyas)
        .order_by()
        .values_list("version_id", "unidad__clave_del_modulo", "unidad__modulo")
        .annotate(piden=Count("unidad_id", distinct=True), orden=Min("unidad__orden"))
        .order_by("orden", "unidad__clave_del_modulo")
    )
    titulos: dict[int, str] = {}
    pedidas: dict[int, dict[int, int]] = {}
    for version, clave, titulo, piden, _orden in filas:
        titulos.setdefault(clave, titulo or _("Fuera de los módulos"))
        de_la_version = pedidas.setdefault(version, {})
        de_la_version[clave] = de_la_version.get(clave, 0) + piden
    return Modulos(titulos, pedidas)


def hechas_por_modulo(ambito: Ambito, inscripciones: Collection[int]) -> dict[int, PorModulo]:
    """How many parts of each module some enrolments had finished by the day. One statement."""
    filas = (
        Avance.objects.filter(
            DeEstos("inscripcion_id", inscripciones),
            inscripcion__version__filas__unidad=F("unidad"),
            terminado_en__lt=ambito.corte,
        )
        .order_by()
        .values_list("inscripcion_id", "unidad__clave_del_modulo")
        .annotate(hechas=Count("pk"))
    )
    todas: dict[int, dict[int, int]] = {}
    for inscripcion, clave, hechas in filas:
        todas.setdefault(inscripcion, {})[clave] = hechas
    return todas
