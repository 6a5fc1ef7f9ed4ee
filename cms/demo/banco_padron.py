"""What a long list costs, part by part: seconds, rows a second, statements and memory. For whoever changes its work."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from instancias import padron
from instancias.models import ImportacionDePadron
from instancias.padron import trabajo
from instancias.politica import AlcanceEfectivo

from . import pais
from .banco import DE_TRANSACCION

ALCANCE = AlcanceEfectivo((pais.DEPARTAMENTO,))
ESTADO = Path("/proc/self/status")
LEER, GUARDAR = "leer y revisar", "guardar"
# What a long list may cost, once its file is read.
FILAS_POR_SEGUNDO, SENTENCIAS_POR_MIL, MEGAS = 2000, 20, 60
LIMPIAR = Path("/proc/self/clear_refs")  # «5» forgets how much memory was ever held


@dataclass(frozen=True)
class Parte:
    """A part of the work on a list of so many rows. ``megas``: how much more memory than before it ever took."""

    nombre: str
    filas: int
    segundos: float
    procesador: float
    sentencias: int
    megas: float

    @property
    def por_mil(self) -> float:
        return 1000 * self.sentencias / self.filas

    @property
    def veredicto(self) -> str:
        """Whether it is as fast and as light as it has to be; nothing of a part that nobody waits for."""
        if self.nombre not in (LEER, GUARDAR):
            return ""
        faltas = []
        if self.filas / self.segundos < FILAS_POR_SEGUNDO:
            por_cpu = self.filas / self.procesador
            ocupada = f"; la máquina estaba ocupada: {por_cpu:.0f} por segundo de CPU"
            faltas.append(f"filas/s{ocupada if por_cpu >= FILAS_POR_SEGUNDO else ''}")
        faltas += ["sentencias"] * (self.por_mil > SENTENCIAS_POR_MIL) + ["memoria"] * (self.megas > MEGAS)
        return f"NO cumple: {', '.join(faltas)}" if faltas else "cumple"


def partes(cuantas: int, *, formato: str = "csv") -> list[Parte]:
    """Bring, review, save and take back a list of so many people of an invented country, as the work does it."""
    contenido = pais.en_csv(cuantas) if formato == "csv" else pais.en_excel(cuantas)
    datos: dict[str, Any] = {"nombre": f"lista.{formato}", "contenido": contenido, "esquema": "inei"}
    datos |= {"alcance": ALCANCE, "por": None, "preguntar": False}
    listas: list[ImportacionDePadron] = []
    medidas = [
        _medir("traer el archivo", cuantas, lambda: listas.append(padron.recibir(**datos, ahora=timezone.now()))),
    ]
    acto = {"importacion_id": listas[0].pk, "alcance": ALCANCE, "por": None}
    medidas.append(_medir(LEER, cuantas, lambda: _hacer(listas[0])))
    trabajo.pedir_guardar(**acto, ahora=timezone.now())
    medidas.append(_medir(GUARDAR, cuantas, lambda: _hacer(listas[0])))
    trabajo.pedir_deshacer(**acto, ahora=timezone.now())
    medidas.append(_medir("deshacer", cuantas, lambda: _hacer(listas[0])))
    return medidas


def _hacer(importacion: ImportacionDePadron) -> None:
    while trabajo.avanzar(importacion_id=importacion.pk):
        pass


def _medir(nombre: str, filas: int, acto: Callable[[], Any]) -> Parte:
    cuenta = 0

    def contar(ejecutar: Any, sql: str, *otros: Any) -> Any:
        nonlocal cuenta
        cuenta += not sql.lstrip().startswith(DE_TRANSACCION)
        return ejecutar(sql, *otros)

    gc.collect()
    with suppress(OSError):
        LIMPIAR.write_text("5")
    antes, reloj, procesador = _megas("VmRSS"), time.perf_counter(), time.process_time()
    with connection.execute_wrapper(contar):
        acto()
    tiempos = time.perf_counter() - reloj, time.process_time() - procesador
    return Parte(nombre, filas, *tiempos, cuenta, _megas("VmHWM") - antes)


def _megas(cual: str) -> float:
    """What the system says of the memory of this process; nothing where it does not say."""
    with suppress(OSError):
        for linea in ESTADO.read_text().splitlines():
            if linea.startswith(cual):
                return int(linea.split()[1]) / 1024
    return 0.0
