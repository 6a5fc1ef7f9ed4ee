"""The ledger: what is confirmed is kept, what is repeated counts once, what is late or foreign is refused."""

import datetime
import uuid

import pytest
from django.utils import timezone

from evaluaciones import reglas
from evaluaciones.models import Intento, Respuesta
from evaluaciones.querysets import BIEN
from evaluaciones.services.envio import enviar
from evaluaciones.services.intentos import respuestas_de
from evaluaciones.services.respuestas import guardar_entrega, responder
from tests.evaluaciones.factories import UN_MINUTO, buenas, correctas, empezar, equivocadas, operacion
from tests.evaluaciones.test_iniciar import codigo
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def intento(inscrita, unidad):
    return empezar(inscrita.persona, unidad)


@pytest.fixture
def anotar(inscrita, intento):
    def anota(pregunta, elegidas, *, ahora=None, op=None, **campos):
        return responder(
            persona=inscrita.persona,
            intento=intento.clave,
            pregunta=pregunta,
            enviado=elegidas,
            operacion=op or operacion(),
            ahora=ahora or timezone.now(),
            **campos,
        )

    return anota


def mandar(intento, **campos):
    campos.setdefault("ahora", timezone.now())
    return enviar(persona=intento.inscripcion.persona, intento=intento.clave, **campos)


def test_each_answer_is_a_line_and_the_last_one_is_the_answer(intento, anotar):
    primera, segunda = correctas(intento.formulario[1]), equivocadas(intento.formulario[1])
    assert anotar(2, primera).secuencia == 1
    assert anotar(2, segunda).secuencia == 2
    assert Respuesta.objects.count() == 2
    assert respuestas_de(intento) == {2: segunda}


def test_a_repeated_operation_has_the_effect_of_one(intento, anotar):
    una = operacion()
    assert not anotar(2, correctas(intento.formulario[1]), op=una).repetida
    assert anotar(2, correctas(intento.formulario[1]), op=una).repetida
    assert Respuesta.objects.count() == 1


def test_the_same_operation_with_other_content_is_refused(intento, anotar):
    una = operacion()
    anotar(2, correctas(intento.formulario[1]), op=una)
    otra = equivocadas(intento.formulario[1])
    assert codigo(anotar, 2, otra, op=una) == "operacion_repetida_distinta"
    assert codigo(anotar, 3, correctas(intento.formulario[2]), op=una) == "operacion_repetida_distinta"
    assert respuestas_de(intento) == {2: correctas(intento.formulario[1])}


def test_a_repeat_that_arrives_after_sending_is_still_a_repeat(intento, anotar):
    una = operacion()
    anotar(2, correctas(intento.formulario[1]), op=una)
    mandar(intento)
    assert anotar(2, correctas(intento.formulario[1]), op=una).repetida


def test_nothing_is_answered_after_sending(intento, anotar):
    mandar(intento)
    assert codigo(anotar, 2, correctas(intento.formulario[1])) == "ya_enviado"


def test_the_right_option_of_another_question_is_refused(intento, anotar):
    assert codigo(anotar, 2, correctas(intento.formulario[2])) == "alternativa_ajena"
    assert not Respuesta.objects.exists()


@pytest.mark.parametrize("numero", [0, -1, 11, 999])
def test_a_question_that_was_not_asked_is_refused(anotar, numero):
    assert codigo(anotar, numero, []) == "pregunta_ajena"


def test_two_options_where_one_is_asked_are_refused(intento, anotar):
    dos = [a.clave for a in intento.formulario[1].contenido.alternativas[:2]]
    assert codigo(anotar, 2, dos) == "una_sola_alternativa"


def test_an_attempt_of_somebody_else_does_not_exist(programa, intento, integrante_de_b):
    programa.inscribir(integrante_de_b)
    ahora = timezone.now()
    suya = {"persona": integrante_de_b, "intento": intento.clave, "ahora": ahora}
    datos = {"pregunta": 1, "enviado": [], "operacion": operacion()}
    assert codigo(responder, **suya, **datos) == "no_encontrado"
    assert codigo(guardar_entrega, **suya, entrega={}) == "no_encontrado"
    assert codigo(enviar, **suya) == "no_encontrado"


def test_late_answers_are_refused_after_the_grace_and_the_earlier_ones_are_graded(intento, anotar, inscrita):
    vence = timezone.now()
    Intento.objects.update(vence_en=vence)
    guardar_entrega(
        persona=inscrita.persona, intento=intento.clave, entrega=buenas(intento, 9), ahora=vence - UN_MINUTO
    )
    en_gracia = vence + reglas.GRACIA
    assert anotar(10, correctas(intento.formulario[9]), ahora=en_gracia).secuencia == 11
    tarde = en_gracia + datetime.timedelta(seconds=1)
    assert codigo(anotar, 1, equivocadas(intento.formulario[0]), ahora=tarde) == "fuera_de_plazo"
    envio = mandar(intento, ahora=tarde, entrega=buenas(intento, 0))
    assert (envio.tarde, envio.intento.puntos, envio.intento.aprobado) == (True, 10, True)


def test_an_answer_given_elsewhere_and_not_seen_here_is_told(intento, anotar):
    buena, mala = correctas(intento.formulario[1]), equivocadas(intento.formulario[1])
    assert not anotar(2, buena, visto=0).reemplazo
    assert anotar(2, mala, visto=0).reemplazo  # a second phone that had not seen the first line
    assert not anotar(2, buena, visto=2).reemplazo


