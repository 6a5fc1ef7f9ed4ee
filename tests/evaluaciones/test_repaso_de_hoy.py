"""«Repaso de hoy»: what was missed comes back two lessons later and before the evaluation, and never is a debt."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from cursos.services.avance import terminar_unidad
from evaluaciones.models import Ensayo
from evaluaciones.repaso import DISTANCIA, POR_EVALUACION, POR_LECCION, Idea, Vez, antes_de_evaluar, esperan, tocan
from tests.cursos.factories import Programa, crear_leccion, decida, paso
from tests.evaluaciones.factories import crear_evaluacion, unidad_de, ver_lecciones
from tests.evaluaciones.test_decida import clave_de, elegir
from tests.evaluaciones.test_paginas import lugar, texto
from tests.motores import ejemplos
from tests.mundos import hecho_una_vez

BUENA, MALA = "Que nada perdió", "Que lo firmado vale"

# --- The rule

LECCIONES = {n: n for n in range(1, 9)}  # eight lessons, each known by its place
EVALUACION = 20
LUGARES = {**LECCIONES, EVALUACION: 8}
ideas = st.builds(Idea, st.integers(1, 8), st.sampled_from("ab"))
fallas = st.lists(st.builds(Vez, ideas, st.booleans()), max_size=20)


def recorrer(veces, acierta):
    """Go through the lessons in order answering each review; return what was asked before each one."""
    veces, preguntadas = list(veces), {}
    for leccion in sorted(LECCIONES):
        preguntadas[leccion] = []
        while ideas := tocan(veces, en=leccion, lugares=LUGARES):
            preguntadas[leccion].append(ideas[0])
            veces.append(Vez(ideas[0], acierta, repaso_en=leccion))
    return veces, preguntadas


@settings(max_examples=ejemplos(80), deadline=None)
@given(fallas, st.booleans())
def test_two_at_most_each_two_lessons_later_and_never_twice_in_one(veces, acierta):
    _todas, preguntadas = recorrer(veces, acierta)
    for leccion, suyas in preguntadas.items():
        assert len(suyas) <= POR_LECCION and len(set(suyas)) == len(suyas)
        assert all(idea.unidad + DISTANCIA <= leccion for idea in suyas)


@settings(max_examples=ejemplos(80), deadline=None)
@given(fallas)
def test_what_is_got_right_in_a_review_does_not_come_back(veces):
    todas, preguntadas = recorrer(veces, acierta=True)
    dichas = [idea for suyas in preguntadas.values() for idea in suyas]
    assert len(dichas) == len(set(dichas))
    assert not set(dichas) & set(esperan(todas, LUGARES))


@settings(max_examples=ejemplos(80), deadline=None)
@given(fallas)
def test_only_what_was_missed_waits_and_the_evaluation_offers_what_waits_of_its_lessons(veces):
    esperadas = esperan(veces, LUGARES)
    assert set(esperadas) == {vez.idea for vez in veces if vez.acierto is False}
    antes = antes_de_evaluar(veces, en=EVALUACION, lecciones={1, 2, 3}, lugares=LUGARES)
    suyas = {idea for idea in esperadas if idea.unidad in {1, 2, 3}}
    assert set(antes) <= suyas and len(antes) == min(len(suyas), POR_EVALUACION)


@settings(max_examples=ejemplos(40), deadline=None)
@given(fallas, st.booleans())
def test_the_review_of_an_evaluation_ends(veces, acierta):
    veces = list(veces)
    for _vez in range(POR_EVALUACION):
        ideas = antes_de_evaluar(veces, en=EVALUACION, lecciones=set(LECCIONES), lugares=LUGARES)
        if not ideas:
            return
        veces.append(Vez(ideas[0], acierta, repaso_en=EVALUACION))
    assert not antes_de_evaluar(veces, en=EVALUACION, lecciones=set(LECCIONES), lugares=LUGARES)


def test_what_waits_longest_goes_first_and_missed_again_waits_two_more():
    veces = [Vez(Idea(2, "a"), False), Vez(Idea(1, "a"), False), Vez(Idea(1, "b"), False)]
    assert tocan(veces, en=3, lugares=LUGARES) == [Idea(1, "a"), Idea(1, "b")]
    veces += [Vez(Idea(1, "a"), False, repaso_en=3), Vez(Idea(1, "b"), True, repaso_en=3)]
    assert tocan(veces, en=4, lugares=LUGARES) == [Idea(2, "a")]
    assert tocan(veces, en=5, lugares=LUGARES) == [Idea(2, "a"), Idea(1, "a")]


def test_right_after_reading_the_answer_is_not_knowing_it():
    veces = [Vez(Idea(1, "a"), False), Vez(Idea(1, "a"), True)]
    assert tocan(veces, en=3, lugares=LUGARES) == [Idea(1, "a")]


def test_what_went_away_waits_for_nobody():
    assert esperan([Vez(Idea(99, "a"), False)], LUGARES) == {}
    assert tocan([Vez(Idea(1, "a"), False)], en=99, lugares=LUGARES) == []


# --- The pages


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    return Programa(lecciones=0)


@pytest.fixture
@hecho_una_vez
def lecciones(programa):
    """Four lessons, each with two steps that ask."""
    return [
        crear_leccion(programa.modulos[0], f"L{n}", pasos=[decida(f"Caso {n}"), decida(f"Otro {n}"), paso("Fin")])
        for n in (1, 2, 3, 4)
    ]


@pytest.fixture
@hecho_una_vez
def bases(programa, lecciones, integrante):
    inscripcion = programa.inscribir(integrante)
    assert inscripcion
    return [programa.unidad(leccion).get_absolute_url() for leccion in lecciones]


def responder(cliente, direccion, opcion):
    pagina = cliente.get(direccion).content.decode()
    datos = dict(re.findall(r'name="(este|vez)" value="([^"]+)"', pagina))
    return cliente.post(direccion, {**datos, "p1": clave_de(pagina, opcion)})


@pytest.mark.django_db
def test_what_was_missed_comes_back_two_lessons_later(entrar, integrante, bases):
    cliente = entrar(integrante)
    elegir(cliente, bases[0], MALA)
    elegir(cliente, bases[0], BUENA, numero=2)
    assert "Repaso de hoy" not in texto(cliente.get(f"{bases[1]}/1"))
    pagina = texto(cliente.get(f"{bases[2]}/1"))
    assert "Vuelve una idea de lecciones anteriores." in pagina and f'href="{bases[2]}/repaso"' in pagina
    assert "Repaso de hoy" not in texto(cliente.get(f"{bases[2]}/2"))

    pregunta = texto(cliente.get(f"{bases[2]}/repaso"))
    assert "De la lección «L1»" in pagina or "De la lección «L1»" in pregunta
    assert "Caso 1" in pregunta and "Por qué" not in pregunta and "Dejar el repaso por ahora" in pregunta
    dada = responder(cliente, f"{bases[2]}/repaso", BUENA)
    explicada = texto(cliente.get(dada.url))
    assert "Correcto" in explicada and f'href="{bases[2]}">Continuar' in explicada
    assert cliente.get(f"{bases[2]}/repaso").url == bases[2]
    assert "Repaso de hoy" not in texto(cliente.get(f"{bases[2]}/1"))
    assert Ensayo.objects.filter(repaso_en__isnull=False).count() == 1


@pytest.mark.un_motor
@pytest.mark.django_db
def test_missed_again_it_waits_two_more_lessons(entrar, integrante, bases):
    cliente = entrar(integrante)
    for numero in (1, 2):
        elegir(cliente, bases[0], MALA, numero=numero)
    assert "Vuelven 2 ideas" in texto(cliente.get(f"{bases[2]}/1"))
    explicada = texto(cliente.get(responder(cliente, f"{bases[2]}/repaso", MALA).url))
    assert "Todavía no" in explicada and f'href="{bases[2]}/repaso">Continuar' in explicada
    responder(cliente, f"{bases[2]}/repaso", MALA)
    assert "Repaso de hoy" not in texto(cliente.get(f"{bases[2]}/1"))
    assert "Repaso de hoy" not in texto(cliente.get(f"{bases[3]}/1"))


@pytest.mark.django_db
def test_a_finished_lesson_asks_nothing_before_it_is_read_again(entrar, programa, integrante, lecciones, bases):
    cliente = entrar(integrante)
    elegir(cliente, bases[0], MALA)
    inscripcion = integrante.inscripciones.get()
    terminar_unidad(inscripcion=inscripcion, unidad=programa.unidad(lecciones[2]), ahora=timezone.now())
    assert "Repaso de hoy" not in texto(cliente.get(f"{bases[2]}/1"))


@pytest.mark.un_motor
@pytest.mark.django_db
def test_before_the_evaluation_of_its_module_it_is_offered(entrar, programa, integrante, bases):
    evaluacion = unidad_de(crear_evaluacion(programa.modulos[0]))
    otra = unidad_de(crear_evaluacion(programa.pagina, clase="final", titulo="Final"))
    cliente = entrar(integrante)
    elegir(cliente, bases[3], MALA)
    assert "Repaso de hoy" not in texto(cliente.get(lugar(evaluacion)))  # its lessons come first
    ver_lecciones(integrante.inscripciones.get())
    assert "Vuelve una idea" in texto(cliente.get(lugar(evaluacion)))
    assert "Repaso de hoy" not in texto(cliente.get(lugar(otra)))
    repaso = f"/c/{evaluacion.curso.numero}/{evaluacion.numero}/repaso"
    pagina = texto(cliente.get(responder(cliente, repaso, MALA).url))
    assert f'href="/c/{evaluacion.curso.numero}/{evaluacion.numero}">Continuar' in pagina
    assert "Repaso de hoy" not in texto(cliente.get(lugar(evaluacion)))


@pytest.mark.django_db
def test_nothing_of_others_is_asked_or_told(entrar, integrante, bases, programa):
    from tests import gente

    otra = gente.crear_integrante("40000077", "Ana", "Flores")
    programa.inscribir(otra)
    elegir(entrar(otra), bases[0], MALA)
    ajeno = Ensayo.objects.get()
    cliente = entrar(integrante)
    assert cliente.get(f"{bases[2]}/repaso?visto={ajeno.pk}").status_code == 302
    assert cliente.post(f"{bases[2]}/repaso", {"este": ajeno.paso, "vez": "1", "p1": "x"}).url == f"{bases[2]}/repaso"
    assert Ensayo.objects.count() == 1


@pytest.mark.django_db
def test_the_first_step_costs_the_same_with_nothing_missed_and_one_more_with_something(
    entrar, integrante, bases, presupuesto
):
    cliente = entrar(integrante)
    for numero in (1, 2):
        elegir(cliente, bases[0], BUENA, numero=numero)
    cliente.get(f"{bases[2]}/1")
    with presupuesto(3) as sin_fallas:
        cliente.get(f"{bases[2]}/1")
    for base in bases[:2]:
        for numero in (1, 2):
            elegir(cliente, base, MALA, numero=numero, ver="?otra=1")
    cliente.get(f"{bases[2]}/1")
    with presupuesto(sin_fallas.contadas + 1):
        assert "Vuelven 2 ideas" in texto(cliente.get(f"{bases[2]}/1"))
    cliente.get(f"{bases[2]}/repaso")
    with presupuesto(6):
        cliente.get(f"{bases[2]}/repaso")


# --- Practice, where its lessons end


@pytest.mark.un_motor
@pytest.mark.django_db
def test_practice_is_offered_where_its_lessons_end(entrar, programa, integrante, lecciones, bases):
    practica = unidad_de(crear_evaluacion(programa.modulos[0], clase="practica", titulo="Práctica", preguntas=3))
    evaluacion = unidad_de(crear_evaluacion(programa.modulos[0]))
    cliente, inscripcion = entrar(integrante), integrante.inscripciones.get()
    terminar_unidad(inscripcion=inscripcion, unidad=programa.unidad(lecciones[0]), ahora=timezone.now())
    assert "Practicar estas ideas" not in texto(cliente.get(f"{bases[0]}/fin"))
    ver_lecciones(inscripcion)
    pagina = texto(cliente.get(f"{bases[3]}/fin"))
    assert "Ir a: Evaluación" in pagina
    assert f'href="{lugar(practica)}">Practicar estas ideas' in pagina
    assert f'href="{lugar(practica)}"' in texto(cliente.get(lugar(evaluacion)))
