"""What a long list costs, part by part: seconds, rows a second, statements and memory. For whoever changes its work."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from instancias import padron
from instancias.models import Asiento, ImportacionDePadron, Institucion, Membresia, Persona
from instancias.padron.trabajo import trabajo
from instancias.politica import AlcanceEfectivo

from . import pais
from .banco import DE_TRANSACCION

ALCANCE = AlcanceEfectivo((pais.DEPARTAMENTO,))
ESTADO = Path("/proc/self/status")
LEER, GUARDAR = "leer y revisar", "guardar"
# What a long list may cost, once its file is read.
FILAS_POR_SEGUNDO, SENTENCIAS_POR_MIL, MEGAS = 2000, 20, 60
PISOS = 40  # times what the database takes to write the same rows by itself
SE_GUARDAN = (Persona, Institucion, Asiento, Membresia)
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
    pisos: float = 0

    @property
    def por_mil(self) -> float:
        return 1000 * self.sentencias / self.filas

    @property
    def veredicto(self) -> str:
        """Whether it is as fast and as light as it has to be; nothing of a part that nobody waits for."""
        if self.pisos:
            return "cumple" if self.pisos <= PISOS else f"NO cumple: más de {PISOS} pisos"
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
    medidas.append(_junto(medidas[-2:], piso()))
    trabajo.pedir_deshacer(**acto, ahora=timezone.now())
    medidas.append(_medir("deshacer", cuantas, lambda: _hacer(listas[0])))
    return medidas


def piso() -> float:
    """What it takes to write the rows that were saved in plain SQL, once they are known: an INSERT a row, in one go.

    With their restrictions and indexes. Median of three times, in seconds: of processor where the database is of this
    process, which other work beside does not change. Nothing of it stays.
    """
    reloj = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    tiempos = []
    for _vez in range(3):
        with transaction.atomic(), connection.cursor() as cursor:
            copias = [_copia(cursor, modelo._meta.db_table) for modelo in SE_GUARDAN]
            inicio = reloj()
            for insercion, filas in copias:
                cursor.executemany(insercion, filas)
            tiempos.append(reloj() - inicio)
            transaction.set_rollback(True)
    return statistics.median(tiempos)


def _copia(cursor: Any, origen: str) -> tuple[str, list[Any]]:
    """An empty one like another, with its restrictions and indexes: how it is written, and the rows of the other."""
    copia = f"piso_{origen}"
    if connection.vendor == "postgresql":
        cursor.execute(f"CREATE TABLE {copia} (LIKE {origen} INCLUDING ALL)")
    else:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [origen])
        for nombre, sql in sorted(cursor.fetchall(), key=lambda uno: uno[0] != origen):
            if not sql.startswith("CREATE TRIGGER"):
                cursor.execute(sql.replace(f'"{nombre}"', f'"piso_{nombre}"', 1).replace(f'"{origen}"', f'"{copia}"'))
    cursor.execute(f"SELECT * FROM {origen}")  # noqa: S608 (a name of ours)
    marcas = ", ".join(["%s"] * len(cursor.description))
    return f"INSERT INTO {copia} VALUES ({marcas})", cursor.fetchall()  # noqa: S608


def _junto(partes: list[Parte], piso: float) -> Parte:
    """Reading, reviewing and saving, in floors."""
    filas, segundos = partes[0].filas, sum(una.segundos for una in partes)
    procesador = sum(una.procesador for una in partes)
    pisos = (procesador if connection.vendor == "sqlite" else segundos) / piso
    return Parte(
        f"las dos: {pisos:.0f} pisos de SQL",
        filas,
        segundos,
        procesador,
        sum(una.sentencias for una in partes),
        max(una.megas for una in partes),
        pisos=pisos,
    )


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
