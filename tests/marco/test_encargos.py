"""Work that was asked for is written down, sent, tried again with longer waits, and stopped where somebody sees it."""

from __future__ import annotations

import ast
import datetime
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from celery import Celery, current_app
from django.utils import timezone
from kombu.exceptions import OperationalError

from marco.cola import CABECERA, PEDIDO, cola, encolar, plazo, recoger
from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula, Encargo
from marco.razones import NO_ESTA, SE_CORTO
from marco.sala import Sala
from marco.services import encargos
from marco.services.encargos import TOPE, enviar_pendientes, espera, reintentar

RAIZ = Path(__file__).resolve().parents[2]
SALAS = ("marco", "instancias", "cursos", "evaluaciones", "certificados", "programas", "seguimiento", "cms")
MANDAN = {"delay", "apply_async", "send_task"}
pytestmark = pytest.mark.django_db


class Mensajes(list):
    """What went to the queue, and a worker that does the first one."""

    roto: BaseException | None = None

    def hacer(self, que=None) -> None:
        tarea, argumentos, cabeceras = self.pop(0)
        encargos.empezar(cabeceras=cabeceras, tarea=tarea, ahora=timezone.now())
        if self.roto is not None:
            return encargos.fallar(cabeceras=cabeceras, error=self.roto, ahora=timezone.now())
        if que is not None:
            que()
        return encargos.acabar(cabeceras=cabeceras)


@pytest.fixture
def tarea() -> Iterator[object]:
    """A task of a site with a real queue."""

    @current_app.task(name="prueba.sumar", time_limit=120)
    def sumar(_numero: int) -> None: ...

    sumar.app.conf.task_always_eager = False
    yield sumar
    sumar.app.conf.task_always_eager = True
    current_app.tasks.pop("prueba.sumar")


@pytest.fixture
def mensajes(tarea, monkeypatch) -> Mensajes:
    idos = Mensajes()
    monkeypatch.setattr(tarea, "apply_async", lambda args, headers: idos.append((tarea, args, headers)))
    return idos


def test_what_is_asked_for_is_written_sent_and_forgotten_once_done(tarea, mensajes):
    assert encolar(tarea, 7)
    (encargo,) = Encargo.objects.all()
    assert (encargo.tarea, encargo.argumentos, encargo.intentos) == ("prueba.sumar", [7], 0)
    assert encargo.proximo_en - encargo.pedido_en == plazo(tarea) == datetime.timedelta(minutes=3)
    ((_tarea, argumentos, cabeceras),) = mensajes
    assert argumentos == [7] and cabeceras == {CABECERA: encargo.clave, PEDIDO: encargo.pedido_en.isoformat()}
    mensajes.hacer()
    assert not Encargo.objects.exists()


def test_asked_twice_it_is_one_and_asked_again_meanwhile_it_is_another_time(tarea, mensajes):
    encolar(tarea, 7)
    encolar(tarea, 7)
    assert Encargo.objects.count() == 1 and len(mensajes) == 2
    mensajes.pop()
    mensajes.hacer(que=lambda: encolar(tarea, 7))
    assert Encargo.objects.count() == 1, "it goes on with its next part"
    mensajes.hacer()
    assert not Encargo.objects.exists()
    encargos.acabar(cabeceras={CABECERA: "x", PEDIDO: timezone.now().isoformat()})  # a message that came twice


def test_a_message_that_got_lost_is_sent_again(tarea, mensajes):
    encolar(tarea, 7)
    mensajes.clear()  # the queue was emptied
    ahora = timezone.now()
    assert enviar_pendientes(ahora=ahora) == 0, "it may be under way"
    assert enviar_pendientes(ahora=ahora + plazo(tarea)) == 1
    assert enviar_pendientes(ahora=ahora + plazo(tarea)) == 0
    mensajes.hacer()
    assert not Encargo.objects.exists()


