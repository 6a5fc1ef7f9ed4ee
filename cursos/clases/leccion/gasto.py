"""What reading a lesson spends of somebody's data: its steps, its drawings and its pictures. Sounds are told apart.

It is what a phone that already has the site's style and scripts asks for: the page of each step, compressed, and what
the step shows by itself, or when it is asked for on a phone that saves data. A sound says its own size.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from cursos.clases import Gasto
from cursos.consultas.contenido import guardado
from cursos.esquemas import disponibles
from cursos.models import Leccion, Unidad
from cursos.services.imagenes import peso_de

DEL_MARCO = 2_900  # bytes of a step without its words: the frame, the help and the headings of an answer


class _NoSeSabe(Exception):
    """Something that it shows is not there, or cannot be measured now: no figure is better than a false one."""


def gasto_de(*, unidad: int, curso: Unidad) -> Gasto:
    """Return what a lesson takes, as it is told. Its pictures are asked for too when the cache does not have it.

    It makes nothing. What cannot be measured now is not said, nor kept.
    """
    try:
        return guardado(f"gastos:{unidad}", curso, lambda: _medir(unidad))
    except (_NoSeSabe, OSError):
        return Gasto()


def _medir(unidad: int) -> Gasto:
    leccion = Leccion.objects.filter(pk__in=Unidad.objects.filter(pk=unidad).values("pagina")).first()
    if leccion is None:
        return Gasto()
    crudos = leccion.pasos.raw_data
    texto = sum(DEL_MARCO + _comprimido(json.dumps(uno["value"], ensure_ascii=False).encode()) for uno in crudos)
    if leccion.tema_dificil:
        texto += DEL_MARCO
    imagenes = sum(_de_lo_que_se_ve(leccion, n, uno) for n, uno in enumerate(crudos) if uno["type"] == "imagen")
    return Gasto(texto, imagenes)


def _de_lo_que_se_ve(leccion: Any, lugar: int, crudo: Mapping[str, Any]) -> int:
    valor = crudo["value"]
    if valor.get("imagen") and (imagen := leccion.pasos[lugar].value.get("imagen")):
        if not (pesa := peso_de(imagen)):
            raise _NoSeSabe
        return pesa
    dibujo = disponibles().get(valor.get("esquema") or "")
    ruta = finders.find(dibujo.ruta) if dibujo else None
    return _comprimido(Path(str(ruta)).read_bytes()) if ruta else 0


def _comprimido(contenido: bytes) -> int:
    return len(gzip.compress(contenido, 6))
