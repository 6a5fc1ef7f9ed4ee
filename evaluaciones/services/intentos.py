"""Starting and reaching attempts. Each act checks whose the attempt is; an identifier grants nothing by itself."""

from __future__ import annotations

import dataclasses
import datetime
import uuid
from collections.abc import Callable, Generator
from functools import wraps
from typing import Any, TypeVar

from django.db import IntegrityError, OperationalError, router, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cursos.consultas.acceso import Ademas
from cursos.services.avance import empezar_unidad
from instancias.models import Persona
from marco.en_bloque import insertar_una
from marco.preparadas import preparada
from marco.restricciones import choco_con, es_de_turno, otra_vez

from .. import reglas
from ..consultas.plazo import fin_de, vencido
from ..consultas.preguntadas import elegir, preguntadas_por
from ..consultas.publicado import Publicado, publicado_de
from ..consultas.situacion import Situacion, por_que_no
from ..errores import EvaluacionError, no_encontrado, sin_preguntas_nuevas
from ..libro import Formulario, RespuestaDada, Respuestas
from ..models import Intento, Respuesta
from .cierre import cerrar_vencidos
from .entrada import con_no_lo_se
from .lineas import SeCerro, filas_que_se_toman

T = TypeVar("T")
Acto = Callable[..., Generator[None, None, T]]
Lugar = tuple[int, int]  # the numbers of a course and of a unit, as an address has them
# What phones and tabs of one person write at the same instant: the next line, the same operation, the final lines.
EL_MISMO_LUGAR = (
    (Respuesta, "respuesta_secuencia_unica"),
    (Respuesta, "operacion"),
    (Respuesta, "respuesta_definitiva_unica"),
)
UNO_SOLO = ((Intento, "intento_uno_en_curso"), (Intento, "intento_numero_unico"))


def iniciar(*, situacion: Situacion, ahora: datetime.datetime, numero: int | None = None) -> Intento:
    """Start an attempt, or return the one in progress. The form and its rules are frozen here.

    ``numero`` is the attempt that the person asked to start: asking again for one that exists returns that one, sent
    or not, so that going back in the browser does not use up another try.
    """
    if situacion.en_curso_id is not None:
        # One whose time passed is not gone on with: what comes back is its result.
        if reglas.fuera_de_plazo(fin_de(situacion.vence_en, situacion.inscripcion, situacion.unidad.variante), ahora):
            cerrar_vencidos(ahora=ahora, de=Q(pk=situacion.en_curso_id))
        return _existente(situacion, numero)
    if numero is not None and numero <= situacion.ultimo:
        return _existente(situacion, numero)
    publicado = publicado_de(situacion.unidad, timezone.localdate(ahora))
    impedimento = por_que_no(situacion, publicado)
    if impedimento is not None or publicado is None:
        raise impedimento or no_encontrado()
    intento = congelar(situacion, publicado, ahora)
    try:
        with transaction.atomic():  # of what is written alone: on SQLite all the others that write wait for it
            _escribir(intento)
            if publicado.reglas.clase == reglas.PRACTICA:
                empezar_unidad(inscripcion=situacion.inscripcion, unidad=situacion.unidad, ahora=ahora)
    except IntegrityError as error:
        if not choco_con(error, *UNO_SOLO):
            raise
        # Two «Empezar» at once: the constraint let one in, and both go on with it.
        return _existente(situacion, situacion.ultimo + 1)
    return intento


def _escribir(intento: Intento) -> None:
    """Keep a new attempt, as ``save`` does: its constraints are those of the database."""
    columnas = [campo.attname for campo in Intento._meta.concrete_fields if not campo.primary_key]
    intento.pk = insertar_una(Intento, columnas, [getattr(intento, columna) for columna in columnas])
    intento._state.adding, intento._state.db = False, router.db_for_write(Intento)


