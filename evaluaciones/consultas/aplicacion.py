"""What is asked some months after a course: what people did, in their role, with what they learned."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from cursos.consultas.temario import UN_DIA, FilaDeTemario, clave_de_cache, temario_de
from cursos.models import Inscripcion, Unidad
from marco.preparadas import preparada

from .. import reglas
from ..models import Evaluacion, Intento


@dataclass(frozen=True)
class PorAplicar:
    """A survey of this sort that is open for somebody who finished, and was not sent."""

    titulo: str
    curso: int
    unidad: int


def dias_de_la_aplicacion(curso: Unidad, unidad: int) -> int:
    """How many days after the course it opens. No statement once it is in the cache."""
    llave = clave_de_cache(f"aplicacion-{unidad}", curso)
    dias = cache.get(llave)
    if dias is None:
        paginas = Unidad.objects.filter(pk=unidad).values("pagina")
        pagina = Evaluacion.objects.filter(pk__in=paginas).only("dias_despues").first()
        dias = (pagina.dias_despues if pagina else None) or reglas.DIAS_DESPUES
        cache.set(llave, dias, UN_DIA)
    return dias


def aplicacion_del(curso: Unidad) -> tuple[FilaDeTemario, int] | None:
    """The survey of a course that is asked after it, and its days. No statement once both are in the cache."""
    fila = next((fila for fila in temario_de(curso).filas if fila.variante == reglas.APLICACION), None)
    return (fila, dias_de_la_aplicacion(curso, fila.id)) if fila else None


def aplicacion_de_un_curso(curso_id: int) -> tuple[int, int] | None:
    """The same, for who has only the key of the course: unit and days. Kept for a minute: lists ask on every page."""
    llave = f"kuska:aplicacion:{curso_id}"
    suya = cache.get(llave)
    if suya is None:
        fila = unidad_de_aplicacion.primera(curso=curso_id)
        suya = (fila[0], fila[1] or reglas.DIAS_DESPUES) if fila else ()
        cache.set(llave, suya, 60)
    return suya or None


@preparada
def unidad_de_aplicacion(*, curso: int) -> QuerySet[Unidad, tuple[int, int | None]]:
    """The survey of a course, and the days that its page says."""
    unidades = Unidad.objects.vigentes().filter(curso=curso, variante=reglas.APLICACION)
    pagina = Evaluacion.objects.filter(pk=OuterRef("pagina_id")).values("dias_despues")
    return unidades.annotate(dias=Subquery(pagina)).values_list("pk", "dias")[:1]


def se_abre_para(inscripcion: Inscripcion) -> datetime.date | None:
    """The day on which it opens for whoever finished, when the course has one. ``inscripcion.curso`` is loaded."""
    suya = aplicacion_del(inscripcion.curso)
    if suya is None or inscripcion.terminada_en is None:
        return None
    return reglas.se_abre_el(timezone.localdate(inscripcion.terminada_en), suya[1])


def se_abrira_para(inscripcion: Inscripcion) -> datetime.date | None:
    """The same, of who finished now and was read before."""
    suya = aplicacion_del(inscripcion.curso)
    terminada = timezone.localdate(inscripcion.terminada_en or timezone.now())
    return reglas.se_abre_el(terminada, suya[1]) if suya else None


def por_aplicar(inscripciones: Iterable[Inscripcion], *, hoy: datetime.date) -> list[PorAplicar]:
    """Return those that are open for some enrolments that finished, and were not sent. None, or one statement."""
    abiertas: dict[tuple[int, int], PorAplicar] = {}
    for inscripcion in inscripciones:
        suya, abre = aplicacion_del(inscripcion.curso), se_abre_para(inscripcion)
        if suya and abre and abre <= hoy:
            fila = suya[0]
            abiertas[inscripcion.pk, fila.id] = PorAplicar(fila.titulo, inscripcion.curso.numero, fila.numero)
    if not abiertas:
        return []
    enviadas = Intento.objects.enviados().filter(
        inscripcion__in={inscripcion for inscripcion, _unidad in abiertas},
        unidad__in={unidad for _inscripcion, unidad in abiertas},
    )
    hechas = set(enviadas.values_list("inscripcion_id", "unidad_id"))
    return [una for lugar, una in abiertas.items() if lugar not in hechas]
