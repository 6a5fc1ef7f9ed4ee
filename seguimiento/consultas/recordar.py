"""Whom to remind, and why. One row per person, then the seats without anybody.

In order: needs help, only the evaluation missing, stopped for 14 days, never entered in 7 days, finished months ago and
did not tell what they applied, vacant seat. Whoever was told in the last 7 days is left out, unless help was needed
only afterwards.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cursos.models import Inscripcion
from instancias.acceso.accesos import acceso
from instancias.acceso.invitaciones import con_invitacion
from instancias.models import Asiento, Persona
from marco.de_estos import en_fila
from marco.preparadas import Preparada

from ..models import Recordatorio
from . import asientos
from .ambito import DIAS_DE_PAUSA, Ambito
from .ayuda import entre
from .de_una import de_una_edicion
from .definiciones import inscripcion_del_dia, inscritas, personas_del, sigue_en_otra, sin_terminar
from .motivos import ORDEN, Motivo, orden, por_aplicar
from .personas import FilaDePersona, leer_fila
from .situacion import Situacion

CAMPOS = (
    "pk",
    "nombres",
    "apellidos",
    "celular",
    "insc__hechas",
    "insc__requeridas",
    "ultima",
    "ultimo_ingreso_en",
)
DEL_AVISO = ("insc__estado", "orden", "avisado_en", "acceso", "invitacion", "espera")
SITUACIONES = {Motivo.AYUDA: Situacion.AYUDA, Motivo.APLICACION: Situacion.TERMINO}


def _puede_seguir(ambito: Ambito) -> Q:
    """Whether what a person does still counts."""
    return Q(insc__hasta__gte=ambito.dia) if ambito.termino else Q()


def se_recuerda(ambito: Ambito, *, por_ayudar: Iterable[int] | str) -> Q:
    """Condition on a person that carries an enrolment as ``insc``: there may be something to tell, and it was not told
    lately. Whoever goes on in another edition of the course is told of that one; of a course that is out of sight,
    nobody is: neither the lessons nor the survey of what was applied can be opened."""
    if ambito.retirado:
        return Q(pk__in=[])
    recientes = Recordatorio.objects.filter(persona=OuterRef("pk"), hecho_en__gt=ambito.hace(DIAS_DE_PAUSA))
    de_ayuda = recientes.filter(motivo=Motivo.AYUDA)
    puede = sin_terminar(ambito) & _puede_seguir(ambito) | por_aplicar(ambito)
    sin_aviso = Q(~Exists(recientes)) | entre("pk", por_ayudar) & Q(~Exists(de_ayuda))
    return puede & inscritas() & sin_aviso & ~sigue_en_otra(ambito)


def personas(ambito: Ambito, *, por_ayudar: Iterable[int] | str) -> QuerySet[Persona]:
    """People to remind, the most urgent first, and among equals who has waited longest.

    After the last day of the edition there are only those who were given more: the others can do nothing any more.

    ``orden`` is the place of the reason: written once in the statement, it sorts, filters and names the reason.
    """
    avisos = Recordatorio.objects.filter(persona=OuterRef("pk"))
    return (
        con_invitacion(personas_del(ambito), ahora=ambito.ahora)
        .filter(se_recuerda(ambito, por_ayudar=por_ayudar))
        .annotate(
            orden=orden(ambito, por_ayudar=por_ayudar),
            espera=Coalesce("insc__ultima_actividad_en", "insc__creada_en"),
            acceso=acceso(),
            ultima=Coalesce("insc__ultima_actividad_en", "insc__iniciada_en"),
            avisado_en=Subquery(avisos.order_by("-hecho_en").values("hecho_en")[:1]),
        )
        .filter(orden__isnull=False)
        .order_by("orden", "espera", "pk")
    )


def estas(ambito: Ambito, ordenes: Mapping[int, int]) -> list[FilaDePersona]:
    """Read again, as they are now, people whose reason is known: their place in ``ORDEN``, by number. One statement.

    Whoever was taken out of the edition a moment ago has no row any more.
    """
    suyas = ESTAS(cuales=en_fila(ordenes), edicion=ambito.edicion_id, corte=ambito.corte, ahora=ambito.ahora)
    return sorted(leer_filas(suyas, ordenes), key=lambda fila: (fila.orden, fila.espera, fila.id))


def _estas(*, cuales: str, edicion: int, corte: datetime.datetime, ahora: datetime.datetime) -> QuerySet:
    avisos = Recordatorio.objects.filter(persona=OuterRef("pk"))
    ambito = de_una_edicion(edicion, corte=corte, ahora=ahora)
    return (
        con_invitacion(Persona.objects.filter(entre("pk", cuales)), ahora=ahora)
        .annotate(
            insc=inscripcion_del_dia(ambito, ""),
            orden=Value(0),
            espera=Coalesce("insc__ultima_actividad_en", "insc__creada_en"),
            acceso=acceso(),
            ultima=Coalesce("insc__ultima_actividad_en", "insc__iniciada_en"),
            avisado_en=Subquery(avisos.order_by("-hecho_en").values("hecho_en")[:1]),
        )
        .filter(insc__pk__isnull=False)
        .values_list(*CAMPOS, *DEL_AVISO)
    )


ESTAS = Preparada(_estas, se_anota=False)


def con_motivo(encontradas: QuerySet[Persona], motivo: str) -> QuerySet[Persona]:
    """Only those of one reason."""
    return encontradas.filter(orden=ORDEN.index(Motivo(motivo)))


def filas(encontradas: QuerySet[Persona]) -> list[FilaDePersona]:
    """Read a page of them, each with the reason of its row. One statement."""
    return leer_filas(encontradas.values_list(*CAMPOS, *DEL_AVISO))


def leer_filas(suyas: Iterable[tuple[Any, ...]], ordenes: Mapping[int, int] | None = None) -> list[FilaDePersona]:
    """Each with the reason of its row, or with the one that is known."""
    leidas = []
    for *datos, empezada, lugar, avisado_en, entra, invitacion, espera in suyas:
        pk, nombres, apellidos, celular, hechas, requeridas, ultima, ingreso = datos
        lugar = ordenes[pk] if ordenes else lugar
        motivo = ORDEN[lugar]
        situacion = SITUACIONES.get(motivo) or _situacion(hechas, empezada)
        fila = leer_fila((pk, nombres, apellidos, celular, situacion, hechas, requeridas, ultima, ingreso))
        fila.motivo, fila.avisado_en = motivo, avisado_en
        fila.acceso, fila.invitacion = entra, invitacion
        fila.orden, fila.espera = lugar, espera
        leidas.append(fila)
    return leidas


def _situacion(hechas: int, estado: str) -> Situacion:
    empezo = hechas or estado == Inscripcion.Estado.EN_CURSO
    return Situacion.EN_CURSO if empezo else Situacion.NO_EMPEZO


def contar(encontradas: QuerySet[Persona], sillas: QuerySet[Asiento]) -> dict[str, int]:
    """How many of each reason, seats included. One statement."""
    gente = encontradas.order_by().values("orden").annotate(cuantas=Count("pk")).values_list("orden", "cuantas")
    lugar = Value(ORDEN.index(Motivo.VACANTE), output_field=IntegerField())
    asientos_solos = sillas.order_by().annotate(orden=lugar).values("orden").annotate(cuantas=Count("pk"))
    cuentas = dict(gente.union(asientos_solos.values_list("orden", "cuantas"), all=True))
    return {motivo: cuentas.get(lugar, 0) for lugar, motivo in enumerate(ORDEN)}


def vacantes(ambito: Ambito) -> QuerySet[Asiento]:
    """Seats without anybody, today or registered for a later day, and without a reminder in the last days."""
    recientes = Recordatorio.objects.filter(asiento=OuterRef("pk"), hecho_en__gt=ambito.hace(DIAS_DE_PAUSA))
    return asientos.listar(ambito, asientos.FILTROS["sin_persona"]).filter(sigue_desde=None).exclude(Exists(recientes))
