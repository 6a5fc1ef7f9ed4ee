"""What was confirmed outlives a cut of power: with what production asks of SQLite, at any moment (``corte.py``)."""

from __future__ import annotations

import ctypes
import os
import random
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from cms.entorno import base_de_datos
from evaluaciones.models import Respuesta
from marco.respaldo.comprobar import conectada_a
from tests.evaluaciones.factories import operacion
from tests.fallas.corte import STRACE, Disco, Hecho, leer, vigilar
from tests.fallas.cuadro import anotar
from tests.fallas.golpes import LARGA, terminar
from tests.fallas.golpes import empezar as echar_a_andar
from tests.fallas.test_fallas import contestar, curso, listo_para_enviar, rosa

__all__ = ["curso", "rosa"]
pytestmark = [
    pytest.mark.un_motor,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL escribe su propio diario: base_muerta"),
    pytest.mark.skipif(not STRACE, reason="no hay strace en esta máquina"),
]
RESPUESTAS, CORTES = (60, 400) if LARGA else (24, 40)
CUALQUIERA_PUEDE_MIRAR = (0x59616D61, ctypes.c_ulong(-1))  # PR_SET_PTRACER, PR_SET_PTRACER_ANY


def hechos_al_contestar(persona: Any, intento: Any, base: Path) -> list[Hecho]:
    """Answer with the settings of production, watched; half-way what was written goes to its place (checkpoint)."""
    entra, confirma = os.pipe()
    empieza, avisa = os.pipe()
    de_produccion = {**connection.settings_dict, **base_de_datos(f"sqlite:///{base}")}

    def responder_seguido() -> None:
        ctypes.CDLL(None).prctl(*CUALQUIERA_PUEDE_MIRAR)
        os.read(empieza, 1)
        with conectada_a(de_produccion):
            for numero in range(RESPUESTAS):
                suya = operacion()
                contestar(persona, intento, suya, pregunta=1 + numero % 10)()
                os.write(confirma, suya.bytes)
                if numero == RESPUESTAS // 2:
                    with connection.cursor() as cursor:
                        cursor.execute("PRAGMA wal_checkpoint(RESTART)")

    tubo = os.readlink(f"/proc/self/fd/{confirma}")
    contestando = echar_a_andar(responder_seguido)
    traza = base.with_name("traza")
    mira = vigilar(contestando[0], traza)
    os.write(avisa, b".")
    fin = terminar(contestando)
    mira.communicate()
    for uno in (entra, confirma, empieza, avisa):
        os.close(uno)
    assert fin.confirmo, fin.error
    return list(leer(traza, base.parent, tubo))


def abrir(archivos: dict[str, bytes], carpeta: Path, base: Path) -> set[bytes]:
    """Turn the machine on again: what is there, once SQLite looked through all of it."""
    for sobra in carpeta.iterdir():
        sobra.unlink()
    for nombre, datos in archivos.items():
        (carpeta / Path(nombre).name).write_bytes(datos)
    with closing(sqlite3.connect(carpeta / base.name)) as conexion:
        assert conexion.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conexion.execute("PRAGMA foreign_key_check").fetchone() is None
        filas = conexion.execute(f"SELECT operacion FROM {Respuesta._meta.db_table}").fetchall()
        return {uuid.UUID(fila[0]).bytes for fila in filas}


@pytest.mark.django_db(transaction=True)
def test_what_was_confirmed_outlives_a_cut_of_power(curso, rosa, tmp_path):
    _inscripcion, intento = listo_para_enviar(curso, rosa)
    base = tmp_path / "aula" / "kuska.sqlite3"
    base.parent.mkdir()
    with closing(sqlite3.connect(base)) as copia, connection.cursor() as cursor:
        cursor.connection.backup(copia)
    de_antes = base.read_bytes()
    try:
        hechos = hechos_al_contestar(rosa, intento, base)
    except PermissionError as error:
        pytest.skip(f"esta máquina no deja mirar un proceso: {error}")
    assert sum(uno.que == "confirma" for uno in hechos) == RESPUESTAS
    assert any(uno.que == "escribe" and uno.archivo == str(base) for uno in hechos), "there was no checkpoint"
    azar, otra = random.Random(2026), tmp_path / "otra"
    otra.mkdir()
    puntos = sorted(azar.sample(range(len(hechos)), min(CORTES, len(hechos))))
    disco, pasados = Disco({str(base): bytearray(de_antes)}), 0
    for punto in [*puntos, len(hechos)]:
        for uno in hechos[pasados:punto]:
            disco.pasar(uno, base.parent)
        pasados = punto
        guardadas = abrir(disco.tras_el_corte(azar), otra, base)
        perdidas = set(disco.confirmado) - guardadas
        assert not perdidas, f"cut after {punto} of {len(hechos)}: {len(perdidas)} confirmed and lost"
    anotar("corte de luz en cualquier momento, con lo que el disco no llegó a escribir", len(puntos) + 1)
