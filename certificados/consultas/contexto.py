"""Everything that issuing reads, loaded once for many enrolments: the number of statements does not grow with them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Prefetch, Q

from certificados.models import Certificado, Firmante, LogoDePlantilla, Plantilla
from cursos.models import Curso, Inscripcion, Modulo, RequisitoDeVersion
from evaluaciones.models import Intento
from evaluaciones.reglas import CON_NOTA
from instancias.models import Membresia


@dataclass
class Contexto:
    inscripciones: list[Inscripcion]
    previos: dict[int, list[Certificado]] = field(default_factory=dict)
    pedidas: dict[int, int] = field(default_factory=dict)  # by version
    hechas: dict[int, int] = field(default_factory=dict)  # by enrolment
    aprobadas: set[int] = field(default_factory=set)
    membresias: dict[int, list[Membresia]] = field(default_factory=dict)  # by person
    plantillas: dict[int | None, Plantilla] = field(default_factory=dict)  # by course
    paginas: dict[int, Any] = field(default_factory=dict)  # by course
    modulos: dict[int, list[Any]] = field(default_factory=dict)  # by course
    impresos: dict[int, dict[str, Any]] = field(default_factory=dict)  # by template

    def plantilla_de(self, inscripcion: Inscripcion) -> Plantilla | None:
        return self.plantillas.get(inscripcion.curso_id) or self.plantillas.get(None)

    def membresia_de(self, inscripcion: Inscripcion, dia: datetime.date) -> Membresia | None:
        """The seat of that day in the enrolment's territory; else the last one the person held there, else any."""
        todas = self.membresias.get(inscripcion.persona_id, [])
        propias = [m for m in todas if m.asiento.instancia.territorio_id == inscripcion.territorio_id] or todas
        vigentes = [m for m in propias if m.vigente_el(dia)]
        candidatas = vigentes or [m for m in propias if m.desde <= dia] or propias
        return max(candidatas, key=lambda m: (m.desde, m.pk), default=None)


def cargar(inscripcion_ids: Iterable[int]) -> Contexto:
    ids = list(inscripcion_ids)
    contexto = Contexto(
        list(
            Inscripcion.objects.filter(pk__in=ids)
            .select_related("persona", "edicion", "curso", "version", "decision")
            .order_by("terminada_en", "pk")
        )
    )
    for certificado in Certificado.objects.filter(inscripcion_id__in=ids).only("pk", "inscripcion_id", "estado"):
        contexto.previos.setdefault(certificado.inscripcion_id, []).append(certificado)
    _cargar_cumplimiento(contexto, ids)
    personas = {inscripcion.persona_id for inscripcion in contexto.inscripciones}
    for membresia in Membresia.objects.filter(persona_id__in=personas).select_related(
        "asiento__tipo", "asiento__instancia__territorio"
    ):
        contexto.membresias.setdefault(membresia.persona_id, []).append(membresia)
    _cargar_cursos(contexto)
    return contexto


def _cargar_cumplimiento(contexto: Contexto, ids: list[int]) -> None:
    """What each version asks, what each person did of it, who passed an evaluation among it."""
    versiones = {inscripcion.version_id for inscripcion in contexto.inscripciones}
    requisitos = RequisitoDeVersion.objects.filter(version_id__in=versiones)
    contexto.pedidas = dict(
        requisitos.order_by().values_list("version_id").annotate(Count("pk")).values_list("version_id", "pk__count")
    )
    contexto.hechas = dict(
        RequisitoDeVersion.objects.filter(
            version__inscripciones__in=ids,
            unidad__avances__inscripcion_id=F("version__inscripciones__id"),
            unidad__avances__estado="terminada",
        )
        .order_by()
        .values_list("version__inscripciones__id")
        .annotate(cuantas=Count("unidad_id"))
        .values_list("version__inscripciones__id", "cuantas")
    )
    contexto.aprobadas = set(
        Intento.objects.aprobados()
        .filter(inscripcion_id__in=ids, unidad__obligatoria=True, reglas__clase__in=CON_NOTA)
        .order_by()
        .values_list("inscripcion_id", flat=True)
        .distinct()
    )


def plantillas_de(cursos: Iterable[int]) -> dict[int | None, Plantilla]:
    """Templates by course; of none, the one for those that have no other. Three statements."""
    plantillas = Plantilla.objects.filter(Q(curso_id__in=list(cursos)) | Q(curso__isnull=True)).prefetch_related(
        Prefetch("logos", LogoDePlantilla.objects.select_related("imagen")),
        Prefetch("firmantes", Firmante.objects.select_related("imagen")),
    )
    # By descending key: with several templates of no course, the first one made is the one that stays.
    return {plantilla.curso_id: plantilla for plantilla in plantillas.order_by("-pk")}


def _cargar_cursos(contexto: Contexto) -> None:
    cursos = {inscripcion.curso_id: inscripcion.curso for inscripcion in contexto.inscripciones}
    contexto.plantillas = plantillas_de(cursos)
    publicadas = [curso.pagina_id for curso in cursos.values() if curso.pagina_id]
    paginas = Curso.objects.in_bulk(publicadas)
    contexto.paginas = {pk: paginas[curso.pagina_id] for pk, curso in cursos.items() if curso.pagina_id in paginas}
    if not contexto.paginas:
        return
    dentro = Q()
    for pagina in contexto.paginas.values():
        dentro |= Q(path__startswith=pagina.path, depth=pagina.depth + 1)
    # Routes by seat are optional and give no hours: the paper does not list them.
    hijos = list(Modulo.objects.live().filter(dentro, rutas=False).order_by("path"))
    contexto.modulos = {
        pk: [hijo for hijo in hijos if hijo.path.startswith(pagina.path)] for pk, pagina in contexto.paginas.items()
    }
