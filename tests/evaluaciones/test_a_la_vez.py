"""Two at the same moment, with real threads on a real database: one attempt, one grade, one ledger."""

import datetime
import threading
import time
import uuid
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evaluaciones.errores import EvaluacionError
from evaluaciones.models import Intento, Respuesta
from evaluaciones.querysets import BIEN
from evaluaciones.services import respuestas
from evaluaciones.services.cierre import cerrar_vencidos
from evaluaciones.services.envio import enviar
from evaluaciones.services.intentos import en_su_turno
from evaluaciones.services.respuestas import Dada, guardar_entrega, responder, responder_varias
from instancias.models import Persona
from marco.errores import ErrorDeDominio
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, empezar
from tests.motores import en_sqlite
from tests.paciencia import PACIENCIA

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
        hilo.join(PACIENCIA)
    return salidas


def test_starting_twice_at_once_makes_one_attempt(inscrita, unidad):
    salidas = a_la_vez(*[lambda: empezar(inscrita.persona, unidad)] * HILOS)
    assert all(isinstance(salida, Intento) for salida in salidas), salidas
    assert len({salida.pk for salida in salidas}) == 1
    assert Intento.objects.count() == 1


def test_sending_twice_at_once_grades_once_and_both_see_the_first_result(inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)

    def mandar(acertadas):
        entrega = buenas(intento, acertadas)
        return lambda: enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=entrega)

    salidas = a_la_vez(*[mandar(n) for n in range(5, 5 + HILOS)])
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    assert [salida.repetido for salida in salidas].count(False) == 1
    primero = next(salida for salida in salidas if not salida.repetido)
    assert {salida.intento.puntos for salida in salidas} == {primero.intento.puntos}
    definitivas = Respuesta.objects.filter(definitiva=True)
    assert definitivas.count() == 10
    assert definitivas.filter(BIEN).count() == primero.intento.puntos


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite no deja leer mientras espera.")
def test_what_is_saved_while_sending_waits_is_not_said_to_be_missing(territorio, integrante):
    programa = ProgramaConEvaluacion(clase="practica", preguntas=3)
    programa.inscribir(integrante)
    intento = empezar(integrante, programa.unidad_evaluada)
    suyo = {"persona": integrante, "intento": intento.clave, "ahora": timezone.now()}
    salidas = []

    def mandar():
        salidas.extend(a_la_vez(lambda: enviar(**suyo)))

    hilo = threading.Thread(target=mandar)
    with transaction.atomic():
        Intento.objects.select_for_update().get(pk=intento.pk)
        hilo.start()
        esperar_a_que_alguien_espere()
        guardar_entrega(**suyo, entrega=buenas(intento))
    hilo.join(PACIENCIA)
    assert [salida.intento.estado for salida in salidas] == ["enviado"], salidas
    assert Respuesta.objects.filter(definitiva=True).count() == 3


def esperar_a_que_alguien_espere():
    """Until another connection waits for a row."""
    hasta = time.monotonic() + PACIENCIA
    with connection.cursor() as cursor:
        while time.monotonic() < hasta:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nadie espera")


def test_answers_and_sending_at_once_lose_nothing_confirmed(inscrita, unidad):
    """An answer is either confirmed and graded, or refused because it was already sent."""
    intento = empezar(inscrita.persona, unidad)
    persona, entrega = inscrita.persona, buenas(intento)
    una = uuid.uuid4()

    def anotar(n, operacion=None):
        datos = {"pregunta": n, "enviado": entrega[n], "operacion": operacion or uuid.uuid4()}
        return lambda: responder(persona=persona, intento=intento.clave, ahora=timezone.now(), **datos)

    salidas = a_la_vez(
        anotar(1, una),
        anotar(1, una),
        anotar(2),
        anotar(3),
        lambda: guardar_entrega(
            persona=persona, intento=intento.clave, entrega={4: entrega[4], 5: entrega[5]}, ahora=timezone.now()
        ),
        lambda: enviar(persona=persona, intento=intento.clave, ahora=timezone.now()),
    )
    rechazadas = [salida for salida in salidas if isinstance(salida, Exception)]
    assert all(isinstance(error, ErrorDeDominio) and error.codigo == "ya_enviado" for error in rechazadas), rechazadas
    intento.refresh_from_db()
    confirmadas = set(Respuesta.objects.filter(definitiva=False).values_list("version_id", flat=True))
    acertadas = set(Respuesta.objects.filter(BIEN, definitiva=True).values_list("version_id", flat=True))
    assert confirmadas == acertadas
    assert intento.puntos == len(acertadas)
    secuencias = list(Respuesta.objects.order_by("secuencia").values_list("secuencia", flat=True))
    assert secuencias == list(range(1, len(secuencias) + 1))


