"""How a course goes: for who follows its people, and for who writes it, without people nor small groups."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cursos.models import Avance, Inscripcion, Unidad
from evaluaciones import tandas
from seguimiento.consultas import salud as consulta
from tests.cursos.factories import Programa
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento import voces as v

pytestmark = pytest.mark.django_db


def andar(inscripcion: Inscripcion, *minutos: int, ultima: float, en: int | None = None) -> None:
    """Somebody finished as many parts, each in so many minutes and a day after the other, the last so many days ago."""
    unidades = [fila.unidad for fila in inscripcion.version.filas.select_related("unidad").order_by("orden")]
    mediodia = timezone.localtime(f.hace(ultima)).replace(hour=12)
    for n, (unidad, dura) in enumerate(zip(unidades, minutos, strict=False)):
        fin = mediodia - datetime.timedelta(days=len(minutos) - 1 - n)
        Avance.objects.create(
            inscripcion=inscripcion, unidad=unidad, estado="terminada", paso=1, terminado_en=fin,
            iniciado_en=fin - datetime.timedelta(minutes=dura),
        )  # fmt: skip
    donde = unidades[len(minutos) - 1 if en is None else en]
    Inscripcion.objects.filter(pk=inscripcion.pk).update(
        hechas=len(minutos), estado="en_curso", iniciada_en=f.hace(70), ultima_actividad_en=mediodia,
        unidad_actual=donde, paso_actual=2,
    )  # fmt: skip


@pytest.fixture
@hecho_una_vez
def andadas(version, edicion):
    """Counted by hand. Twelve began a course of four parts seventy days ago.

    Six did three parts, in 10, 20 and 30 minutes, and stopped twenty days ago; three did one, in 40 minutes, and
    stopped as well; three did one in 10 minutes, yesterday.
    """
    for cuantas, minutos, ultima in ((6, (10, 20, 30), 20), (3, (40,), 20), (3, (10,), 1)):
        for _vez in range(cuantas):
            andar(v.inscripcion_en(f.A, edicion), *minutos, ultima=ultima)
    return edicion


def leer(edicion: Any, *, callado: bool):
    ambito = consulta.ambito_del_curso(edicion.curso, ahora=timezone.now())
    inscripciones, hasta = consulta.de_toda_la_edicion(ambito)
    assert hasta is not None and hasta < timezone.localdate()
    return consulta.salud(inscripciones, ambito, callado=callado)


def test_a_small_course_counted_by_hand(andadas):
    dicha = leer(andadas, callado=False)
    assert (dicha.personas, dicha.terminaron, dicha.detenidas) == (12, 0, 9)
    assert [(una.piden, una.empezaron, una.terminaron) for una in dicha.partes] == [
        (12, 12, 12), (12, 6, 6), (12, 6, 6), (12, 0, 0),
    ]  # fmt: skip
    # Of the first part: 10 nine times and 40 three: the median is 10.
    assert [una.minutos for una in dicha.partes] == [10, 20, 30, None]
    assert [una.dias for una in dicha.partes] == [None, 1, 1, None]
    assert [(una.detenidas, una.paso) for una in dicha.partes] == [(3, 0), (0, 0), (6, 2), (0, 0)]


def test_who_sees_nobody_reads_no_count_of_fewer_than_five(andadas):
    """All twelve did the first part: that nobody lacks it is not told. Nor that three stopped there, nor the nobody."""
    dicha, casi = leer(andadas, callado=True), consulta.CASI_TODAS
    assert (dicha.personas, dicha.terminaron, dicha.detenidas) == (12, None, casi)
    assert [(una.empezaron, una.terminaron) for una in dicha.partes] == [(casi, casi), (6, 6), (6, 6), (None, None)]
    # 3 in the first part, nobody in two, 3 in none: what is silent, 3 + 3, is of five or more; the six are told.
    assert [(una.detenidas, una.paso) for una in dicha.partes] == [(None, 0), (None, 0), (6, 2), (None, 0)]


@pytest.mark.un_motor
@given(
    st.dictionaries(
        st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 9, 1)).map(tandas.mes_de), st.integers(0, 9)
    )
)
def test_from_one_cut_to_the_next_there_are_five_people_or_none(por_mes):
    hasta = [tandas.ultimo_corte(por_mes, dia=datetime.date(2026, mes, 28)) for mes in range(1, 13)]
    personas = [sum(n for mes, n in por_mes.items() if corte and mes <= corte) for corte in hasta]
    pasos = {despues - antes for antes, despues in zip([0, *personas], personas, strict=False)}
    assert all(paso == 0 or paso >= tandas.MINIMO for paso in pasos)


def test_four_people_are_not_told(version, edicion):
    for _vez in range(4):
        andar(v.inscripcion_en(f.A, edicion), 10, ultima=1)
    ambito = consulta.ambito_del_curso(edicion.curso, ahora=timezone.now())
    inscripciones, hasta = consulta.de_toda_la_edicion(ambito)
    assert hasta is None and consulta.salud(inscripciones, ambito, callado=True).personas == 0


def test_it_costs_the_same_with_many_people(andadas, django_assert_max_num_queries):
    ambito = consulta.ambito_del_curso(andadas.curso, ahora=timezone.now())
    with django_assert_max_num_queries(7) as pocas:
        consulta.salud(consulta.de_toda_la_edicion(ambito)[0], ambito)
    for _vez in range(20):
        andar(v.inscripcion_en(f.B, andadas), 10, 20, ultima=30)
    with django_assert_max_num_queries(len(pocas)):
        consulta.salud(consulta.de_toda_la_edicion(ambito)[0], ambito)


def test_who_follows_a_place_reads_it_of_its_people(entrar, version, edicion, coordinadora_a, coordinador_b):
    persona = f.integrante(f.A, edicion, hechas=2, dias=20)
    persona.inscripciones.update(unidad_actual=Unidad.objects.get(curso=edicion.curso, numero=2), paso_actual=1)
    url = f"/panel/curso/{edicion.curso.numero}/salud"
    suya = entrar(coordinadora_a).get(url).context["salud"]
    assert (suya.personas, suya.detenidas) == (1, 1)
    assert [una.detenidas for una in suya.partes] == [0, 1, 0, 0]
    assert entrar(coordinador_b).get(url).context["salud"].personas == 0
    al = (timezone.localdate() - datetime.timedelta(days=1)).isoformat()
    assert entrar(coordinadora_a).get(url, {"al": al}).context["salud"].detenidas == 0


def test_who_writes_the_course_opens_it_from_its_page(entrar, territorio, capacitadora, integrante, cem_provincial):
    programa = Programa(lecciones=2)
    inscripcion = programa.inscribir(integrante)
    cliente = entrar(capacitadora)
    url = reverse("cursos_salud", args=[programa.pagina.pk])
    for pantalla in ("wagtailadmin_pages:edit", "wagtailadmin_explore"):
        assert url in cliente.get(reverse(pantalla, args=[programa.pagina.pk])).content.decode()
    assert url in cliente.get(reverse("wagtailadmin_explore", args=[programa.pagina.get_parent().pk])).content.decode()
    pagina = cliente.get(url).content.decode()
    assert "Salud del curso" in pagina and integrante.apellidos not in pagina
    assert "menos de cinco personas" in pagina and str(inscripcion.territorio) not in pagina
    assert cliente.get(url, {"edicion": "0"}).status_code == 404
    assert cliente.get(reverse("cursos_salud", args=[programa.pagina.get_parent().pk])).status_code == 404
    assert entrar(cem_provincial).get(url).status_code in (302, 403, 404)


def test_a_trainer_of_another_course_sees_nothing(entrar, territorio, capacitadora):
    """The right over the pages of one course is not the right over the others."""
    from wagtail.models import GroupPagePermission

    programa = Programa(lecciones=1)
    otro = Programa(lecciones=1)
    permisos = GroupPagePermission.objects.filter(group__user=capacitadora)
    permisos.update(page=otro.pagina.page_ptr_id if hasattr(otro.pagina, "page_ptr_id") else otro.pagina.pk)
    cliente = entrar(capacitadora)
    assert cliente.get(reverse("cursos_salud", args=[otro.pagina.pk])).status_code == 200
    assert cliente.get(reverse("cursos_salud", args=[programa.pagina.pk])).status_code in (302, 403)


def test_where_most_people_stop_is_said_first_and_to_who_sees_nobody_only_of_five_or_more(andadas):
    def dichas(callado):
        return [(una.titulo, una.detenidas) for una in leer(andadas, callado=callado).donde_mas]

    assert dichas(False) == [("Parte 3", 6), ("Parte 1", 3)]
    assert all(cuantas >= 5 for _titulo, cuantas in dichas(True))
