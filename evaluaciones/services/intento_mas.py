"""One more try, for whoever used up theirs: who needs it, and giving it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cursos.models import Inscripcion, Unidad
from cursos.services.avance import apuntar_a
from instancias.models import Persona

from ..models import Intento, IntentoMas
from .errores import EvaluacionError, no_encontrado
from .publicado import publicado_de

LARGO_DEL_MOTIVO = IntentoMas._meta.get_field("motivo").max_length or 0


@dataclass(frozen=True)
class Agotada:
    """An evaluation that a person did not pass with all their tries, in a course that goes on."""

    inscripcion: Inscripcion
    unidad: Unidad
    enviados: int


def dados(**donde: Any) -> Coalesce:
    """Return how many more tries were given, as an expression: ``dados(inscripcion="pk", unidad="unidad_id")``."""
    filas = IntentoMas.objects.filter(**{campo: OuterRef(de) for campo, de in donde.items()})
    contados = filas.order_by().values("inscripcion", "unidad").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(contados, output_field=IntegerField()), 0)


def agotadas_de(persona: Persona) -> list[Agotada]:
    """Return the evaluations where a person is stuck. Two statements at most, whatever the number of tries."""
    filas = {
        (fila["inscripcion"], fila["unidad"]): fila
        for fila in _sin_aprobar(Intento.objects.filter(inscripcion__persona=persona))
    }
    if not filas:
        return []
    inscripciones = Inscripcion.objects.select_related("curso").in_bulk({clave[0] for clave in filas})
    unidades = Unidad.objects.select_related("curso").in_bulk({clave[1] for clave in filas})
    return [
        Agotada(inscripciones[inscripcion], unidades[unidad], fila["enviados"])
        for (inscripcion, unidad), fila in filas.items()
        if _sin_intentos(unidades[unidad], fila["enviados"], fila["mas"])
    ]


@transaction.atomic
def dar_intento(
    *, persona: Persona, inscripcion: int, unidad: int, motivo: str, por: Any, ahora: datetime.datetime
) -> bool:
    """Give one more try; «Continuar» leads there again. Returns whether it did: asked twice, it gives one.

    Raises ``no_encontrado`` when that person has nothing like that, ``sin_motivo``, ``quedan_intentos``.
    """
    motivo = " ".join(motivo.split())
    if not motivo:
        raise EvaluacionError("sin_motivo", _("Escriba por qué le da un intento más."))
    if len(motivo) > LARGO_DEL_MOTIVO:
        mensaje = _("El motivo es muy largo. Escriba hasta %(n)d letras.")
        raise EvaluacionError("sin_motivo", mensaje % {"n": LARGO_DEL_MOTIVO})
    hechos = Intento.objects.filter(inscripcion__persona=persona, inscripcion=inscripcion, unidad=unidad)
    fila = next(iter(_sin_aprobar(hechos)), None)
    if fila is None:
        raise no_encontrado()
    la_unidad = Unidad.objects.select_related("curso").get(pk=unidad)
    if not _sin_intentos(la_unidad, fila["enviados"], fila["mas"]):
        raise EvaluacionError("quedan_intentos", _("Todavía le quedan intentos en esa evaluación."))
    try:
        with transaction.atomic():
            IntentoMas.objects.create(
                inscripcion_id=inscripcion,
                unidad=la_unidad,
                despues_de=fila["enviados"],
                motivo=motivo,
                por=por,
                dado_en=ahora,
            )
    except IntegrityError:
        return False
    apuntar_a(inscripcion_id=inscripcion, unidad=la_unidad)
    return True


def _sin_aprobar(intentos: QuerySet[Intento]) -> QuerySet:
    """Enrolment and evaluation of those attempts, when none was passed and none is open, with what was given."""
    return (
        intentos.filter(
            inscripcion__retirada_en__isnull=True,
            inscripcion__terminada_en__isnull=True,
            unidad__retirada_en__isnull=True,
        )
        .order_by()
        .values("inscripcion", "unidad")
        .annotate(
            enviados=Count("pk", filter=~Q(estado=Intento.Estado.EN_CURSO)),
            aprobados=Count("pk", filter=Q(aprobado=True)),
            abiertos=Count("pk", filter=Q(estado=Intento.Estado.EN_CURSO)),
            mas=dados(inscripcion="inscripcion", unidad="unidad"),
        )
        .filter(aprobados=0, abiertos=0)
        .order_by("unidad__orden")
    )


def _sin_intentos(unidad: Unidad, enviados: int, mas: int) -> bool:
    publicado = publicado_de(unidad)
    permitidos = publicado.permitidos if publicado else None
    return permitidos is not None and enviados >= permitidos + mas
