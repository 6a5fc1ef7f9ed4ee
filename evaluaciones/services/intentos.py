"""Starting and reaching attempts. Each act checks whose the attempt is; an identifier grants nothing by itself."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cursos.services.avance import empezar_unidad
from instancias.models import Persona

from .. import reglas
from ..models import Intento, Respuesta
from .errores import EvaluacionError, no_encontrado
from .publicado import Publicado
from .situacion import Situacion, por_que_no

T = TypeVar("T")
VECES = 8  # phones and tabs of one person at the same instant


@transaction.atomic
def iniciar(*, situacion: Situacion, ahora: datetime.datetime, numero: int | None = None) -> Intento:
    """Start an attempt, or return the one in progress. The form and its rules are frozen here.

    ``numero`` is the attempt that the person asked to start: asking again for one that exists returns that one, sent
    or not, so that going back in the browser does not use up another try.
    """
    if situacion.en_curso_id is not None or (numero is not None and numero <= situacion.ultimo):
        return _existente(situacion, numero)
    publicado = situacion.publicado
    impedimento = por_que_no(situacion, publicado)
    if impedimento is not None or publicado is None:
        raise impedimento or no_encontrado()
    intento = _congelar(situacion, publicado, ahora)
    try:
        with transaction.atomic():
            intento.save(force_insert=True)
    except IntegrityError:
        # Two «Empezar» at once: the constraint let one in, and both go on with it.
        return _existente(situacion, intento.numero)
    if publicado.reglas["clase"] == reglas.PRACTICA:
        empezar_unidad(inscripcion=situacion.inscripcion, unidad=situacion.unidad, ahora=ahora)
    return intento


def _existente(situacion: Situacion, numero: int | None) -> Intento:
    propios = Intento.objects.filter(inscripcion=situacion.inscripcion, unidad=situacion.unidad)
    en_curso = propios.filter(estado=Intento.Estado.EN_CURSO).first()
    intento = en_curso or propios.filter(numero=numero or situacion.ultimo).first()
    if intento is None:
        raise EvaluacionError("no_se_pudo_empezar", _("No se pudo empezar. Intente otra vez."))
    intento.inscripcion, intento.unidad = situacion.inscripcion, situacion.unidad
    return intento


def _congelar(situacion: Situacion, publicado: Publicado, ahora: datetime.datetime) -> Intento:
    clave = uuid.uuid4()
    del_dia = publicado.reglas
    numero = situacion.ultimo + 1
    forma = reglas.forma_que_toca(publicado.preguntas, del_dia["clase"], turno=situacion.inscripcion.pk, intento=numero)
    formulario = reglas.armar_formulario(
        reglas.de_la_forma(publicado.preguntas, forma),
        cuantas=del_dia["sortear"],
        baraja=del_dia["barajar"],
        semilla=str(clave),
    )
    return Intento(
        inscripcion=situacion.inscripcion,
        unidad=situacion.unidad,
        clave=clave,
        numero=numero,
        formulario=formulario,
        reglas={**del_dia, "titulo": situacion.unidad.titulo, **({"forma": forma} if forma else {})},
        iniciado_en=ahora,
        vence_en=_vencimiento(del_dia["dias_de_plazo"], ahora),
        puntos_posibles=len(formulario),
    )


def _vencimiento(dias: int | None, ahora: datetime.datetime) -> datetime.datetime | None:
    """The end of the last day, in the local time that people read."""
    if not dias:
        return None
    ultimo = timezone.localdate(ahora) + datetime.timedelta(days=dias)
    fin = datetime.datetime.combine(ultimo, datetime.time(23, 59, 59))
    return timezone.make_aware(fin, timezone.get_default_timezone())


def intentos_propios(persona: Persona) -> QuerySet[Intento]:
    """Attempts that a person may reach today: theirs, of enrolments that are still active."""
    return Intento.objects.filter(inscripcion__persona=persona, inscripcion__retirada_en__isnull=True)


def del_lugar(*, persona: Persona, curso: int, unidad: int) -> QuerySet[Intento]:
    """The person's attempts at the evaluation of an address. They outlive its page."""
    return (
        intentos_propios(persona)
        .filter(inscripcion__curso__numero=curso, unidad__numero=unidad)
        .select_related("inscripcion__curso", "unidad")
        .order_by("-inscripcion", "-numero")
    )


def tomar(*, persona: Persona, clave: uuid.UUID) -> Any:
    """Return the person's attempt holding its row, with the number of its last line as ``lineas``."""
    ultima = Respuesta.objects.filter(intento=OuterRef("pk")).order_by("-secuencia").values("secuencia")[:1]
    intento = (
        intentos_propios(persona)
        .filter(clave=clave)
        .select_related("inscripcion__curso", "unidad")
        .select_for_update(of=("self",))
        .annotate(lineas=Subquery(ultima))
        .first()
    )
    if intento is None:
        raise no_encontrado()
    intento.lineas = intento.lineas or 0
    return intento


def en_su_turno(acto: Callable[..., T]) -> Callable[..., T]:
    """Run an act on the ledger in a transaction, again when another one wrote first.

    Who waits for the row of an attempt reads it as it is now, but PostgreSQL counts its lines as they were before
    waiting. The number of the next line is then taken, the constraint refuses it, and nothing of the act stays. Asking
    the count in another statement would cost everybody what only those at the same instant need.
    """

    @wraps(acto)
    def envoltura(**datos: Any) -> T:
        for _vez in range(VECES - 1):
            try:
                with transaction.atomic():
                    return acto(**datos)
            except IntegrityError:
                continue
        with transaction.atomic():
            return acto(**datos)

    return envoltura


def lineas_de(intento: Intento) -> dict[int, tuple[int, list[str]]]:
    """Return the last line of each question answered so far, by position in the form: its number and its options."""
    lugar = {pregunta["version"]: n for n, pregunta in enumerate(intento.formulario, 1)}
    lineas = Respuesta.objects.filter(intento=intento).order_by("secuencia")
    filas = lineas.values_list("version_id", "secuencia", "elegidas")
    return {lugar[version]: (secuencia, elegidas) for version, secuencia, elegidas in filas if version in lugar}


def elegidas_de(intento: Intento) -> dict[int, list[str]]:
    """Return what is answered so far, by position in the form."""
    return {n: elegidas for n, (_secuencia, elegidas) in lineas_de(intento).items()}