def test_with_the_queue_out_of_reach_it_waits_and_goes_when_it_is_back(tarea, mensajes, monkeypatch):
    def caida(**_otros):
        raise OperationalError("no queue")

    monkeypatch.setattr(tarea, "apply_async", caida)
    assert not encolar(tarea, 7)
    despues = timezone.now() + plazo(tarea)
    assert enviar_pendientes(ahora=despues) == 0
    cola.no_antes_de = 0.0
    monkeypatch.setattr(tarea, "apply_async", lambda args, headers: mensajes.append((tarea, args, headers)))
    assert enviar_pendientes(ahora=despues) == 1


def test_what_fails_waits_longer_each_time_stops_with_its_reason_and_begins_anew_by_hand(tarea, mensajes):
    mensajes.roto = ErrorDeDominio("de_prueba", "Falta el DNI 40000001 de rosa@example.org\ncon más")
    encolar(tarea, 7)
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        for vez in range(1, TOPE + 1):
            mensajes.hacer()
            encargo = Encargo.objects.get()
            assert encargo.intentos == vez
            assert encargo.motivo == "Falta el DNI •••••• de •@•"
            assert (encargo.detenido_en is not None) == (vez == TOPE)
            reloj.shift(datetime.timedelta(hours=1, seconds=1))
            enviar_pendientes(ahora=timezone.now())
        assert not mensajes, "a stopped one is not sent"
        assert recoger(tarea, [[7]]) == 0, "nor does a sweep of facts ask for it again"
        assert reintentar(encargo_id=encargo.pk) and not reintentar(encargo_id=encargo.pk)
    mensajes.roto = None
    mensajes.hacer()
    assert not Encargo.objects.exists()


def test_what_kills_its_worker_stops_as_well(tarea, mensajes):
    encolar(tarea, 7)
    ahora = timezone.now()
    for vez in range(1, TOPE + 1):
        _tarea, _argumentos, cabeceras = mensajes.pop(0)
        encargos.empezar(cabeceras=cabeceras, tarea=tarea, ahora=ahora)  # and nothing more was heard of it
        ahora += plazo(tarea)
        assert enviar_pendientes(ahora=ahora) == (0 if vez == TOPE else 1)
    assert Encargo.objects.detenidos().get().motivo == SE_CORTO


def test_one_that_failed_and_then_kills_its_worker_is_told_by_what_happened_last(tarea, mensajes):
    encolar(tarea, 7)
    mensajes.roto = ValueError("antes")
    mensajes.hacer()
    (encargo,) = Encargo.objects.all()
    assert encargo.motivo and not Encargo.objects.empezados().exists()
    cabeceras = {CABECERA: encargo.clave, PEDIDO: encargo.pedido_en.isoformat()}
    encargos.empezar(cabeceras=cabeceras, tarea=tarea, ahora=timezone.now())  # and nothing more was heard of it
    assert Encargo.objects.empezados().get() == encargo
    Encargo.objects.update(intentos=TOPE)
    enviar_pendientes(ahora=timezone.now() + plazo(tarea))
    assert Encargo.objects.detenidos().get().motivo == SE_CORTO


def test_a_sweep_asks_once_for_each_and_in_few_statements(tarea, mensajes, presupuesto):
    encolar(tarea, 1)
    with presupuesto(2):
        assert recoger(tarea, [[n] for n in range(1, 201)]) == 199
    assert recoger(tarea, [[n] for n in range(1, 201)]) == 0
    assert Encargo.objects.count() == len(mensajes) == 200


def test_what_the_facts_say_that_nobody_is_at_goes_out_before_its_limit_and_keeps_its_tries(tarea, mensajes):
    encolar(tarea, 7)
    encolar(tarea, 8)
    for cual, roto in ((7, None), (8, ValueError("no"))):
        tarea_, _argumentos, cabeceras = mensajes.pop(0)
        encargos.empezar(cabeceras=cabeceras, tarea=tarea_, ahora=timezone.now())  # of the first, nothing more is heard
        if roto is not None:
            encargos.fallar(cabeceras=cabeceras, error=roto, ahora=timezone.now())
        assert Encargo.objects.get(argumentos=[cual]).intentos == 1
    encolar(tarea, 9)
    mensajes.clear()
    assert recoger(tarea, [[7], [8], [9]]) == 0 and enviar_pendientes(ahora=timezone.now()) == 0
    assert recoger(tarea, [[7], [8], [9]], sin_nadie=True) == 0
    assert enviar_pendientes(ahora=timezone.now()) == 1, "what failed waits, and what was sent is in the queue"
    assert [argumentos for _tarea, argumentos, _cabeceras in mensajes] == [[7]]
    assert Encargo.objects.get(argumentos=[7]).intentos == 1


