"""The doubts of the lessons: those of a person, and those that somebody may answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import swapper
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.permissions import policy_registry

from instancias.models import Persona
from instancias.politica import AlcanceEfectivo

from ..dudas import lugar_en_palabras
from ..models import Curso, Duda, Inscripcion, NotaDeLeccion, Unidad
from ..pasos import ids_de
from .temario import temario_de, temarios

CUANTAS = 50  # of a person, on one page


@dataclass(frozen=True)
class DudaMostrada:
    """A doubt with the place it came from. ``paso`` is the number that its step has today, 0 when it is gone."""

    duda: Duda
    lugar: str
    paso: int

    @property
    def nueva(self) -> bool:
        """Whether it has an answer that its person has not said to have read."""
        return self.duda.respondida_en is not None and self.duda.leida_en is None


def lugar_de(unidad: Unidad, paso: int) -> str:
    """«curso 1, lección 3, paso 2», of a unit read with its course. No statement once the outline is in the cache."""
    curso = unidad.curso
    assert curso is not None  # noqa: S101 (a lesson hangs from its course)
    fila = temario_de(curso).por_id.get(unidad.pk)
    posicion = fila.posicion if fila else 0
    return lugar_en_palabras(curso=curso.numero, posicion=posicion, numero=unidad.numero, paso=paso)


def mostrar(dudas: Iterable[Duda]) -> list[DudaMostrada]:
    """The same doubts with their place. They come with ``unidad__curso``; the outlines, in one statement at most."""
    leidas = list(dudas)
    cursos = {una.unidad.curso for una in leidas if una.unidad.curso}
    temarios(cursos)
    return [_mostrar(una) for una in leidas]


def _mostrar(duda: Duda) -> DudaMostrada:
    ids = ids_de(duda.unidad)
    esta = duda.unidad.retirada_en is None and duda.paso in ids
    return DudaMostrada(duda, lugar_de(duda.unidad, duda.numero_de_paso), ids.index(duda.paso) + 1 if esta else 0)


def dudas_de(persona: Persona) -> QuerySet[Duda]:
    """What a person asked, the last one first."""
    suyas = Duda.objects.con_texto().filter(inscripcion__persona=persona)
    return suyas.select_related("unidad__curso")


def hay_respuestas() -> dict[str, Exists]:
    """Whether somebody has answers to read, as an annotation of any enrolment of theirs."""
    suyas = Duda.objects.sin_leer().filter(inscripcion__persona=OuterRef("persona"))
    return {"hay_respuestas": Exists(suyas)}


def dudas_de_la_zona(alcance: AlcanceEfectivo) -> QuerySet[Duda]:
    """Those of the people on whose account a scope may act."""
    suyas = Inscripcion.objects.filter(persona__in=alcance.personas_a_cargo())
    return Duda.objects.con_texto().filter(inscripcion__in=suyas.values("pk"))


def cursos_que_escribe(cuenta: Any) -> QuerySet[Any]:
    """The pages of the courses that an account may change."""
    politica = policy_registry.get_by_type(swapper.load_model("wagtailcore", "Page"))
    suyas = politica.instances_user_has_permission_for(cuenta, "change")
    return Curso.objects.filter(pk__in=suyas.values("pk"))


def escribe_algun_curso(cuenta: Any) -> bool:
    politica = policy_registry.get_by_type(swapper.load_model("wagtailcore", "Page"))
    return bool(politica.user_has_any_permission(cuenta, ["change"])) and cursos_que_escribe(cuenta).exists()


def dudas_de_sus_cursos(cuenta: Any) -> QuerySet[Duda]:
    """Those of the courses that an account writes, whoever asked them."""
    paginas = cursos_que_escribe(cuenta).values("pk")
    return Duda.objects.con_texto().filter(unidad__curso__pagina__in=paginas)


def dudas_que_responde(cuenta: Any, alcance: AlcanceEfectivo) -> QuerySet[Duda]:
    """Whatever the door: of the people of its scope, and of the courses that it writes."""
    de_la_zona, suyas = dudas_de_la_zona(alcance), dudas_de_sus_cursos(cuenta)
    return Duda.objects.filter(Q(pk__in=de_la_zona.values("pk")) | Q(pk__in=suyas.values("pk")))


def notas_sueltas(cuenta: Any) -> QuerySet[NotaDeLeccion]:
    """The notes on view whose doubt is gone, of the courses that an account publishes: only here can they go."""
    politica = policy_registry.get_by_type(swapper.load_model("wagtailcore", "Page"))
    suyas = politica.instances_user_has_permission_for(cuenta, "publish")
    sin_duda = Q(duda__isnull=True) | Q(duda__texto="")
    notas = NotaDeLeccion.objects.a_la_vista().filter(sin_duda, unidad__curso__pagina__in=suyas.values("pk"))
    return notas.select_related("unidad").order_by("-pk")


def notas_de(unidad: Unidad) -> QuerySet[NotaDeLeccion]:
    """The notes of a lesson that nobody took down, in the order in which they were written."""
    return NotaDeLeccion.objects.a_la_vista().filter(unidad=unidad)
