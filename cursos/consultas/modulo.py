"""A module that somebody takes on the phone: its units with what the person has done of them, in few statements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Max

from instancias.models import Persona

from ..guardado import FORMATO, ModuloPorGuardar
from ..models import Avance, RedaccionDeArticulo, Unidad
from .acceso import Acceso
from .inicio import asientos_de
from .temario import temario_de


def modulo_por_guardar(acceso: Acceso, *, persona: Persona, hoy: date, de_muestra: bool = False) -> ModuloPorGuardar:
    """Return the module that holds a unit. Routes of the seats of others stay out. Three statements at most."""
    inscripcion = acceso.inscripcion
    temario = temario_de(inscripcion.curso)
    grupo = temario.por_id[acceso.unidad.pk].grupo
    del_grupo = temario.del_grupo(grupo)
    suyos = asientos_de(persona=persona, hoy=hoy) if any(fila.es_ruta for fila in del_grupo) else frozenset()
    filas = [fila for fila in del_grupo if not fila.es_ruta or not suyos.isdisjoint(fila.asientos)]
    ids = [fila.id for fila in filas]
    unidades = {una.pk: una for una in Unidad.objects.filter(pk__in=ids)}
    for una in unidades.values():
        una.curso = inscripcion.curso
    avances = {uno.unidad_id: uno for uno in Avance.objects.filter(inscripcion=inscripcion, unidad__in=ids)}
    return ModuloPorGuardar(
        inscripcion=inscripcion,
        temario=temario,
        numero=min(fila.numero for fila in del_grupo),
        titulo=filas[0].modulo or inscripcion.curso.titulo if filas else "",
        filas=[fila for fila in filas if fila.id in unidades],
        unidades=unidades,
        avances=avances,
        de_muestra=de_muestra,
    )


def version_de(modulo: ModuloPorGuardar, guiones: Iterable[str], *, hoy: date) -> str:
    """Return what changes when what is saved is not today's any more: course, law or scripts. One statement."""
    ley = RedaccionDeArticulo.objects.filter(vigente_desde__lte=hoy).aggregate(ultima=Max("vigente_desde"))
    curso = modulo.inscripcion.curso
    partes = [FORMATO, curso.pk, curso.revision, modulo.numero, ley["ultima"], *map(staticfiles_storage.url, guiones)]
    return hashlib.sha256("|".join(map(str, partes)).encode()).hexdigest()[:16]
