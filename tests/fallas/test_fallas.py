"""Whatever is turned off, filled or moved: what was confirmed is there once, nothing is half there, all rules hold.

Short, in the gate. «make fallas» asks for every point and for the real waits, and writes the table.
"""

from __future__ import annotations

import datetime
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from certificados.models import Certificado, ContadorDeRegistro
from certificados.services import emitir
from certificados.services.emision import emitir_pendientes
from certificados.tasks import emitir as tarea_de_emitir
from cursos.models import Avance, Inscripcion
from cursos.services.avance import registrar_avance
from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.envio import enviar
from evaluaciones.services.respuestas import responder
from marco.respaldo.carpeta import PARCIAL, copias
from marco.respaldo.comprobar import comprobar, sacada
from marco.respaldo.copiar import respaldar
from tests import gente
from tests.certificados.factories import crear_plantilla
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, empezar, operacion, ver_lecciones
from tests.fallas.cuadro import anotar
from tests.fallas.golpes import LARGA, aparte, morir_en_cada_punto, nada_roto, terminar
from tests.fallas.golpes import empezar as echar_a_andar

pytestmark = pytest.mark.django_db(transaction=True)
SALTO = 1 if LARGA else 3


@pytest.fixture
def curso(transactional_db: None, territorio: Any) -> ProgramaConEvaluacion:
    hecho = ProgramaConEvaluacion(lecciones=1)
    crear_plantilla(hecho.curso)
    return hecho


@pytest.fixture
def rosa(curso: Any, integrante: Any) -> Any:
    return integrante


def contestar(persona: Any, intento: Intento, que: Any, *, pregunta: int = 1) -> Any:
    def hacer() -> None:
        responder(
            persona=persona,
            intento=intento.clave,
            pregunta=pregunta,
            enviado=buenas(intento)[pregunta],
            operacion=que,
            ahora=timezone.now(),
        )

    return hacer


def listo_para_enviar(curso: Any, persona: Any) -> tuple[Inscripcion, Intento]:
    inscripcion = curso.inscribir(persona)
    ver_lecciones(inscripcion)
    return inscripcion, empezar(persona, curso.unidad_evaluada)


def test_killed_at_each_point_of_continuar(curso, rosa):
    inscripcion, unidad = curso.inscribir(rosa), curso.unidad(curso.lecciones[0])

    def seguir() -> None:
        registrar_avance(inscripcion=inscripcion, unidad=unidad, paso=1, ahora=timezone.now())

    def comprobar() -> None:
        assert Avance.objects.filter(inscripcion=inscripcion, unidad=unidad).count() <= 1
        nada_roto()

    muertes = morir_en_cada_punto(seguir, comprobar, salto=SALTO)
    assert muertes >= 3 and Avance.objects.filter(inscripcion=inscripcion, unidad=unidad).count() == 1
    anotar("kill -9 en cada punto de «Continuar»", muertes)


def test_killed_at_each_point_of_an_answer(curso, rosa):
    _inscripcion, intento = listo_para_enviar(curso, rosa)
    suya = operacion()

    def comprobar() -> None:
        assert Respuesta.objects.filter(intento=intento).count() <= 1
        nada_roto()

    muertes = morir_en_cada_punto(contestar(rosa, intento, suya), comprobar, salto=SALTO)
    for _vez in range(2):  # the phone, that did not hear, sends it again
        assert aparte(contestar(rosa, intento, suya)).confirmo
    assert muertes >= 3 and Respuesta.objects.filter(intento=intento).count() == 1
    anotar("kill -9 en cada punto de una respuesta", muertes)


def test_killed_at_each_point_of_sending_and_of_issuing(curso, rosa):
    inscripcion, intento = listo_para_enviar(curso, rosa)

    def mandar() -> None:
        enviar(persona=rosa, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))

    def comprobar() -> None:
        assert Intento.objects.filter(inscripcion__persona=rosa).count() == 1
        nada_roto()

    muertes = morir_en_cada_punto(mandar, comprobar, salto=SALTO)
    intento.refresh_from_db()
    assert muertes >= 3 and intento.aprobado
    anotar("kill -9 en cada punto de «Enviar»", muertes)

    despues = timezone.now() + datetime.timedelta(minutes=1)

    def uno_a_lo_mas() -> None:
        assert Certificado.objects.count() <= 1
        nada_roto()

    muertes = morir_en_cada_punto(lambda: emitir_pendientes(ahora=despues) and None, uno_a_lo_mas, salto=SALTO)
    unico = Certificado.objects.get()
    assert muertes >= 3 and unico.numero <= ContadorDeRegistro.objects.get().ultimo
    assert emitir(inscripcion_id=inscripcion.pk, ahora=despues).pk == unico.pk
    anotar("kill -9 del trabajador en cada punto de emitir", muertes)


