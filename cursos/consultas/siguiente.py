"""What is asked of a person, what keeps something closed, and what to do next."""

from __future__ import annotations

from collections.abc import Collection

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import clases
from ..models import Avance, Inscripcion, RequisitoDeVersion
from .temario import UN_DIA, FilaDeTemario, Temario, clave_de_cache, temario_de

Estado = Inscripcion.Estado


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
    return frozenset(Avance.objects.terminados().filter(inscripcion=inscripcion).values_list("unidad_id", flat=True))


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