def test_while_nothing_is_kept_nothing_is_sent(tarea, mensajes):
    encolar(tarea, 7)
    ajustes = AjustesDelAula.load()
    ajustes.solo_lectura_desde = timezone.now()
    ajustes.save()
    assert enviar_pendientes(ahora=timezone.now() + plazo(tarea)) == 0


def test_what_this_version_does_not_do_any_more_is_told(tarea, mensajes):
    encolar(tarea, 7)
    Encargo.objects.update(tarea="de.antes")
    enviar_pendientes(ahora=timezone.now() + plazo(tarea))
    assert Encargo.objects.detenidos().get().motivo == NO_ESTA


@pytest.mark.un_motor
def test_waits_double_have_a_limit_and_are_not_all_at_once():
    azar = random.Random(7)
    esperas = [espera(n, azar).total_seconds() for n in range(1, 12)]
    for n, segundos in enumerate(esperas):
        tope = min(30 * 2**n, 3600)
        assert tope / 2 <= segundos <= tope
    assert len({espera(3, random.Random(n)) for n in range(20)}) == 20


@pytest.mark.un_motor
def test_a_worker_tells_the_row_by_what_came_in_its_message(tarea, mensajes):
    """With the request that Celery makes of a message, and not by our own hand."""
    encolar(tarea, 7)
    ((_tarea, argumentos, cabeceras),) = mensajes
    from celery.app.trace import build_tracer

    seguir = build_tracer("prueba.sumar", tarea, app=tarea.app)
    seguir("1", argumentos, {}, {**cabeceras, "id": "1", "task": "prueba.sumar"})
    assert not Encargo.objects.exists()


@pytest.mark.un_motor
def test_work_done_on_the_spot_writes_nothing(presupuesto):
    hechos = []
    app = Celery("prueba", set_as_current=False)
    app.conf.task_always_eager = True

    @app.task(name="prueba.al.momento", shared=False)
    def tarea(numero: int) -> None:
        hechos.append(numero)

    with presupuesto(0):
        assert encolar(tarea, 7) and hechos == [7]


@pytest.mark.un_motor
def test_nobody_sends_work_by_another_door():
    mandan = []
    for sala in SALAS:
        for archivo in (RAIZ / sala).rglob("*.py"):
            texto = archivo.read_text("utf-8")
            if not any(nombre in texto for nombre in MANDAN):
                continue
            for nodo in ast.walk(ast.parse(texto)):
                if isinstance(nodo, ast.Attribute) and nodo.attr in MANDAN:
                    mandan.append(str(archivo.relative_to(RAIZ)))
    assert set(mandan) == {"marco/cola.py"}


@pytest.mark.un_motor
def test_every_work_that_is_asked_for_has_a_name_that_people_read():
    from django.apps import apps

    nombres = {clave for una in apps.get_app_configs() if isinstance(una, Sala) for clave in una.trabajos}
    pedidos = set()
    for sala in SALAS:
        archivo = RAIZ / sala / "tasks.py"
        arbol = ast.parse(archivo.read_text("utf-8")) if archivo.exists() else ast.Module([], [])
        for nodo in ast.walk(arbol):
            if (
                isinstance(nodo, ast.Call)
                and isinstance(nodo.func, ast.Name)
                and nodo.func.id in {"encolar", "recoger"}
            ):
                pedidos.add(f"{sala}.{nodo.args[0].id}")  # the names of tasks are those of their functions
    alias = {
        "seguimiento.confirmaciones": "seguimiento.enviar_confirmaciones",
        "marco.comprobar_lo_guardado": "marco.comprobar",
    }
    del_reloj = {clave for una in apps.get_app_configs() if isinstance(una, Sala) for clave in una.tareas}
    assert {alias.get(uno, uno) for uno in pedidos} | del_reloj == nombres