def test_closing_sending_and_opening_at_once_grade_once(inscrita, unidad):
    """The task, the page and a late click meet at the deadline: one grade, and everybody sees it."""
    intento = empezar(inscrita.persona, unidad)
    persona, ahora = inscrita.persona, timezone.now()
    guardar_entrega(persona=persona, intento=intento.clave, entrega=buenas(intento, 9), ahora=ahora)
    Intento.objects.update(vence_en=ahora)
    tarde = ahora + datetime.timedelta(days=1)
    salidas = a_la_vez(
        *[lambda: cerrar_vencidos(ahora=tarde)] * 3,
        lambda: enviar(persona=persona, intento=intento.clave, ahora=tarde, entrega=buenas(intento)),
        lambda: enviar(persona=persona, intento=intento.clave, ahora=tarde),
        lambda: empezar(persona, unidad, ahora=tarde, numero=1),
    )
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    cerrado = Intento.objects.get()
    assert (cerrado.estado, cerrado.puntos, cerrado.cierre) == ("enviado", 9, "plazo")
    assert Respuesta.objects.filter(definitiva=True).count() == 10
    inscrita.refresh_from_db()
    assert inscrita.estado == "terminada"


def test_answers_of_the_same_instant_take_their_turn(inscrita, unidad):
    """Every phone that answers at once is confirmed: none is refused because another one was a moment before."""
    intento = empezar(inscrita.persona, unidad)
    entrega = buenas(intento)

    def anotar(n):
        datos = {"pregunta": n, "enviado": entrega[n], "operacion": uuid.uuid4()}
        return lambda: responder(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), **datos)

    salidas = a_la_vez(*[anotar(n) for n in range(1, 1 + HILOS)])
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    assert sorted(salida.secuencia for salida in salidas) == list(range(1, 1 + HILOS))


def mientras_se_lee(monkeypatch, acto):
    """While what came is worked out, once, another connection does this to its end. Returns what it raised."""
    de_siempre, faltas = respuestas.leer, []

    def hacer():
        try:
            acto()
        except Exception as error:  # noqa: BLE001
            faltas.append(error)
        finally:
            connection.close()

    def leer(pregunta, enviado):
        monkeypatch.setattr(respuestas, "leer", de_siempre)
        hilo = threading.Thread(target=hacer)
        hilo.start()
        hilo.join(30)
        assert not hilo.is_alive(), "whoever writes waited for who works out"
        return de_siempre(pregunta, enviado)

    monkeypatch.setattr(respuestas, "leer", leer)
    return faltas


@pytest.fixture(params=["responder", "responder_varias", "guardar_entrega", "enviar"])
def mandar(request, inscrita):
    """Each way by which an answer comes: what sends the first one of an attempt."""

    def hacer(intento):
        suyo = {"persona": inscrita.persona, "intento": intento.clave, "ahora": timezone.now()}
        entrega = buenas(intento)
        if request.param == "responder":
            return responder(**suyo, pregunta=1, enviado=entrega[1], operacion=uuid.uuid4())
        if request.param == "responder_varias":
            [anotada] = responder_varias(**suyo, dadas=[Dada(uuid.uuid4(), 1, entrega[1])])
            if anotada.error:
                raise anotada.error
            return anotada
        if request.param == "guardar_entrega":
            return guardar_entrega(**suyo, entrega={1: entrega[1]})
        return enviar(**suyo, entrega=entrega)

    return hacer


