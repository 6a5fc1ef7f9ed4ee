"""Whom to remind, and why. One row per person, then the seats without anybody.

In order: needs help, only the evaluation missing, stopped for 14 days, never entered in 7 days, vacant seat. Whoever
was told in the last 7 days is left out, unless help was needed only afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from cursos.models import Avance, RequisitoDeVersion, Unidad
from instancias.models import Asiento, Persona

from ..models import Recordatorio
from . import asientos
from .ambito import DIAS_DE_PAUSA, DIAS_SIN_ENTRAR, Ambito, personas_del
from .personas import CAMPOS, FilaDePersona, leer_fila
from .situacion import SIN_TERMINAR, con_situacion, sin_actividad

Motivo = Recordatorio.Motivo
ORDEN = {motivo: lugar for lugar, motivo in enumerate(Motivo)}


def _solo_evaluacion() -> Q:
    """Everything the version asks for is done, except evaluations. Only asked of who has done something."""
    hecha = Avance.objects.terminados().filter(inscripcion=OuterRef(OuterRef("insc__pk")), unidad=OuterRef("unidad_id"))
    falta = (
        RequisitoDeVersion.objects.filter(version=OuterRef("insc__version_id"))
        .exclude(unidad__clase=Unidad.Clase.EVALUACION)
        .exclude(Exists(hecha))
    )
    return Q(insc__hechas__gt=0) & ~Q(Exists(falta))


def _nunca_entro(ambito: Ambito) -> Q:
    limite = ambito.hace(DIAS_SIN_ENTRAR)
    return Q(ultimo_ingreso_en__isnull=True, insc__ultima_actividad_en__isnull=True, insc__creada_en__lt=limite)


def personas(ambito: Ambito, *, por_ayudar: Iterable[int] | QuerySet) -> QuerySet[Persona]:
    """People to remind, the most urgent first, and among equals who has waited longest."""
    avisos = Recordatorio.objects.filter(persona=OuterRef("pk"))
    recientes = avisos.filter(hecho_en__gt=ambito.hace(DIAS_DE_PAUSA))
    motivo = Case(
        When(pk__in=por_ayudar, then=Value(Motivo.AYUDA)),
        When(_solo_evaluacion(), then=Value(Motivo.SOLO_EVALUACION)),
        When(_nunca_entro(ambito), then=Value(Motivo.NO_ENTRO)),
        When(sin_actividad(ambito), then=Value(Motivo.DETENIDO)),
        default=None,
        output_field=CharField(),
    )
    orden = Case(
        *(When(motivo=clave, then=Value(lugar)) for clave, lugar in ORDEN.items()), output_field=IntegerField()
    )
    return (
        con_situacion(personas_del(ambito).filter(SIN_TERMINAR, insc__pk__isnull=False), por_ayudar=por_ayudar)
        .annotate(motivo=motivo)
        .filter(motivo__isnull=False)
        .filter(
            ~Exists(recientes) | Q(motivo=Motivo.AYUDA) & ~Exists(recientes.filter(motivo=Motivo.AYUDA)),
        )
        .annotate(avisado_en=Subquery(avisos.order_by("-hecho_en").values("hecho_en")[:1]), orden=orden)
        .order_by("orden", Coalesce("insc__ultima_actividad_en", "insc__creada_en"), "pk")
    )


def filas(encontradas: QuerySet[Persona]) -> list[FilaDePersona]:
    """Read a page of them. One statement."""
    leidas = []
    for *datos, motivo, avisado_en in encontradas.values_list(*CAMPOS, "motivo", "avisado_en"):
        fila = leer_fila(tuple(datos))
        fila.motivo, fila.avisado_en = motivo, avisado_en
        leidas.append(fila)
    return leidas


def vacantes(ambito: Ambito) -> QuerySet[Asiento]:
    """Seats without anybody, and without a reminder in the last days."""
    recientes = Recordatorio.objects.filter(asiento=OuterRef("pk"), hecho_en__gt=ambito.hace(DIAS_DE_PAUSA))
    return asientos.listar(ambito, asientos.FILTROS["sin_persona"]).exclude(Exists(recientes))


def contar(encontradas: QuerySet[Persona]) -> dict[str, int]:
    """How many of each reason. One statement."""
    return dict(encontradas.order_by().values_list("motivo").annotate(cuantas=Count("pk")))