def test_a_whole_form_writes_only_what_changed(inscrita, intento):
    entrega = buenas(intento)
    for _vez in range(2):
        guardar_entrega(persona=inscrita.persona, intento=intento.clave, entrega=entrega, ahora=timezone.now())
    assert Respuesta.objects.count() == 10
    entrega[4] = equivocadas(intento.formulario[3])
    guardada = guardar_entrega(
        persona=inscrita.persona, intento=intento.clave, entrega=entrega, ahora=timezone.now(), visto=0
    )
    assert Respuesta.objects.count() == 11
    assert guardada.reemplazadas == [4]


def test_a_foreign_option_in_a_form_leaves_nothing_half_saved(inscrita, intento):
    entrega = {**buenas(intento), 10: correctas(intento.formulario[0])}
    datos = {"persona": inscrita.persona, "intento": intento.clave, "entrega": entrega, "ahora": timezone.now()}
    assert codigo(guardar_entrega, **datos) == "alternativa_ajena"
    assert codigo(enviar, **datos) == "alternativa_ajena"
    assert not Respuesta.objects.exists()
    intento.refresh_from_db()
    assert intento.estado == Intento.Estado.EN_CURSO


def test_unmarking_every_box_is_an_answer_too(inscrita, intento):
    varias = next(n for n, p in enumerate(intento.formulario, 1) if p.tipo == "varias")
    for elegidas in (correctas(intento.formulario[varias - 1]), []):
        guardar_entrega(
            persona=inscrita.persona, intento=intento.clave, entrega={varias: elegidas}, ahora=timezone.now()
        )
    assert respuestas_de(intento)[varias] == []


def test_sending_grades_once_and_writes_one_final_line_per_question(intento):
    primero = mandar(intento, entrega=buenas(intento, 6))
    segundo = mandar(intento, entrega=buenas(intento, 10))
    assert (primero.repetido, segundo.repetido) == (False, True)
    assert primero.intento.puntos == segundo.intento.puntos == 6
    definitivas = Respuesta.objects.filter(definitiva=True)
    assert definitivas.count() == 10
    assert definitivas.filter(BIEN).count() == 6


def test_one_of_two_right_options_gets_no_point(intento):
    entrega = buenas(intento)
    varias = next(n for n, p in enumerate(intento.formulario, 1) if p.tipo == "varias")
    entrega[varias] = entrega[varias][:1]
    assert mandar(intento, entrega=entrega).intento.puntos == 9


def test_what_is_blank_counts_as_not_right(intento):
    assert mandar(intento, entrega={}).intento.puntos == 0


@pytest.mark.parametrize(("acertadas", "aprobado", "estado"), [(7, True, "terminada"), (6, False, "en_curso")])
def test_passing_finishes_the_unit_and_not_passing_does_not(inscrita, unidad, intento, acertadas, aprobado, estado):
    envio = mandar(intento, entrega=buenas(intento, acertadas))
    assert envio.intento.aprobado is aprobado
    assert inscrita.avances.get(unidad=unidad).estado == estado
    inscrita.refresh_from_db()
    assert inscrita.estado == estado
    assert envio.curso_terminado is aprobado


def test_what_the_client_says_of_its_mark_is_not_read(entrar, inscrita, unidad, intento):
    datos = {"intento": str(intento.clave), "puntos": "10", "aprobado": "1", "estado": "enviado", "acierto": "1"}
    entrar(inscrita.persona).post(f"/e/{unidad.curso.numero}/{unidad.numero}/enviar", datos)
    intento.refresh_from_db()
    assert (intento.puntos, intento.aprobado) == (0, False)


def test_autosave_confirms_and_refuses_in_json(entrar, visitante, inscrita, unidad, intento):
    cliente = entrar(inscrita.persona)
    direccion = f"/e/{unidad.curso.numero}/{unidad.numero}/respuesta"
    datos = {
        "intento": str(intento.clave),
        "pregunta": "2",
        "p2": correctas(intento.formulario[1]),
        "operacion": str(uuid.uuid4()),
        "visto": "0",
    }
    json = {"headers": {"accept": "application/json"}}
    guardada = {"estado": "guardada", "secuencia": 1, "reemplazo": False}
    assert cliente.post(direccion, datos, **json).json() == guardada
    assert cliente.post(direccion, datos, **json).json() == guardada
    otra = cliente.post(direccion, {**datos, "p2": equivocadas(intento.formulario[1])}, **json)
    assert (otra.status_code, otra.json()["codigo"]) == (409, "operacion_repetida_distinta")
    ajena = cliente.post(direccion, {**datos, "intento": str(uuid.uuid4())}, **json)
    assert (ajena.status_code, ajena.json()["codigo"]) == (404, "no_encontrado")
    mandar(intento)
    tarde = cliente.post(direccion, {**datos, "operacion": str(uuid.uuid4())}, **json)
    assert (tarde.status_code, tarde.json()["codigo"]) == (409, "ya_enviado")
    assert visitante.post(direccion, datos, **json).status_code == 401


def test_no_operation_of_a_page_can_take_the_place_of_the_final_lines(inscrita, unidad):
    """The key of the attempt is in its form: a line made of it must not stand in the way of sending."""
    intento = empezar(inscrita.persona, unidad)
    for nombre in ("definitiva:1", "entrega:1", "entrega:2"):
        responder(
            persona=inscrita.persona,
            intento=intento.clave,
            pregunta=1,
            enviado=buenas(intento)[1],
            operacion=uuid.uuid5(intento.clave, nombre),
            ahora=timezone.now(),
        )
    guardar_entrega(persona=inscrita.persona, intento=intento.clave, entrega=buenas(intento), ahora=timezone.now())
    assert enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now()).intento.aprobado
