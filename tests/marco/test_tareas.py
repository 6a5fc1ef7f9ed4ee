"""While nothing is kept, work waits without losing a try, says so, and goes on by itself: that of the clock too."""

from __future__ import annotations

import datetime
import errno
import logging
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app
from celery.app.trace import build_tracer
from django.apps import apps
from django.db import OperationalError
from django.utils import timezone

from marco.cola import encolar
from marco.errores import ErrorDeDominio
from marco.espacio import Espacio
from marco.estado import MIRAR, lineas
from marco.fallas import MAS_RATO
from marco.models import AjustesDelAula, Encargo
from marco.sala import Sala
from marco.services.encargos import TOPE, enviar_pendientes
from marco.solo_lectura import disco, por_que, seguir_si_se_guarda
from marco.tareas import Tarea

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
CADA_MINUTO, CADA_DIA, PEDIDA = "prueba.minuto", "prueba.dia", "prueba.pedida"


class Obrero:
    """A worker that takes messages as Celery does, and what its tasks did."""

    def __init__(self) -> None:
        self.hechas: list[tuple[Any, ...]] = []
        self.mensajes: list[tuple[Any, list[Any], dict[str, str]]] = []
        self.error: BaseException | None = None
        self.a_medias = False

    def hacer(self, *argumentos: Any) -> None:
        if self.error is not None:
            raise self.error
        if self.a_medias:
            pausar(True)
            seguir_si_se_guarda()
        self.hechas.append(argumentos)

    def tomar(self) -> None:
        tarea, argumentos, cabeceras = self.mensajes.pop(0)
        self.del_reloj(tarea, argumentos, cabeceras)

    def del_reloj(self, tarea: Any, argumentos: Any = (), cabeceras: Any = None) -> None:
        seguir = build_tracer(tarea.name, tarea, app=tarea.app)
        seguir("1", argumentos, {}, {**(cabeceras or {}), "id": "1", "task": tarea.name})


@pytest.fixture
def obrero(monkeypatch) -> Iterator[Obrero]:
    uno = Obrero()
    disco.olvidar()
    monkeypatch.setattr(logging.getLogger("celery.app.trace"), "disabled", True)
    monkeypatch.setitem(apps.get_app_config("kuska_marco").tareas, CADA_MINUTO, 60)
    monkeypatch.setitem(apps.get_app_config("kuska_marco").tareas, CADA_DIA, 86400)
    for nombre in (CADA_MINUTO, CADA_DIA, PEDIDA):

        @current_app.task(name=nombre, base=Tarea, time_limit=120)
        def hacer(*argumentos: Any) -> None:
            uno.hacer(*argumentos)

        suya = current_app.tasks[nombre]
        monkeypatch.setattr(suya, "apply_async", lambda args, headers, t=suya: uno.mensajes.append((t, args, headers)))
    current_app.conf.task_always_eager = False
    yield uno
    current_app.conf.task_always_eager = True
    for nombre in (CADA_MINUTO, CADA_DIA, PEDIDA):
        current_app.tasks.pop(nombre)
    disco.olvidar()


def de_las_salas() -> list[Any]:
    """The tasks of ours, as a worker that begins finds them."""
    current_app.loader.import_default_modules()
    salas = tuple(f"{una.name}." for una in apps.get_app_configs() if isinstance(una, Sala) or una.name == "cms")
    return [una for nombre, una in current_app.tasks.items() if nombre.startswith(salas)]


def tarea(nombre: str) -> Any:
    return current_app.tasks[nombre]


def pausar(si: bool) -> None:
    ajustes = AjustesDelAula.load()
    ajustes.solo_lectura_desde = timezone.now() if si else None
    ajustes.save()


def test_what_was_asked_for_waits_whole_says_so_and_goes_on_when_the_site_saves(obrero):
    encolar(tarea(PEDIDA), 7)
    pausar(True)
    obrero.tomar()
    encargo = Encargo.objects.get()
    assert not obrero.hechas and (encargo.intentos, encargo.motivo, encargo.detenido_en) == (0, "", None)
    (cola,) = [una for una in lineas(ahora=timezone.now()) if una.clave == "cola"]
    assert cola.estado == MIRAR and "siguen solos cuando vuelva a guardar" in cola.que_hacer
    assert enviar_pendientes(ahora=timezone.now()) == 0
    pausar(False)
    assert enviar_pendientes(ahora=timezone.now()) == 1, "at once, and not after its limit"
    obrero.tomar()
    assert obrero.hechas == [(7,)] and not Encargo.objects.exists()


def test_however_long_it_lasts_no_try_is_lost(obrero):
    encolar(tarea(PEDIDA), 7)
    pausar(True)
    for _vez in range(TOPE + 3):
        obrero.mensajes.append(obrero.mensajes[-1])  # a message that comes again and again
        obrero.tomar()
    assert Encargo.objects.pendientes().get().intentos == 0


def test_a_long_work_under_way_stops_between_two_parts_and_goes_on(obrero):
    encolar(tarea(PEDIDA), 7)
    obrero.a_medias = True
    obrero.tomar()
    assert not obrero.hechas and Encargo.objects.pendientes().get().intentos == 0
    pausar(False)
    obrero.a_medias = False
    enviar_pendientes(ahora=timezone.now())
    obrero.tomar()
    assert obrero.hechas == [(7,)]