def _existente(situacion: Situacion, numero: int | None) -> Intento:
    propios = Intento.objects.filter(inscripcion=situacion.inscripcion, unidad=situacion.unidad)
    en_curso = propios.filter(estado=Intento.Estado.EN_CURSO).first()
    intento = en_curso or propios.filter(numero=numero or situacion.ultimo).first()
    if intento is None:
        raise EvaluacionError("no_se_pudo_empezar", _("No se pudo empezar. Intente otra vez."))
    intento.inscripcion, intento.unidad = situacion.inscripcion, situacion.unidad
    return intento


def congelar(situacion: Situacion, publicado: Publicado, ahora: datetime.datetime) -> Intento:
    """Return the attempt that would begin now, with its form and its rules, not yet kept."""
    clave = uuid.uuid4()
    del_dia = publicado.reglas
    numero = situacion.ultimo + 1
    forma = reglas.forma_que_toca(publicado.preguntas, del_dia.clase, turno=situacion.inscripcion.pk, intento=numero)
    formulario = _elegidas(situacion, publicado, forma, str(clave))
    forma = next((una.forma for una in formulario if una.forma not in ("", reglas.RESERVA)), forma)
    return Intento(
        inscripcion=situacion.inscripcion,
        unidad=situacion.unidad,
        clave=clave,
        numero=numero,
        formulario=con_no_lo_se(formulario, del_dia.clase),
        reglas=dataclasses.replace(
            del_dia, titulo=situacion.unidad.titulo, forma=forma, sector=_sector(situacion, del_dia.clase, ahora)
        ),
        iniciado_en=ahora,
        vence_en=_vencimiento(del_dia.dias_de_plazo, ahora),
        puntos_posibles=len(formulario),
    )


def _sector(situacion: Situacion, clase: str, ahora: datetime.datetime) -> str:
    """The sector of the seat that the person holds in the place of the enrolment. One statement, of a survey only."""
    if clase not in reglas.ENCUESTAS:
        return ""
    suyas = situacion.inscripcion.persona.membresias.vigentes(timezone.localdate(ahora))
    suyas = suyas.filter(asiento__instancia__territorio=situacion.inscripcion.territorio_id)
    return suyas.order_by("-calidad", "pk").values_list("asiento__tipo__sector", flat=True).first() or ""


def _elegidas(situacion: Situacion, publicado: Publicado, forma: str, semilla: str) -> Formulario:
    """Draw the questions. A try that the staff gave, or after the answers were shown, does not repeat what was seen."""
    del_dia = publicado.reglas
    dada = publicado.permitidos is not None and situacion.enviados >= publicado.permitidos
    if not dada and not situacion.con_pasado:
        return reglas.armar_formulario(
            reglas.de_la_forma(publicado.preguntas, forma),
            cuantas=del_dia.sortear,
            baraja=del_dia.barajar,
            semilla=semilla,
        )
    elegidas = elegir(publicado, preguntadas_por(situacion.inscripcion, situacion.unidad), forma=forma, semilla=semilla)
    if elegidas is None:
        raise sin_preguntas_nuevas()
    return reglas.en_su_orden(elegidas, baraja=del_dia.barajar, semilla=semilla)


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
        .select_related("inscripcion__curso", "inscripcion__edicion", "unidad")
        .order_by("-inscripcion", "-numero")
    )


def abierto_en(*, persona: Persona, curso: int, unidad: int, ahora: datetime.datetime) -> Intento | None:
    """Return the attempt in progress of an address. One whose time passed closes now, and is not in progress."""
    propios = del_lugar(persona=persona, curso=curso, unidad=unidad)
    intento = propios.filter(estado=Intento.Estado.EN_CURSO).first()
    if intento is None or not vencido(intento, ahora):
        return intento
    cerrar_vencidos(ahora=ahora, de=Q(pk=intento.pk))
    return None


