"""Answers that a phone kept: of a «Decida», of a practice and of an evaluation, and the sending of it."""

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from cursos.models import Paquete
from evaluaciones.models import Ensayo, Intento, Respuesta
from evaluaciones.services.cierre import cerrar_vencidos
from marco.sin_senal import marcas_de
from tests.cursos.factories import Programa, crear_leccion, decida, paso
from tests.evaluaciones.factories import ProgramaConEvaluacion, correctas, empezar, equivocadas, ver_lecciones
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def lote(entrar, integrante):
    def enviar(*suyos):
        cuerpo = json.dumps({"marca": marcas_de(integrante.pk)[0], "paquetes": list(suyos)})
        cliente = entrar(integrante)
        respuesta = cliente.post("/paquetes", cuerpo, content_type="application/json")
        assert respuesta.status_code == 200, respuesta.content
        return respuesta.json()["recibidos"]

    return enviar


@pytest.fixture
@hecho_una_vez
def evaluada(territorio, integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=8)
    ver_lecciones(programa.inscribir(integrante))
    return programa


@pytest.fixture
@hecho_una_vez
def intento(evaluada, integrante):
    return empezar(integrante, evaluada.unidad_evaluada)


def paquete(intento, clase, *campos):
    lugar = [intento.unidad.curso.numero, intento.unidad.numero]
    return {
        "id": str(uuid.uuid4()),
        "clase": clase,
        "lugar": lugar,
        "campos": [["intento", str(intento.clave)], *campos],
    }


def respuesta(intento, n, elegir=correctas):
    marcadas = [[f"p{n}", clave] for clave in elegir(intento.formulario[n - 1])]
    return paquete(intento, "respuesta", ["pregunta", str(n)], *marcadas)


def envio(intento, elegir=correctas, hasta=None):
    cuantas = hasta or len(intento.formulario)
    marcadas = [[f"p{n}", clave] for n in range(1, cuantas + 1) for clave in elegir(intento.formulario[n - 1])]
    return paquete(intento, "envio", *marcadas)


def valores(intento):
    return [(fila.version_id, fila.valor) for fila in Respuesta.objects.filter(intento=intento).order_by("secuencia")]


def test_answers_of_one_attempt_are_one_act_in_their_order(lote, intento):
    primera, cambiada = respuesta(intento, 1, equivocadas), respuesta(intento, 1)
    otras = [respuesta(intento, n) for n in (2, 3)]
    for _vez in range(2):
        assert all(uno["aplicado"] for uno in lote(primera, cambiada, *otras))
    v = [pregunta.version for pregunta in intento.formulario]
    f = intento.formulario
    assert valores(intento) == [
        (v[0], equivocadas(f[0])), (v[0], correctas(f[0])), (v[1], correctas(f[1])), (v[2], correctas(f[2])),
    ]  # fmt: skip
    assert set(Respuesta.objects.values_list("operacion", flat=True)) == {
        uuid.UUID(uno["id"]) for uno in (primera, cambiada, *otras)
    }


def test_an_old_one_that_comes_late_changes_nothing(lote, intento):
    """The network held back what the phone sent again, with what it answered later."""
    vieja, nueva = respuesta(intento, 1, equivocadas), respuesta(intento, 1)
    lote(vieja, nueva)
    lote(vieja)
    assert valores(intento)[-1][1] == correctas(intento.formulario[0])


def test_the_whole_form_sent_without_signal_is_graded_once(lote, intento):
    suyo = envio(intento)
    for _vez in range(2):
        (uno,) = lote(suyo)
        assert uno["aplicado"]
    intento.refresh_from_db()
    assert (intento.estado, intento.puntos) == (Intento.Estado.ENVIADO, 8)


