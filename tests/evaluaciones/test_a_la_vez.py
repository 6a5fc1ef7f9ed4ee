"""Two at the same moment, with real threads on a real database: one attempt, one grade, one ledger."""

import threading
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.envio import enviar
from evaluaciones.services.respuestas import guardar_hoja, responder
from instancias.errores import ErrorDeDominio

from .factories import buenas, empezar

pytestmark = pytest.mark.django_db(transaction=True)
HILOS = 6


def a_la_vez(*actos):
    """Run the acts in threads that start together. Returns what each one answered, or the error it raised."""
    barrera = threading.Barrier(len(actos))
    salidas = [None] * len(actos)

    def correr(n, acto):
        try:
            barrera.wait()
            salidas[n] = acto()
        except Exception as error:  # noqa: BLE001
            salidas[n] = error
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr, args=par) for par in enumerate(actos)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
    return salidas


def test_starting_twice_at_once_makes_one_attempt(inscrita, unidad):
    salidas = a_la_vez(*[lambda: empezar(inscrita.persona, unidad)] * HILOS)
    assert all(isinstance(salida, Intento) for salida in salidas), salidas
    assert len({salida.pk for salida in salidas}) == 1
    assert Intento.objects.count() == 1


def test_sending_twice_at_once_grades_once_and_both_see_the_first_result(inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)

    def mandar(acertadas):
        hoja = buenas(intento, acertadas)
        return lambda: enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), hoja=hoja)

    salidas = a_la_vez(*[mandar(n) for n in range(5, 5 + HILOS)])
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    assert [salida.repetido for salida in salidas].count(False) == 1
    primero = next(salida for salida in salidas if not salida.repetido)
    assert {salida.intento.puntos for salida in salidas} == {primero.intento.puntos}
    definitivas = Respuesta.objects.filter(definitiva=True)
    assert definitivas.count() == 10
    assert definitivas.filter(acierto=True).count() == primero.intento.puntos


def test_answers_and_sending_at_once_lose_nothing_confirmed(inscrita, unidad):
    """An answer is either confirmed and graded, or refused because it was already sent."""
    intento = empezar(inscrita.persona, unidad)
    persona, hoja = inscrita.persona, buenas(intento)
    una = uuid.uuid4()

    def anotar(n, operacion=None):
        datos = {"pregunta": n, "elegidas": hoja[n], "operacion": operacion or uuid.uuid4()}
        return lambda: responder(persona=persona, intento=intento.clave, ahora=timezone.now(), **datos)

    salidas = a_la_vez(
        anotar(1, una),
        anotar(1, una),
        anotar(2),
        anotar(3),
        lambda: guardar_hoja(
            persona=persona, intento=intento.clave, hoja={4: hoja[4], 5: hoja[5]}, ahora=timezone.now()
        ),
        lambda: enviar(persona=persona, intento=intento.clave, ahora=timezone.now()),
    )
    rechazadas = [salida for salida in salidas if isinstance(salida, Exception)]
    assert all(isinstance(error, ErrorDeDominio) and error.codigo == "ya_enviado" for error in rechazadas), rechazadas
    intento.refresh_from_db()
    confirmadas = set(Respuesta.objects.filter(definitiva=False).values_list("version_id", flat=True))
    acertadas = set(Respuesta.objects.filter(definitiva=True, acierto=True).values_list("version_id", flat=True))
    assert confirmadas == acertadas
    assert intento.puntos == len(acertadas)
    secuencias = list(Respuesta.objects.order_by("secuencia").values_list("secuencia", flat=True))
    assert secuencias == list(range(1, len(secuencias) + 1))


def test_answers_of_the_same_instant_take_their_turn(inscrita, unidad):
    """Every phone that answers at once is confirmed: none is refused because another one was a moment before."""
    intento = empezar(inscrita.persona, unidad)
    hoja = buenas(intento)

    def anotar(n):
        datos = {"pregunta": n, "elegidas": hoja[n], "operacion": uuid.uuid4()}
        return lambda: responder(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), **datos)

    salidas = a_la_vez(*[anotar(n) for n in range(1, 1 + HILOS)])
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    assert sorted(salida.secuencia for salida in salidas) == list(range(1, 1 + HILOS))
