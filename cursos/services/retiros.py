"""What happens with the parts of a course that were taken away while somebody lacked them: a person decides.

Until then nothing is dropped from what is asked. To stop asking may finish people: what they earn by it comes out a day
later, and until then the decision can be undone. Every act takes the row of the course first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ..errores import CursoError
from ..models import DecisionDeRetiro, Inscripcion, Unidad, VersionDeCurso
from .consecuencia import al_retirar, anotar, les_falta_alguna, tomar_inscripciones
from .mudanza import recontar
from .versiones import actualizar_versiones

Trato = DecisionDeRetiro.Trato
Estado = Inscripcion.Estado


def en_pausa(cursos: Iterable[Unidad] | QuerySet[Unidad]) -> QuerySet[Unidad]:
    """Return the paused parts of published courses, those that nobody has decided about first."""
    pausadas = Unidad.objects.pausadas().filter(curso__in=cursos, curso__retirada_en__isnull=True)
    return pausadas.select_related("curso", "retirada_por", "decision__por").order_by(
        F("decision").asc(nulls_first=True), "curso", "orden", "pk"
    )


def por_decidir(cursos: Iterable[Unidad] | QuerySet[Unidad]) -> QuerySet[Unidad]:
    """Return the paused parts of these courses that nobody has decided about."""
    return en_pausa(cursos).filter(decision=None)


def que_esperan(cursos: Iterable[Unidad] | QuerySet[Unidad], *, ahora: datetime) -> QuerySet[DecisionDeRetiro]:
    """Return the decisions that can still be undone, the last one first, with how many finished by each."""
    terminaron = Count("inscripciones", filter=Q(inscripciones__estado=Estado.TERMINADA))
    esperan = DecisionDeRetiro.objects.por_deshacer(ahora).filter(curso__in=cursos).annotate(esperan=terminaron)
    return esperan.select_related("curso", "por").prefetch_related("unidades")


@transaction.atomic
def dejar_de_pedir(
    *, unidades: Iterable[int], ahora: datetime, por: Any, terminan: int | None = None
) -> list[DecisionDeRetiro]:
    """Stop asking for paused parts. Returns the decision of each course.

    Those who lacked nothing else finish, and what they earn waits. ``terminan`` is how many the person was told.

    Raises ``ya_decidida`` when none is paused any more, and ``son_mas`` when more would finish than was told.
    """
    decisiones = []
    tomadas = list(_tomar(unidades))
    if terminan is not None:
        son = al_retirar(Unidad.objects.filter(pk__in=[pk for _curso, suyas in tomadas for pk in suyas])).terminan
        if son > terminan:
            mensaje = _("Mientras usted decidía cambió la cuenta: ahora terminarían %(n)d personas. Vuelva a decidir.")
            raise CursoError("son_mas", mensaje % {"n": son})
    for curso, suyas in tomadas:
        decision = _anotar(curso, suyas, Trato.DEJAR_DE_PEDIR, ahora, por)
        Unidad.objects.filter(pk__in=suyas).update(en_pausa=False, decision=decision)
        _poner_al_dia(curso, ahora, por, decision)
        decision.terminan = decision.inscripciones.filter(estado=Estado.TERMINADA).count()
        decision.save(update_fields=["terminan"])
        decisiones.append(decision)
    return decisiones


@transaction.atomic
def seguir_pidiendo(*, unidades: Iterable[int], ahora: datetime, por: Any) -> list[DecisionDeRetiro]:
    """Record that paused parts will be back: they are still asked for. Raises ``ya_decidida`` as the other one."""
    decisiones = []
    for curso, suyas in _tomar(unidades):
        decision = _anotar(curso, suyas, Trato.SE_SIGUE_PIDIENDO, ahora, por)
        Unidad.objects.filter(pk__in=suyas).update(decision=decision)
        decisiones.append(decision)
    return decisiones


@transaction.atomic
def deshacer(*, decision: DecisionDeRetiro, ahora: datetime, por: Any) -> int:
    """Ask again for what a decision stopped asking, also of those who finished by it. Returns how many those are.

    Raises ``ya_no_se_deshace``: its day passed, or it was undone. Raises ``hay_otra_despues``: of several in a course,
    the last one is undone first, or somebody would be left finished by the one that stays.
    """
    _bloquear([decision.curso_id])
    esperan = DecisionDeRetiro.objects.por_deshacer(ahora).filter(curso=decision.curso_id)
    if esperan.filter(pk__gt=decision.pk).exists():
        raise CursoError("hay_otra_despues", _("Después hubo otra decisión en este curso. Deshaga primero esa."))
    if not esperan.filter(pk=decision.pk).update(deshecha_en=ahora, deshecha_por=por):
        raise CursoError("ya_no_se_deshace", _("Esa decisión ya no se puede deshacer. Vuelva a abrir la página."))
    alcanzadas = Inscripcion.objects.filter(decision=decision.pk)
    vueltas = (
        alcanzadas.filter(estado=Estado.TERMINADA)
        .filter(les_falta_alguna(decision))
        .update(estado=Estado.EN_CURSO, terminada_en=None)
    )
    if decision.version_id:
        _reabrir_version(decision, alcanzadas.exclude(estado=Estado.TERMINADA))
    Unidad.objects.filter(decision=decision.pk, retirada_en__isnull=False).update(en_pausa=True, decision=None)
    _poner_al_dia(Unidad.objects.get(pk=decision.curso_id), ahora, por)
    recontar(alcanzadas)
    anterior = esperan.filter(pk__lt=decision.pk).order_by("-pk").first()
    alcanzadas.update(decision=anterior, version_anterior=None)
    return vueltas


@transaction.atomic
def poner_en_firme(*, inscripciones: Iterable[int], ahora: datetime) -> None:
    """Close the decisions whose day passed and that reached these enrolments: what they earned may come out.

    From here on none of them is undone. It takes their rows, so an act of undoing comes wholly before or after.
    """
    suyas = Inscripcion.objects.filter(pk__in=list(inscripciones), decision__isnull=False).values("decision")
    DecisionDeRetiro.objects.sin_cerrar().filter(pk__in=suyas, firme_desde__lte=ahora).update(cerrada_en=ahora)


def _tomar(unidades: Iterable[int]) -> Iterator[tuple[Unidad, list[int]]]:
    """Yield each published course with those of the units that are still paused. It, and its enrolments, are ours."""
    pedidas = Unidad.objects.filter(pk__in=list(unidades))
    cursos = [pk for pk in pedidas.order_by("curso").values_list("curso", flat=True).distinct() if pk]
    _bloquear(cursos)
    filas = pedidas.pausadas().filter(curso__retirada_en__isnull=True).order_by("curso", "orden", "pk")
    por_curso = [(curso, list(suyas)) for curso, suyas in groupby(filas.select_related("curso"), lambda una: una.curso)]
    if not por_curso:
        raise CursoError("ya_decidida", _("Eso ya se decidió o el curso volvió a cambiar. Vuelva a abrir la página."))
    tomar_inscripciones(cursos)
    for curso, suyas in por_curso:
        yield curso, [una.pk for una in suyas]


def _bloquear(cursos: Iterable[int]) -> None:
    """Take the rows of these courses until the end. What was kept of them is read again."""
    Unidad.objects.filter(pk__in=list(cursos)).update(revision=F("revision") + 1)


def _anotar(curso: Unidad, unidades: list[int], trato: str, ahora: datetime, por: Any) -> DecisionDeRetiro:
    consecuencia = al_retirar(Unidad.objects.filter(pk__in=unidades))
    return anotar(curso_id=curso.pk, unidades=unidades, trato=trato, consecuencia=consecuencia, ahora=ahora, por=por)


def _reabrir_version(decision: DecisionDeRetiro, inscripciones: QuerySet[Inscripcion]) -> None:
    """Give back the version they had, and let what was decided about the new one wait again."""
    inscripciones.update(version_id=Coalesce(F("version_anterior_id"), F("version_id")))
    reabierta: dict[str, Any] = {"decidida_en": None, "decidida_por": None, "trato": VersionDeCurso.Trato.CONSERVAR}
    VersionDeCurso.objects.filter(pk__in=[decision.version_id]).update(**reabierta)


def _poner_al_dia(curso: Unidad, ahora: datetime, por: Any, decision: DecisionDeRetiro | None = None) -> None:
    """Bring the versions in step with what is asked now. Title and hours are those that the course has."""
    horas = VersionDeCurso.objects.filter(curso=curso, vigente=True).values_list("horas", flat=True).first() or 0
    actualizar_versiones(curso=curso, horas=horas, ahora=ahora, por=por, decision=decision)