def test_two_workers_on_one_batch_and_messages_that_come_twice_or_late(curso, rosa):
    quienes = [rosa, *(gente.crear_integrante(f"4100000{n}", "Ana", f"Distinta {n}") for n in range(5))]
    for una in quienes:
        _inscripcion, intento = listo_para_enviar(curso, una)
        assert aparte(
            lambda una=una, intento=intento: (
                enviar(persona=una, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento)) and None
            )
        ).confirmo
    despues = timezone.now() + datetime.timedelta(minutes=1)
    a_la_vez = [echar_a_andar(lambda: emitir_pendientes(ahora=despues) and None) for _n in range(3)]
    assert all(terminar(uno).confirmo for uno in a_la_vez)
    inscripcion = Inscripcion.objects.filter(persona=rosa).get()
    for numero in (inscripcion.pk, inscripcion.pk, 999_999):  # twice, and of somebody who is not there
        assert aparte(lambda numero=numero: tarea_de_emitir(numero)).confirmo
    numeros = list(Certificado.objects.values_list("anio", "numero"))
    assert len(numeros) == len(quienes) == len(set(numeros))
    nada_roto()
    anotar("trabajadores a la vez sobre un lote; mensajes repetidos y viejos", 6)


@pytest.mark.un_motor  # on PostgreSQL the disk is of its server
def test_a_full_disk_saves_nothing_by_halves_and_says_so(curso, rosa):
    _inscripcion, intento = listo_para_enviar(curso, rosa)
    suya = operacion()
    wal = Path(f"{connection.settings_dict['NAME']}-wal")
    lleno = confirmada = 0
    for limite in (4096, wal.stat().st_size if wal.exists() else 4096, 8192, 40_000):
        fin = aparte(contestar(rosa, intento, suya), disco=limite)
        confirmada = confirmada or int(fin.confirmo)
        assert Respuesta.objects.filter(intento=intento).count() >= confirmada
        if not fin.confirmo:
            lleno += 1
            assert fin.espera >= 30, fin.error
        nada_roto()
    assert lleno and aparte(contestar(rosa, intento, suya)).confirmo
    assert Respuesta.objects.filter(intento=intento).count() == 1
    anotar("disco lleno", lleno)


def test_a_clock_two_hours_ahead_and_back(curso, rosa):
    """Begun with the clock ahead, sent when somebody put it right."""
    inscripcion = curso.inscribir(rosa)
    for horas in (2, -2, 0):
        with time_machine.travel(timezone.now() + datetime.timedelta(hours=horas), tick=True):
            ver_lecciones(inscripcion)
            intento = Intento.objects.filter(inscripcion__persona=rosa).first() or empezar(rosa, curso.unidad_evaluada)
            assert aparte(contestar(rosa, intento, operacion(), pregunta=1 + abs(horas) % 2)).confirmo
        nada_roto()
    assert aparte(
        lambda: enviar(persona=rosa, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento)) and None
    ).confirmo
    emitir_pendientes(ahora=timezone.now() + datetime.timedelta(minutes=1))
    intento.refresh_from_db()
    assert intento.enviado_en >= intento.iniciado_en
    nada_roto()
    anotar("reloj dos horas adelante y atrás", 3)


def test_a_lock_is_waited_for_or_told(curso, rosa):
    """A short one is waited for. One of thirty seconds is told before the phone gives up, and nothing is kept."""
    _inscripcion, intento = listo_para_enviar(curso, rosa)
    suya, segundos = operacion(), 30.0 if LARGA else 1.0
    lee, escribe = os.pipe()

    def trabar() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"LOCK TABLE {Respuesta._meta.db_table} IN ACCESS EXCLUSIVE MODE")
            os.write(escribe, b".")
            time.sleep(segundos)

    traba = echar_a_andar(trabar)
    os.read(lee, 1)
    fin = aparte(contestar(rosa, intento, suya))
    assert fin.confirmo or (LARGA and fin.espera >= 30), fin.error
    assert terminar(traba).confirmo
    for uno in (lee, escribe):
        os.close(uno)
    assert aparte(contestar(rosa, intento, suya)).confirmo
    assert Respuesta.objects.filter(intento=intento).count() == 1
    nada_roto()
    anotar(f"base trabada {segundos:.0f} s", 1)


def test_a_copy_that_is_killed_is_never_taken_for_a_good_one(aula):
    """At any moment of it: there is no file with its name, or there is a whole one. The next copy cleans up."""
    muertes = 0
    for segundos in (0.02, 0.1, 0.3, 0.6) if LARGA else (0.05, 0.3):
        copiando = echar_a_andar(lambda: str(respaldar(ahora=timezone.now()).archivo))
        time.sleep(segundos)
        os.kill(copiando[0], signal.SIGKILL)
        muertes += terminar(copiando).murio
        for una in copias():
            with sacada(una.archivo):
                pass
    assert muertes
    comprobar(respaldar(ahora=timezone.now()).archivo, ahora=timezone.now())
    assert not [uno for uno in copias()[0].archivo.parent.iterdir() if uno.name.startswith(PARCIAL) and uno.is_file()]
    anotar("kill -9 a media copia de respaldo", muertes)