def test_what_comes_after_sending_and_says_the_same_is_there_already(lote, intento):
    vieja, igual = respuesta(intento, 1, equivocadas), respuesta(intento, 1)
    lote(envio(intento))
    assert all(uno["aplicado"] for uno in lote(vieja, igual))
    (otra,) = lote(respuesta(intento, 2, equivocadas))
    assert not otra["aplicado"] and "Ya envió estas respuestas" in otra["mensaje"]
    assert Paquete.objects.get(motivo="ya_enviado").datos[1] == ["pregunta", "2"]
    intento.refresh_from_db()
    assert intento.puntos == 8


@pytest.mark.parametrize("cerrada_antes", [False, True])
def test_after_the_deadline_it_is_kept_and_said_so(lote, evaluada, integrante, time_machine, cerrada_antes):
    evaluada.evaluacion.dias_de_plazo = 1
    evaluada.evaluacion.save_revision().publish()
    intento = empezar(integrante, evaluada.unidad_evaluada)
    assert intento.vence_en
    time_machine.move_to(timezone.now() + timedelta(days=3))
    if cerrada_antes:  # by the task, days before the phone had signal
        assert cerrar_vencidos(ahora=timezone.now()) == 1
    dichos = lote(respuesta(intento, 1), envio(intento))
    assert not any(uno["aplicado"] for uno in dichos)
    assert all("El plazo terminó el" in uno["mensaje"] for uno in dichos)


def test_what_was_left_blank_counts_as_it_does_with_signal(lote, intento):
    (uno,) = lote(envio(intento, hasta=3))
    assert uno["aplicado"] and uno["sigue"].endswith("/resultado/1")
    intento.refresh_from_db()
    assert (intento.estado, intento.puntos) == (Intento.Estado.ENVIADO, 3)


@pytest.mark.un_motor
@pytest.mark.parametrize("campos", [[["intento", "x"]], [["pregunta", "99"]], [["p1", "no-es-una-opcion"]], []])
def test_what_answers_nothing_that_was_asked_is_refused_alone(lote, intento, campos):
    mala = {**respuesta(intento, 1), "campos": [["intento", str(intento.clave)], ["pregunta", "1"], *campos]}
    uno, dos = lote(mala, respuesta(intento, 2))
    assert dos["aplicado"]
    assert uno["aplicado"] is (campos == [])


@pytest.mark.un_motor
def test_each_decision_is_a_try_of_its_own_and_only_once(lote, territorio, integrante):
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    leccion = crear_leccion(programa.modulos[0], "Con caso", pasos=[decida(), paso("Después")])
    unidad = programa.unidad(leccion)
    este = unidad.ids_de_pasos[0]
    opciones = leccion.pasos[0].value["opciones"]

    def decision(opcion, este=este):
        campos = [["este", este], ["vez", "1"], ["p1", str(opciones.bound_blocks[opcion].id)]]
        lugar = [programa.curso.numero, unidad.numero, 1]
        return {"id": str(uuid.uuid4()), "clase": "decida", "lugar": lugar, "campos": campos}

    una, otra = decision(0), decision(1)
    for _vez in range(2):
        dichos = lote(una, otra)
        assert all(uno["aplicado"] for uno in dichos)
    assert list(Ensayo.objects.values_list("vez", flat=True)) == [1, 2]
    (uno,) = lote(decision(0, este="ya-no-esta"))
    assert not uno["aplicado"] and "cambió o ya no está" in uno["mensaje"]


@pytest.mark.un_motor
def test_eight_questions_with_script_cost_little(entrar, evaluada, integrante, presupuesto):
    """Page, start, and sending all of it: three requests. A pause in between sends a lot, in one more."""
    unidad = evaluada.unidad_evaluada
    cliente = entrar(integrante)
    base = f"/e/{unidad.curso.numero}/{unidad.numero}"
    cliente.get(base)
    with presupuesto(20):
        cliente.get(base)
        cliente.post(f"{base}/empezar", {"numero": "1"})
        intento = Intento.objects.select_related("unidad__curso").get()
        cuerpo = {"marca": marcas_de(integrante.pk)[0], "paquetes": [envio(intento)]}
        assert cliente.post("/paquetes", json.dumps(cuerpo), content_type="application/json").status_code == 200