@en_sqlite
def test_others_write_while_what_somebody_sent_is_worked_out(inscrita, unidad, monkeypatch, mandar):
    """SQLite lets one write: nobody waits for an answer to be read, graded and signed."""
    intento, dia = empezar(inscrita.persona, unidad), timezone.now() - datetime.timedelta(days=3)
    faltas = mientras_se_lee(monkeypatch, lambda: Persona.objects.update(creada_en=dia))
    mandar(intento)
    assert faltas == [] and Persona.objects.get(pk=inscrita.persona_id).creada_en == dia
    assert Respuesta.objects.filter(intento=intento).exists()


@en_sqlite
def test_what_comes_while_an_attempt_closes_is_told_so_and_adds_nothing(inscrita, unidad, monkeypatch, mandar):
    """It was read under way, and closed without a mark and with no line before the first answer was written."""
    intento = empezar(inscrita.persona, unidad)
    cerrado = {"estado": Intento.Estado.CERRADO, "cierre": Intento.Cierre.EDICION, "enviado_en": timezone.now()}
    faltas = mientras_se_lee(monkeypatch, lambda: Intento.objects.filter(pk=intento.pk).update(**cerrado))
    with suppress(EvaluacionError):  # who sends is shown what became of it
        mandar(intento)
    assert faltas == [] and Intento.objects.get().estado == Intento.Estado.CERRADO
    assert not Respuesta.objects.exists()


@en_sqlite
def test_two_phones_that_answer_between_reading_and_writing_are_both_kept(inscrita, unidad, monkeypatch, mandar):
    intento = empezar(inscrita.persona, unidad)
    suyo = {"persona": inscrita.persona, "intento": intento.clave, "ahora": timezone.now()}
    otra = buenas(intento)[2]
    faltas = mientras_se_lee(monkeypatch, lambda: responder(**suyo, pregunta=2, enviado=otra, operacion=uuid.uuid4()))
    mandar(intento)
    assert faltas == []
    secuencias = list(Respuesta.objects.order_by("secuencia").values_list("secuencia", flat=True))
    assert secuencias == list(range(1, len(secuencias) + 1)) and len(secuencias) in {2, 11}
    dadas = set(Respuesta.objects.values_list("version_id", flat=True))
    assert {intento.formulario[0].version, intento.formulario[1].version} <= dadas


def test_however_many_answer_at_once_each_one_is_confirmed(inscrita, unidad):
    """120 saves of one attempt: phones and tabs whose signal came back at the same instant."""
    intento = empezar(inscrita.persona, unidad)
    entrega = buenas(intento)

    def anotar(n):
        datos = {"persona": inscrita.persona, "intento": intento.clave, "pregunta": n, "enviado": entrega[n]}
        return lambda: [responder(**datos, operacion=uuid.uuid4(), ahora=timezone.now()).secuencia for _vez in range(3)]

    salidas = a_la_vez(*[anotar(1 + n % 10) for n in range(40)])
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    assert sorted(sum(salidas, [])) == list(range(1, 121))


def test_only_what_lost_its_turn_is_done_again(inscrita, unidad):
    """A rule that is broken otherwise is told at once: doing it again hides it."""
    intento, veces = empezar(inscrita.persona, unidad), []

    @en_su_turno
    def repetir_el_numero(intento):
        veces.append(intento)
        yield
        datos = {"formulario": [], "reglas": {}, "iniciado_en": timezone.now(), "puntos_posibles": 0, "numero": 1}
        Intento.objects.create(inscripcion=inscrita, unidad=unidad, estado="cerrado", **datos)

    with pytest.raises(IntegrityError):
        repetir_el_numero(intento=intento.clave)
    assert len(veces) == 1