def tomar(
    *,
    persona: Persona,
    clave: uuid.UUID,
    lugar: Lugar | None = None,
    ademas: Ademas | None = None,
) -> Any:
    """Return the person's attempt holding its row, with the number of its last line as ``lineas`` and its moment.

    ``lugar`` is the address that the act came by: an attempt of another course or unit is not found there.
    ``ademas`` gives annotations that the caller needs in the same statement.
    """
    curso, unidad = lugar or (None, None)
    intento = intento_tomado.primera(persona=persona.pk, clave=clave, curso=curso, unidad=unidad, ademas=ademas)
    if intento is None:
        raise no_encontrado()
    intento.lineas = intento.lineas or 0
    return intento


@preparada
def intento_tomado(
    *,
    persona: int,
    clave: uuid.UUID,
    curso: int | None,
    unidad: int | None,
    ademas: Ademas | None,
) -> QuerySet[Intento]:
    """The attempt that an act on the ledger holds. Inside a transaction."""
    ultima = Respuesta.objects.filter(intento=OuterRef("pk")).order_by("-secuencia")
    propios = Intento.objects.filter(inscripcion__persona=persona, inscripcion__retirada_en__isnull=True, clave=clave)
    if curso is not None and unidad is not None:
        propios = propios.filter(inscripcion__curso__numero=curso, unidad__numero=unidad)
    return (
        propios.select_related("inscripcion__curso", "inscripcion__edicion", "unidad")
        .select_for_update(of=("self",))
        .annotate(
            lineas=Subquery(ultima.values("secuencia")[:1]),
            ultima_en=Subquery(ultima.values("recibida_en")[:1]),
            **(ademas() if ademas else {}),
        )
        .order_by("pk")[:1]
    )


def en_su_turno(acto: Acto[T]) -> Callable[..., T]:
    """Run an act on the ledger in a transaction, again when another one wrote first.

    An act is in two parts, with a ``yield`` between: what it reads and works out, and what it writes. On SQLite all
    the others who write wait for a transaction, so there it is of the second part alone (decision 0063): what came
    between both takes the number of a line, or is seen by the statement that writes, and the act is done again.

    Who waits for the row of an attempt reads it as it is now, but PostgreSQL counts its lines as they were before
    waiting. The number of the next line is then taken, the constraint refuses it, and nothing of the act stays. The
    second time the row is held before anything is counted, so however many wait, each one is counted in its turn.
    Asking that way from the first would cost everybody what only those at the same instant need.
    """

    @wraps(acto)
    def envoltura(**datos: Any) -> T:
        partes = acto(**datos)
        try:
            if not filas_que_se_toman() and not transaction.get_connection().in_atomic_block:
                next(partes)
            with transaction.atomic():
                return _lo_que_falta(partes)
        except StopIteration as fin:  # there was nothing to write
            return fin.value
        except SeCerro:
            pass
        except (IntegrityError, OperationalError) as error:
            if not (choco_con(error, *EL_MISMO_LUGAR) or es_de_turno(error)):
                raise
        return _con_el_turno(acto, **datos)

    return envoltura


@otra_vez(*EL_MISMO_LUGAR)
def _con_el_turno(acto: Acto[T], **datos: Any) -> T:
    Intento.objects.select_for_update().filter(clave=datos["intento"]).values_list("pk").first()
    return _lo_que_falta(acto(**datos))


def _lo_que_falta(partes: Generator[None, None, T]) -> T:
    while True:
        try:
            next(partes)
        except StopIteration as fin:
            return fin.value


def lineas_de(intento: Intento) -> dict[int, RespuestaDada]:
    """Return the last line of each question answered so far, by place in the form."""
    lugar = intento.formulario.lugar_de_la_version()
    lineas = Respuesta.objects.filter(intento=intento).order_by("secuencia")
    return {
        lugar[linea.version_id]: RespuestaDada(linea.secuencia, linea.valor, linea.nota_dada)
        for linea in lineas
        if linea.version_id in lugar
    }


def respuestas_de(intento: Intento) -> Respuestas:
    """Return what is answered so far, by place in the form."""
    return {n: linea.valor for n, linea in lineas_de(intento).items()}
