"""What reading a lesson spends of somebody's data: its steps, its drawings and its pictures. Sounds are told apart.

It is what a phone that already has the site's style and scripts asks for: the page of each step, compressed, and what
the step shows by itself. A sound is asked for by whoever wants it, and says its own size.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from cursos.consultas.contenido import guardado
from cursos.esquemas import disponibles
from cursos.models import Leccion, Unidad
from cursos.services.imagenes import ANCHOS, SALIDAS, versiones_de

DEL_MARCO = 2_900  # bytes of a step without its words: the frame, the help and the headings of an answer
CADA_TANTO = 5_000  # what is told goes by fives, upwards


def gasto_de(*, unidad: int, curso: Unidad) -> int:
    """Return the bytes that a lesson takes, as they are told. One statement when the cache does not have it."""
    return guardado(f"gasto:{unidad}", curso, lambda: _medir(unidad))


def _medir(unidad: int) -> int:
    leccion = Leccion.objects.filter(pk__in=Unidad.objects.filter(pk=unidad).values("pagina")).first()
    if leccion is None:
        return 0
    crudos = leccion.pasos.raw_data
    bytes_ = sum(DEL_MARCO + _comprimido(json.dumps(uno["value"], ensure_ascii=False).encode()) for uno in crudos)
    if leccion.tema_dificil:
        bytes_ += DEL_MARCO
    bytes_ += sum(_de_lo_que_se_ve(leccion, lugar, uno) for lugar, uno in enumerate(crudos) if uno["type"] == "imagen")
    return -(-bytes_ // CADA_TANTO) * CADA_TANTO


def _de_lo_que_se_ve(leccion: Any, lugar: int, crudo: Mapping[str, Any]) -> int:
    valor = crudo["value"]
    if valor.get("imagen") and (imagen := leccion.pasos[lugar].value.get("imagen")):
        return int(versiones_de(imagen)[SALIDAS[0], ANCHOS[-1]].file.size)
    dibujo = disponibles().get(valor.get("esquema") or "")
    ruta = finders.find(dibujo.ruta) if dibujo else None
    return _comprimido(Path(str(ruta)).read_bytes()) if ruta else 0


def _comprimido(contenido: bytes) -> int:
    return len(gzip.compress(contenido, 6))
