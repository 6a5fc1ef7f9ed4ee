"""The rules alone: what is drawn, what is right, what passes, what may be seen."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluaciones import reglas
from evaluaciones.clases import RespuestaInvalida
from evaluaciones.libro import Formulario, PreguntaMostrada, Reglas
from evaluaciones.visible import explicar, por_preguntar

AHORA = datetime.datetime(2026, 11, 23, 15, tzinfo=datetime.UTC)


def una_pregunta(n: int, *, tipo: str = "una", correctas: int = 1, opciones: int = 4, **campos):
    datos = {
        "clave": f"p{n}",
        "tipo": tipo,
        "texto": f"Pregunta {n}",
        "objetivo": 1,
        "dificultad": 1,
        "leccion": None,
        "alternativas": [
            {"clave": f"p{n}-a{m}", "texto": f"Opción {m}", "correcta": m < correctas, "explicacion": f"Porque {n}.{m}"}
            for m in range(opciones)
        ],
        **campos,
    }
    return PreguntaMostrada.de_json(datos)


# Every question there may be here, drawn at once and not piece by piece; each kind comes as often as the others.
VECES = {"una": 5, "varias": 2, "verdadero_falso": 20}
FORMAS = [
    {"tipo": tipo, "opciones": opciones, "correctas": correctas, "objetivo": objetivo, "dificultad": dificultad}
    for tipo, cuantas_opciones in (("una", range(2, 6)), ("varias", range(2, 6)), ("verdadero_falso", (2,)))
    for opciones in cuantas_opciones
    for correctas in (range(2, opciones + 1) if tipo == "varias" else (1,))
    for objetivo in range(1, 5)
    for dificultad in range(1, 4)
    for _vez in range(VECES[tipo])
]


@st.composite
def preguntas(draw, minimo: int = 0):
    cuantas = draw(st.integers(minimo, 24))
    formas = draw(st.lists(st.sampled_from(FORMAS), min_size=cuantas, max_size=cuantas))
    return [una_pregunta(n, **forma) for n, forma in enumerate(formas)]


def acierta(pregunta, elegidas):
    return pregunta.calificar(elegidas).acierto


semillas = st.uuids().map(str)


@given(preguntas(), st.integers(0, 30), semillas)
def test_a_draw_takes_as_many_as_asked_once_each_in_their_order(banco, cuantas, semilla):
    sorteadas = reglas.sortear(banco, cuantas, semilla)
    claves = [pregunta.clave for pregunta in sorteadas]
    assert len(claves) == min(cuantas, len(banco))
    assert claves == [pregunta.clave for pregunta in banco if pregunta.clave in set(claves)]
    assert len(set(claves)) == len(claves)


@given(preguntas(), st.integers(0, 30), semillas)
def test_the_same_attempt_always_draws_and_shuffles_the_same(banco, cuantas, semilla):
    primera = reglas.armar_formulario(banco, cuantas=cuantas, baraja=True, semilla=semilla)
    assert primera == reglas.armar_formulario(banco, cuantas=cuantas, baraja=True, semilla=semilla)


@given(preguntas(), st.integers(0, 30), semillas)
def test_the_draw_spreads_over_objectives(banco, cuantas, semilla):
    sorteadas = reglas.sortear(banco, cuantas, semilla)
    hay, tocan = _contar(banco, "objetivo"), _contar(sorteadas, "objetivo")
    completos = {objetivo for objetivo in hay if tocan.get(objetivo, 0) == hay[objetivo]}
    con_resto = [tocan.get(objetivo, 0) for objetivo in hay if objetivo not in completos]
    assert not con_resto or max(con_resto) - min(con_resto) <= 1
    assert all(tocan.get(objetivo, 0) <= min(con_resto, default=len(banco)) + 1 for objetivo in completos)


@given(preguntas(), st.integers(0, 30), semillas)
def test_inside_an_objective_the_draw_spreads_over_difficulties(banco, cuantas, semilla):
    sorteadas = reglas.sortear(banco, cuantas, semilla)
    for objetivo in {pregunta.objetivo for pregunta in banco}:
        hay = _contar([p for p in banco if p.objetivo == objetivo], "dificultad")
        tocan = _contar([p for p in sorteadas if p.objetivo == objetivo], "dificultad")
        con_resto = [tocan.get(nivel, 0) for nivel in hay if tocan.get(nivel, 0) < hay[nivel]]
        assert not con_resto or max(con_resto) - min(con_resto) <= 1


def _contar(filas, campo):
    cuentas = {}
    for fila in filas:
        cuentas[getattr(fila, campo)] = cuentas.get(getattr(fila, campo), 0) + 1
    return cuentas


@given(preguntas(), semillas, st.booleans())
def test_shuffling_loses_no_option_and_leaves_true_and_false_alone(banco, semilla, baraja):
    formulario = reglas.armar_formulario(banco, cuantas=None, baraja=baraja, semilla=semilla)
    for antes, despues in zip(banco, formulario, strict=True):
        claves = [a.clave for a in antes.contenido.alternativas]
        mostradas = [a.clave for a in despues.contenido.alternativas]
        assert sorted(claves) == sorted(mostradas)
        if not baraja or antes.tipo == "verdadero_falso":
            assert claves == mostradas


def test_different_attempts_see_different_orders():
    pregunta = una_pregunta(1)
    ordenes = {tuple(a.clave for a in pregunta.barajada(str(n), baraja=True).contenido.alternativas) for n in range(50)}
    assert len(ordenes) > 10


def test_one_of_two_right_options_is_not_right():
    pregunta = una_pregunta(1, tipo="varias", correctas=2)
    assert not acierta(pregunta, ["p1-a0"])
    assert acierta(pregunta, ["p1-a1", "p1-a0"])


def test_right_options_and_one_more_is_not_right():
    pregunta = una_pregunta(1, tipo="varias", correctas=2)
    assert not acierta(pregunta, ["p1-a0", "p1-a1", "p1-a2"])


@given(preguntas(minimo=1), st.data())
def test_only_the_exact_right_options_are_right(banco, data):
    pregunta = data.draw(st.sampled_from(banco))
    claves = [a.clave for a in pregunta.contenido.alternativas]
    elegidas = data.draw(st.lists(st.sampled_from(claves), unique=True))
    assert acierta(pregunta, elegidas) == (set(elegidas) == pregunta.contenido.correctas)


def test_a_question_without_a_right_option_is_never_got_right():
    assert not acierta(una_pregunta(1, correctas=0), [])


def test_the_right_option_of_another_question_is_refused():
    with pytest.raises(RespuestaInvalida) as error:
        PreguntaMostrada.leer(una_pregunta(1), ["p2-a0"])
    assert error.value.codigo == "alternativa_ajena"


@pytest.mark.parametrize("tipo", ["una", "verdadero_falso"])
def test_two_options_where_one_is_asked_are_refused(tipo):
    with pytest.raises(RespuestaInvalida) as error:
        PreguntaMostrada.leer(una_pregunta(1, tipo=tipo), ["p1-a0", "p1-a1"])
    assert error.value.codigo == "una_sola_alternativa"


def test_the_choice_is_kept_once_and_in_the_order_shown():
    pregunta = una_pregunta(1, tipo="varias", correctas=2)
    assert PreguntaMostrada.leer(pregunta, ["p1-a2", "p1-a0", "p1-a2"]) == ["p1-a0", "p1-a2"]


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 100))
def test_passing_is_reaching_the_points_that_the_person_was_told(puntos, posibles, nota):
    necesita = reglas.necesarios(posibles, nota)
    assert reglas.aprueba(puntos, posibles, nota) == (posibles > 0 and puntos >= necesita)
    assert necesita * 100 >= nota * posibles > (necesita - 1) * 100 or posibles == 0


@given(st.integers(1, 200), st.integers(1, 100))
def test_all_right_passes_and_none_right_does_not(posibles, nota):
    assert reglas.aprueba(posibles, posibles, nota)
    assert not reglas.aprueba(0, posibles, nota)


@pytest.mark.parametrize(("posibles", "necesita"), [(20, 14), (10, 7), (8, 6), (1, 1)])
def test_seventy_per_cent_in_whole_points(posibles, necesita):
    assert reglas.necesarios(posibles, 70) == necesita


def test_an_evaluation_without_questions_is_never_passed():
    assert not reglas.calificar(Formulario(), {}, Reglas(clase="modulo")).aprobado
    assert not reglas.calificar(Formulario(), {}, Reglas(clase="entrada")).aprobado


@given(preguntas(minimo=1), st.data(), st.sampled_from(["modulo", "final", "entrada", "practica", "encuesta"]))
def test_the_mark_counts_the_questions_got_right(banco, data, clase):
    elegidas = {
        n: data.draw(st.lists(st.sampled_from([a.clave for a in pregunta.contenido.alternativas]), unique=True))
        for n, pregunta in enumerate(banco, 1)
        if data.draw(st.booleans())
    }
    resultado = reglas.calificar(Formulario(tuple(banco)), elegidas, Reglas(clase=clase))
    assert resultado.puntos == sum(acierta(p, elegidas.get(n, [])) for n, p in enumerate(banco, 1))
    assert resultado.posibles == len(banco)
    if clase in ("modulo", "final"):
        assert resultado.aprobado == (resultado.puntos * 100 >= 70 * resultado.posibles)
    else:
        assert resultado.aprobado


@pytest.mark.parametrize(
    ("clase", "aprobada", "cerrada", "se_publica"),
    [
        ("modulo", False, False, False),
        ("modulo", True, False, True),
        ("final", False, True, True),
        ("entrada", True, True, False),
        ("encuesta", True, True, False),
        ("practica", False, False, True),
    ],
)
def test_release_waits_for_passing_or_for_the_end_of_the_edition(clase, aprobada, cerrada, se_publica):
    assert reglas.se_publica(clase, aprobada=aprobada, cerrada=cerrada) is se_publica


@given(preguntas(minimo=1))
def test_what_is_asked_carries_no_key_and_no_explanation(banco):
    for n, pregunta in enumerate(banco, 1):
        visible = por_preguntar(pregunta, n)
        assert "correcta" not in repr(visible)
        assert "Porque" not in repr(visible)


def test_a_wrong_practice_answer_does_not_tell_the_right_one():
    explicada = explicar(una_pregunta(1), 1, ["p1-a2"], con_correctas=False)
    assert [(una.texto, una.explicacion) for una in explicada.detalle.elegidas] == [("Opción 2", "Porque 1.2")]
    assert "Porque 1.0" not in repr(explicada)


def test_lessons_to_review_are_those_missed_once_each_in_course_order():
    formulario = [
        una_pregunta(1, leccion={"numero": 9, "titulo": "Dos", "orden": 2}),
        una_pregunta(2, leccion={"numero": 4, "titulo": "Uno", "orden": 1}),
        una_pregunta(3, leccion={"numero": 9, "titulo": "Dos", "orden": 2}),
        una_pregunta(4, leccion={"numero": 7, "titulo": "Tres", "orden": 3}),
        una_pregunta(5),
    ]
    bien, mal = {4: ["p4-a0"]}, {n: [f"p{n}-a1"] for n in (1, 2, 3, 5)}
    repasar = reglas.lecciones_por_repasar(Formulario(tuple(formulario)), {**bien, **mal})
    assert [leccion.titulo for leccion in repasar] == ["Uno", "Dos"]
    casi_en_blanco = reglas.lecciones_por_repasar(Formulario(tuple(formulario)), bien)
    assert [leccion.titulo for leccion in casi_en_blanco] == ["Uno", "Dos", "Tres"], "Nothing is told one by one."


def test_the_grace_is_counted_by_the_server():
    minuto = datetime.timedelta(minutes=1)
    assert not reglas.fuera_de_plazo(None, AHORA)
    assert not reglas.fuera_de_plazo(AHORA - 5 * minuto, AHORA)
    assert reglas.fuera_de_plazo(AHORA - 5 * minuto - datetime.timedelta(seconds=1), AHORA)


@pytest.mark.parametrize(("nota", "sobre"), [(70, 14), (55, 11), (72, None), (100, 20)])
def test_the_mark_on_the_scale_of_twenty(nota, sobre):
    assert reglas.sobre_veinte(nota) == sobre
