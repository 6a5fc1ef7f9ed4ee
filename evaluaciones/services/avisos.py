"""What a person is told of the attempts that closed by themselves, wherever the course is shown."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from instancias.models import Persona
from marco.preparadas import preparada

from .. import reglas
from ..consultas.plazo import vencidos
from ..errores import falta_calificar
from ..models import EstadoDeNota, Intento
from .cierre import cerrar_vencidos

DIAS = datetime.timedelta(days=30)
CAMPOS = (
    "pk",
    "estado",
    "numero",
    "enviado_en",
    "puntos",
    "puntos_posibles",
    "aprobado",
    "nota",
    "reglas__clase",
    "reglas__titulo",
    "unidad__numero",
    "inscripcion__curso__numero",
)


@dataclass(frozen=True)
class AvisoDeCierre:
    """An attempt that nobody sent in time. ``numero`` is that of its result, 0 when it has none."""

    texto: str
    curso: int
    unidad: int
    numero: int
    aprobado: bool


def cierres_de(*, persona: Persona, ahora: datetime.datetime, curso: int | None = None) -> list[AvisoDeCierre]:
    """Close what is overdue of a person, and return what closed lately and was not tried again. One statement, usually.

    ``curso`` keeps those of one course.
    """
    filas = por_decir(persona=persona.pk, ahora=ahora)
    if any(fila[1] == Intento.Estado.EN_CURSO for fila in filas):
        cerrar_vencidos(ahora=ahora, de=Q(inscripcion__persona=persona))
        filas = [fila for fila in por_decir(persona=persona.pk, ahora=ahora) if fila[1] != Intento.Estado.EN_CURSO]
    avisos = [_aviso(*fila[1:]) for fila in filas]
    return [aviso for aviso in avisos if curso is None or aviso.curso == curso]


def hay_cierres(ahora: datetime.datetime) -> Exists:
    """Whether ``cierres_de`` may have something to close or to tell of the course of an enrolment."""
    suyos = Q(inscripcion__persona=OuterRef("persona"), inscripcion__curso=OuterRef("curso"))
    return Exists(Intento.objects.filter(suyos, vencidos(ahora) | _cerrados(ahora)))


def _cerrados(ahora: datetime.datetime) -> Q:
    return Q(enviado_en__gte=ahora - DIAS, inscripcion__retirada_en__isnull=True) & ~Q(cierre="")


@preparada
def por_decir(*, persona: int, ahora: datetime.datetime) -> QuerySet[Intento]:
    """What is overdue of a person, or closed lately, and was not tried again."""
    despues = Intento.objects.filter(
        inscripcion=OuterRef("inscripcion"), unidad=OuterRef("unidad"), numero__gt=OuterRef("numero")
    )
    suyos = Intento.objects.filter(Q(inscripcion__persona=persona), vencidos(ahora) | _cerrados(ahora))
    return suyos.exclude(Exists(despues)).order_by("-enviado_en", "-pk").values_list(*CAMPOS)


def _aviso(
    estado: str,
    numero: int,
    cuando: datetime.datetime,
    puntos: int | Decimal | None,
    posibles: int,
    aprobado: bool | None,
    nota: str,
    clase: str,
    titulo: str,
    unidad: int,
    curso: int,
) -> AvisoDeCierre:
    texto = cierre_en_palabras(
        titulo=titulo,
        clase=clase,
        cuando=cuando,
        puntos=puntos,
        posibles=posibles,
        aprobado=aprobado,
        por_calificar=nota == EstadoDeNota.POR_CALIFICAR,
    )
    con_resultado = estado == Intento.Estado.ENVIADO
    return AvisoDeCierre(texto, curso, unidad, numero if con_resultado else 0, bool(aprobado))


def cierre_en_palabras(
    *,
    titulo: str,
    clase: str,
    cuando: datetime.datetime,
    puntos: int | Decimal | None,
    posibles: int,
    aprobado: bool | None,
    por_calificar: bool = False,
) -> str:
    """Say when an attempt closed, and what became of what was saved: «Se cerró el … con lo que había guardado…»."""
    datos = {"titulo": titulo, "dia": date_format(timezone.localtime(cuando)), "posibles": posibles}
    if por_calificar:
        texto = _("«%(titulo)s» se cerró el %(dia)s con lo que había guardado.") % datos
        return f"{texto} {falta_calificar()}"
    if puntos is None:
        return _("«%(titulo)s» se cerró el %(dia)s sin terminar. Lo que respondió está guardado.") % datos
    datos["puntos"] = number_format(puntos)
    if clase not in reglas.CON_NOTA:
        return _("«%(titulo)s» se cerró el %(dia)s con lo que había guardado.") % datos
    texto = _("«%(titulo)s» se cerró el %(dia)s con lo que había guardado: %(puntos)s de %(posibles)d.") % {
        **datos,
        "puntos": number_format(puntos),
    }
    return f"{texto} {_('Aprobó.') if aprobado else _('Todavía no aprueba.')}"
