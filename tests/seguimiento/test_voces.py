"""Results of the survey and of what was learned: groups, by place, sector and day; never few people."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from cursos.models import Unidad
from evaluaciones.consultas.encuestas import encuestas_de
from evaluaciones.encuesta import Donde
from seguimiento.consultas import voces as consulta
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento import voces as v

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def encuesta(version, edicion):
    return v.crear_encuesta(version)


def dichas(edicion, *, dia=v.HOY, lugar="", sector=None, prefijos=(f.PROVINCIA,)):
    """{option: count} of the first question, and how many people it speaks of."""
    (una,) = encuestas_de(edicion.pk, prefijos=prefijos, dia=dia)
    pregunta = una.preguntas[0].dicha(Donde(prefijos, lugar=lugar, sector=sector))
    return pregunta.personas, {opcion.texto: opcion.veces for opcion in pregunta.opciones}


def test_a_small_group_counted_by_hand(edicion, encuesta):
    """A: 7 «Mucho», 5 «Poco», 0 «Nada» in September. B: 3 «Mucho», 1 «Nada». C: 8 «Poco» in October.

    A speaks of 12 people: «Nada», that nobody chose, is silent, and the next smallest, «Poco», with it: 7, so that what
    is silent is 12 − 7 = 5 people. B are four: nothing. In all, 20: «Mucho» 7, «Poco» 13 with «Nada» 0 silent would be
    told by subtraction, so «Mucho», the smallest of those that are told, keeps silent with it.
    """
    v.responden(edicion, f.A, encuesta, cuando=v.el(9, 15), mucho=7, poco=5)
    v.responden(edicion, f.B, encuesta, cuando=v.el(9, 16), mucho=3, nada=1)
    v.responden(edicion, f.C, encuesta, cuando=v.el(10, 2), poco=8)
    assert dichas(edicion, lugar=f.A) == (12, {"Mucho": 7, "Poco": None, "Nada": None})
    assert dichas(edicion, lugar=f.B) == (0, {"Mucho": 0, "Poco": 0, "Nada": 0})
    assert dichas(edicion, lugar=f.C) == (8, {"Mucho": None, "Poco": None, "Nada": None})
    assert dichas(edicion) == (20, {"Mucho": None, "Poco": 13, "Nada": None})


def test_what_almost_all_said_is_told_in_words(edicion, encuesta):
    v.responden(edicion, f.A, encuesta, cuando=v.el(9, 15), mucho=9, nada=2)
    (una,) = encuestas_de(edicion.pk, prefijos=(f.PROVINCIA,), dia=v.HOY)
    opciones = una.preguntas[0].dicha(Donde((f.PROVINCIA,))).opciones
    assert [(opcion.veces, opcion.casi_todas) for opcion in opciones] == [(None, True), (None, False), (None, False)]


def test_the_figure_of_a_day_grows_by_whole_groups(edicion, encuesta):
    v.responden(edicion, f.A, encuesta, cuando=v.el(8, 10), mucho=6)
    v.responden(edicion, f.A, encuesta, cuando=v.el(9, 10), mucho=4)  # they wait for one more
    v.responden(edicion, f.A, encuesta, cuando=v.el(10, 10), mucho=1)
    personas = [dichas(edicion, dia=datetime.date(2026, mes, 20))[0] for mes in (8, 9, 10, 11)]
    assert personas == [0, 6, 6, 11]


def test_answers_are_counted_whoever_sits_there_later(edicion, encuesta):
    v.responden(edicion, f.A, encuesta, cuando=v.el(9, 10), mucho=6)
    edicion.inscripciones.update(retirada_en=timezone.now())
    assert dichas(edicion)[0] == 6


def test_the_words_of_a_question_may_change_and_its_answers_stay(edicion, encuesta):
    v.responden(edicion, f.A, encuesta, cuando=v.el(9, 10), mucho=3)
    (vieja,) = encuesta
    nueva = dict(vieja.contenido) | {"texto": "¿Cuánto le sirvió?"}
    vieja.vigente = False
    vieja.save()
    vieja.pk, vieja.numero, vieja.vigente, vieja.contenido = None, 2, True, nueva
    vieja.save()
    v.responden(edicion, f.A, [vieja], cuando=v.el(9, 11), mucho=4)
    (una,) = encuestas_de(edicion.pk, prefijos=[f.PROVINCIA], dia=v.HOY)
    assert [pregunta.mostrada.texto for pregunta in una.preguntas] == ["¿Cuánto le sirvió?"]
    assert dichas(edicion)[0] == 7


def test_by_sector_it_is_told_where_places_do_not_give_it_away(edicion, encuesta):
    """Two places of six, three of each sector: each sector has six. A third place of one sector alone adds nothing."""
    for ubigeo in (f.A, f.B):
        v.responden(edicion, ubigeo, encuesta, cuando=v.el(9, 15), mucho=3, sector="salud")
        v.responden(edicion, ubigeo, encuesta, cuando=v.el(9, 15), mucho=3, sector="policia")
    assert dichas(edicion, sector="salud")[0] == dichas(edicion, sector="policia")[0] == 6
    assert dichas(edicion, sector="educacion")[0] == 0
    assert dichas(edicion, lugar=f.A, sector="salud")[0] == 0  # a sector of a place is of few
    assert dichas(edicion, prefijos=(f.A,), sector="salud")[0] == 0
    v.responden(edicion, f.C, encuesta, cuando=v.el(9, 15), mucho=5, sector="salud")
    v.responden(edicion, f.C, encuesta, cuando=v.el(9, 15), mucho=1, sector="justicia")
    # Now «justicia» is one person: with whom the others are told, she would be too.
    assert dichas(edicion, sector="justicia")[0] == 0 and dichas(edicion)[0] == 18


def test_what_may_be_marked_several_times_is_told_each_by_itself(version, edicion):
    preguntas = v.crear_encuesta(version, tipos="varias")
    for n in range(12):
        elegidas = ["mucho", "poco"] if n < 6 else ["mucho"]
        v.responder(v.inscripcion_en(f.A, edicion), preguntas, elegidas, cuando=v.el(9, 15))
    # All twelve marked «Mucho»: that nobody did not is silent too. Six and six of «Poco» are told.
    assert dichas(edicion) == (12, {"Mucho": None, "Poco": 6, "Nada": None})


def test_the_page_reads_the_same_with_many_people(
    entrar, edicion, encuesta, cem_provincial, django_assert_max_num_queries
):
    v.responden(edicion, f.A, encuesta, cuando=f.hace(70), mucho=9, poco=6)
    client = entrar(cem_provincial)
    url = f"/panel/curso/{edicion.curso.numero}/resultados"
    client.get(url)
    with django_assert_max_num_queries(14) as pocas:
        pagina = client.get(url).content.decode()
    assert "¿Pregunta 1?" in pagina and "15 respuestas" in pagina
    for ubigeo in (f.A, f.B, f.C):
        v.responden(edicion, ubigeo, encuesta, cuando=f.hace(75), mucho=6, nada=5)
        v.responden(edicion, ubigeo, encuesta, cuando=f.hace(45), mucho=3, nada=5, sector="policia")
    with django_assert_max_num_queries(len(pocas)):
        client.get(url)


@pytest.mark.un_motor
@pytest.mark.parametrize("busca", ["?sector=inventado", "?instancia=020101", "?territorio=99", "?edicion=0"])
def test_what_is_not_there_is_not_found(entrar, edicion, encuesta, cem_provincial, busca):
    client = entrar(cem_provincial)
    assert client.get(f"/panel/curso/{edicion.curso.numero}/resultados{busca}").status_code == 404


@pytest.mark.un_motor
def test_a_sector_of_one_place_is_said_not_to_be_told(entrar, edicion, encuesta, cem_provincial):
    v.responden(edicion, f.A, encuesta, cuando=f.hace(70), mucho=9)
    client = entrar(cem_provincial)
    pagina = client.get(f"/panel/curso/{edicion.curso.numero}/resultados?instancia={f.A}&sector=salud").content.decode()
    assert "Por sector se ve la provincia entera" in pagina and "9 respuestas" in pagina


def test_who_looks_at_one_district_sees_that_one_only(entrar, edicion, encuesta, coordinador_b):
    v.responden(edicion, f.A, encuesta, cuando=f.hace(70), mucho=9)
    v.responden(edicion, f.B, encuesta, cuando=f.hace(70), poco=4)
    client = entrar(coordinador_b)
    pagina = client.get(f"/panel/curso/{edicion.curso.numero}/resultados").content.decode()
    assert "9 respuestas" not in pagina and "Todavía no se muestran" in pagina


def test_the_gain_of_a_place_counted_by_hand(version, edicion):
    """Ten people of A: of 20 questions, 8 right at the start; at the end, five 12 and five 16. In hundredths: 40, 70.

    Differences 20 and 40, five of each: mean 30, s = √(10·100/9) = 10.541, t(9) = 2.262, margin 7.54.
    """
    for n in range(10):
        v.con_notas(v.inscripcion_en(f.A, edicion), version, entrada=8, final=12 + 4 * (n % 2), cuando=v.el(9, n + 1))
    for _vez in range(9):
        v.con_notas(v.inscripcion_en(f.B, edicion), version, entrada=0, final=20, cuando=v.el(9, 3))
    ambito = f.ambito(ahora=v.el(11, 20), edicion=f.ambito().edicion)
    leido = consulta.ganado(ambito)
    (fila,) = consulta.ganancia_por_lugar(ambito, leido)
    una = fila.ganancia
    assert (una.personas, una.entrada, una.final, una.diferencia) == (10, 40, 70, 30)
    assert una.desde == pytest.approx(22.46, abs=0.01) and una.hasta == pytest.approx(37.54, abs=0.01)
    assert not leido.del_lugar(f.B).se_muestra  # nine: quitting one's own leaves eight
    assert consulta.ganancia_del(ambito, leido) == una
    assert not consulta.ganancia_del(ambito.en(f.B), leido).se_muestra
    assert not consulta.ganado(ambito.al_dia(datetime.date(2026, 9, 30))).tandas  # its month is not closed yet


def test_a_survey_keeps_the_sector_of_the_seat_of_that_day(integrante, territorio):
    from tests.cursos.factories import Programa
    from tests.evaluaciones.factories import crear_evaluacion, empezar, unidad_de, ver_lecciones

    programa = Programa(lecciones=1)
    pagina = crear_evaluacion(programa.pagina, clase="encuesta", preguntas=2)
    ver_lecciones(programa.inscribir(integrante))
    intento = empezar(integrante, unidad_de(pagina))
    assert intento.reglas.sector == integrante.membresias.get().asiento.tipo.sector != ""
    assert Unidad.objects.get(pagina=pagina.pk).variante == "encuesta"
