"""What is asked of a person, what keeps something closed, and what to do next."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.preparadas import preparada

from .. import clases
from ..models import Avance, Inscripcion, RequisitoDeVersion, Unidad
from .temario import UN_DIA, FilaDeTemario, Temario, clave_de_cache, temario_de

Estado = Inscripcion.Estado
SEPARADOR = "\n"


def pedidas_por(inscripcion: Inscripcion) -> frozenset[int]:
    """Units that the enrolment's version asks for, kept like the outline."""
    llave = clave_de_cache(f"pide:{inscripcion.version_id}", inscripcion.curso)
    ids = cache.get(llave)
    if ids is None:
        filas = RequisitoDeVersion.objects.filter(version=inscripcion.version_id)
        ids = frozenset(filas.values_list("unidad_id", flat=True))
        cache.set(llave, ids, UN_DIA)
    return ids


def en_pausa_para(inscripcion: Inscripcion, temario: Temario) -> list[str]:
    """Return the titles of what is asked of this person, is out of sight and is not done. Mostly no statement."""
    if inscripcion.estado == Estado.TERMINADA or not temario.en_pausa:
        return []
    suyas = pedidas_por(inscripcion) - terminadas_en(inscripcion)
    return [titulo for pk, titulo in temario.en_pausa.items() if pk in suyas]


def terminadas_en(inscripcion: Inscripcion) -> frozenset[int]:
    """Units a person has finished in an enrolment."""
    return frozenset(unidades_terminadas(inscripcion=inscripcion.pk))


@preparada
def unidades_terminadas(*, inscripcion: int) -> QuerySet[Any]:
    return Avance.objects.terminados().filter(inscripcion=inscripcion).values_list("unidad_id", flat=True)


def siguiente_de(*, inscripcion: Inscripcion, fila: FilaDeTemario, terminadas: Collection[int]) -> FilaDeTemario | None:
    """Return what to do after a unit: the next one asked for, not done, and open."""
    temario = temario_de(inscripcion.curso)
    pide = pedidas_por(inscripcion)
    cumplidas = cumplidas_de(temario, terminadas, pide)
    fuera = {f.id for f in temario.filas if f.id not in pide or cierre_de(f, temario, cumplidas)}
    return temario.siguiente(fila, fuera | set(terminadas))


def cumplidas_en(inscripcion: Inscripcion) -> frozenset[int]:
    """Units of the course that keep nothing closed for this person. One statement."""
    return cumplidas_de(temario_de(inscripcion.curso), terminadas_en(inscripcion), pedidas_por(inscripcion))


def lo_que_sigue(*, inscripcion: Inscripcion, unidad_id: int) -> FilaDeTemario | None:
    """Return the next thing to do after a unit, whatever became of it. One statement; none when the course is done."""
    fila = temario_de(inscripcion.curso).por_id.get(unidad_id)
    if fila is None or inscripcion.estado == Estado.TERMINADA or inscripcion.termino(timezone.localdate()):
        return None
    return siguiente_de(inscripcion=inscripcion, fila=fila, terminadas=terminadas_en(inscripcion))


def lo_que_viene(*, inscripcion: str, unidad: str) -> dict[str, Coalesce]:
    """Return what follows a unit, for the statement of a row that names both: first of what is missing and is no exam.

    So it is open: an exam waits for the rest, and is named when nothing else is left. ``que_viene`` reads it.
    """
    hecho = Avance.objects.terminados().filter(unidad=OuterRef("unidad"), inscripcion=OuterRef(OuterRef(inscripcion)))
    lugar = Unidad.objects.filter(pk=OuterRef(OuterRef(unidad))).values("orden")
    version = Inscripcion.objects.filter(pk=OuterRef(OuterRef(inscripcion))).values("version")
    faltan = RequisitoDeVersion.objects.filter(
        ~Exists(hecho), ~Q(unidad=OuterRef(unidad)), version=Subquery(version), unidad__retirada_en__isnull=True
    ).order_by("unidad__orden")
    partes = ("unidad__numero", Value(SEPARADOR), "unidad__clase", Value(SEPARADOR), "unidad__titulo")
    escrita = faltan.annotate(escrita=Concat(*partes, output_field=TextField())).values("escrita")
    sin_examen = escrita.exclude(unidad__clase__in=clases.con_nota())
    despues = sin_examen.filter(unidad__orden__gt=Subquery(lugar))
    return {"viene": Coalesce(*(Subquery(una[:1]) for una in (despues, sin_examen, escrita)))}


def que_viene(fila: Any, curso: int) -> dict[str, str] | None:
    """Return {"url", "titulo"} of what the row of ``lo_que_viene`` read, if anything."""
    escrita = getattr(fila, "viene", None)
    if not escrita:
        return None
    numero, clase, titulo = escrita.split(SEPARADOR, 2)
    return {"url": clases.clase_de(clase).url(curso=curso, numero=int(numero)), "titulo": titulo}


def cumplidas_de(temario: Temario, terminadas: Collection[int], pide: Collection[int]) -> frozenset[int]:
    """Units that keep nothing closed: done, or not asked of this person. A lesson added later waits for no one."""
    return frozenset(terminadas).union(fila.id for fila in temario.filas if fila.id not in pide)


def cierre_de(fila: FilaDeTemario, temario: Temario, terminadas: Collection[int]) -> str:
    """Return why a unit cannot be opened yet, as its kind says, or nothing."""
    return str(clases.clase_de(fila.clase).cierre(fila=fila, temario=temario, terminadas=terminadas))


def url_de(fila: FilaDeTemario, curso: int) -> str:
    """Return the address where a person does a unit."""
    return clases.clase_de(fila.clase).url(curso=curso, numero=fila.numero)


def url_para_seguir(fila: FilaDeTemario, curso: int, paso: int) -> str:
    """Return the address of where the person left a unit."""
    clase = clases.clase_de(fila.clase)
    return clase.url_para_seguir(curso=curso, numero=fila.numero, paso=min(paso, fila.pasos))


def nombre_de(fila: FilaDeTemario) -> str:
    """«Lección 3», or the title of what is not counted."""
    return clases.clase_de(fila.clase).nombre_de(fila)


def cuenta_de(inscripcion: Inscripcion, temario: Temario) -> str:
    """«3 de 8 lecciones»; where there are also units of other kinds it says so."""
    de_que = [fila.clase for fila in temario.filas if fila.obligatoria] or [fila.clase for fila in temario.filas]
    que = clases.cuenta_en_palabras(de_que, inscripcion.requeridas)
    cifras = {"hechas": inscripcion.hechas, "total": inscripcion.requeridas, "que": que}
    return _("%(hechas)d de %(total)d %(que)s") % cifras