def test_a_disk_that_was_full_is_no_fault_of_the_work(obrero, monkeypatch, settings):
    encolar(tarea(PEDIDA), 7)
    obrero.error = OSError(errno.ENOSPC, "No space left")
    settings.KUSKA_DISCO_MINIMO = 1
    monkeypatch.setattr("marco.services.encargos.medir", lambda: Espacio(libre=0, total=100))
    obrero.tomar()
    assert disco.sin_espacio(), "the rest waits before it begins"
    encargo = Encargo.objects.pendientes().get()
    assert (encargo.intentos, encargo.motivo) == (0, "No se pudo usar un archivo: no queda espacio en el disco.")


def base_llena() -> OperationalError:
    error = OperationalError("database or disk is full")
    error.__cause__ = sqlite3.OperationalError("database or disk is full")
    error.__cause__.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


@pytest.mark.parametrize(
    ("error", "dice", "las_que_callan"),
    [
        (OSError(errno.ENOSPC, "No space left"), "No se pudo usar un archivo: no queda espacio en el disco.", 0),
        (OSError(errno.EROFS, "Read-only"), "No se pudo usar un archivo: ese disco solo deja leer.", 0),
        (base_llena(), "La base de datos no tiene dónde guardar: libere espacio en su disco.", TOPE),
    ],
)
def test_a_work_with_no_room_of_its_own_stops_with_its_reason_and_the_site_goes_on(obrero, error, dice, las_que_callan):
    """A folder that is full, or another disk: the site saves, and says so."""
    encolar(tarea(PEDIDA), 7)
    obrero.error, calladas, ahora = error, 0, timezone.now()
    for _vez in range(40):
        if obrero.mensajes:
            obrero.tomar()
        calladas += bool(por_que())
        disco.olvidar()  # a minute later
        encargo = Encargo.objects.get()
        assert encargo.detenido_en or encargo.proximo_en >= ahora + datetime.timedelta(seconds=MAS_RATO)
        enviar_pendientes(ahora=timezone.now() + datetime.timedelta(days=1))
    encargo = Encargo.objects.detenidos().get()
    assert (encargo.intentos, encargo.motivo) == (TOPE, dice)
    assert calladas == las_que_callan


def test_what_the_clock_asks_for_and_finds_no_room_stops_with_its_reason(obrero):
    obrero.error = OSError(errno.EDQUOT, "Quota exceeded")
    for _vez in range(TOPE):
        obrero.del_reloj(tarea(CADA_DIA))
    assert not por_que() and "no queda espacio" in Encargo.objects.detenidos().get().motivo


def test_one_that_finds_no_room_while_nothing_is_kept_waits_and_says_why(obrero, monkeypatch):
    encolar(tarea(PEDIDA), 7)
    monkeypatch.setattr(tarea(PEDIDA), "en_solo_lectura", True)
    pausar(True)
    obrero.error = OSError(errno.ENOSPC, "No space left")
    obrero.tomar()
    encargo = Encargo.objects.pendientes().get()
    assert (encargo.intentos, "no queda espacio" in encargo.motivo) == (0, True)


def test_what_the_clock_asks_for_once_a_day_does_not_lose_its_day(obrero):
    pausar(True)
    for _vez in range(2):
        obrero.del_reloj(tarea(CADA_DIA))
        obrero.del_reloj(tarea(CADA_MINUTO))
    assert [uno.tarea for uno in Encargo.objects.all()] == [CADA_DIA] and not obrero.hechas
    pausar(False)
    assert enviar_pendientes(ahora=timezone.now()) == 1
    obrero.tomar()
    assert obrero.hechas == [()] and not Encargo.objects.exists()


def test_what_fails_each_time_that_the_clock_asks_for_it_is_told_and_forgotten_once_done(obrero):
    obrero.error = ErrorDeDominio("de_prueba", "Falta algo del DNI 40000001.")
    for _vez in range(TOPE):
        obrero.del_reloj(tarea(CADA_MINUTO))
    encargo = Encargo.objects.detenidos().get()
    assert (encargo.tarea, encargo.motivo) == (CADA_MINUTO, "Falta algo del DNI ••••••.")
    obrero.error = None
    obrero.del_reloj(tarea(CADA_MINUTO))
    assert not Encargo.objects.exists()


def test_done_by_the_clock_nothing_is_written(obrero, presupuesto):
    with presupuesto(2):  # the settings of the site, and whether something failed before
        obrero.del_reloj(tarea(CADA_MINUTO))
    assert obrero.hechas == [()]


def test_called_here_and_now_it_is_part_of_whoever_calls_it(obrero):
    pausar(True)
    tarea(PEDIDA)(7)
    assert obrero.hechas == [(7,)]


def test_every_task_of_the_rooms_waits_but_for_those_that_look_after_the_site():
    nuestras = de_las_salas()
    assert len(nuestras) > 20 and all(isinstance(una, Tarea) and una.time_limit for una in nuestras)
    assert {una.name for una in nuestras if una.en_solo_lectura} == {
        "marco.avisar",
        "marco.comprobar",
        "marco.enviar_encargos",
        "marco.latir",
        "marco.mirar_tls",
        "marco.respaldar",
        "marco.respaldar_seguido",
        "instancias.seguir_trabajos",
    }


def test_a_limit_is_shorter_than_what_is_taken_for_lost():
    """A worker that is cut by its limit is noticed by it, and not by a second one that begins beside it."""
    for una in de_las_salas():
        assert una.soft_time_limit < una.time_limit < datetime.timedelta(hours=1).total_seconds(), una.name
