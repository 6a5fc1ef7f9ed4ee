"""A table folded by module where each person stopped, with whom to help on top; a person, with what to do on top."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from cursos.models import Unidad
from seguimiento.consultas import donde
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def con_modulos(version):
    """Parts 1 and 2 are of a module, 3 and 4 of the next."""
    Unidad.objects.filter(curso=version.curso, numero__lte=2).update(modulo="Conocer", clave_del_modulo=11)
    Unidad.objects.filter(curso=version.curso, numero__gte=3).update(modulo="Actuar", clave_del_modulo=22)
    return version


@pytest.fixture
@hecho_una_vez
def gente(con_modulos, edicion):
    return {
        "primero": f.integrante(f.A, edicion, codigo="T-01", nombres="Primero", hechas=1, dias=20),
        "segundo": f.integrante(f.A, edicion, codigo="T-02", nombres="Segundo", hechas=2, dias=3),
        "tercero": f.integrante(f.A, edicion, codigo="T-03", nombres="Tercero", hechas=3, dias=5),
        "nadie": f.integrante(f.A, edicion, codigo="T-04", nombres="Sin Empezar"),
        "termino": f.integrante(f.A, edicion, codigo="T-05", nombres="Terminó", hechas=4, dias=2),
        "de_b": f.integrante(f.B, edicion, codigo="T-01", nombres="De Otro", hechas=1, dias=3),
    }


def test_people_are_under_the_module_where_they_stopped_the_longest_wait_first(gente):
    paradas = donde.donde_van(f.ambito().en(f.A), por_ayudar=[]).paradas
    assert [(una.titulo, una.numero, [fila.nombres for fila in una.filas]) for una in paradas] == [
        ("Conocer", 1, ["Primero"]),
        ("Actuar", 2, ["Tercero", "Segundo"]),
    ]
    assert [una.abierta for una in paradas] == [False, True]
    tramos = [(uno.numero, uno.hechas, uno.piden) for uno in paradas[1].filas[0].tramos]
    assert tramos == [(1, 2, 2), (2, 1, 2)]


def test_the_page_of_a_table_helps_first_and_shows_seats_last(gente, entrar, cem_provincial):
    pagina = entrar(cem_provincial).get(f"/panel/distrito/{f.A}").content.decode()
    orden = [pagina.index(f'id="{uno}"') for uno in ("ayudar", "donde", "asientos")]
    assert orden == sorted(orden)
    assert "No empezaron: 1" in pagina and "Terminaron: 1" in pagina
    assert "De Otro" not in pagina
    assert pagina.count("<details") >= 3 and pagina.count('id="avisar"') == 1


def test_who_did_not_begin_is_counted_as_its_list_does(gente, entrar, cem_provincial):
    """Who began and has no part pending is in no fold: they did begin, and no subtraction says otherwise."""
    gente["termino"].inscripciones.update(estado="en_curso", terminada_en=None, termino_anotado_en=None)
    cliente = entrar(cem_provincial)
    pagina = cliente.get(f"/panel/distrito/{f.A}")
    lista = cliente.get(f"/panel/lista?ver=no_empezaron&instancia={f.A}").context["pagina"].total
    assert pagina.context["sin_empezar"] == lista == 1


def test_a_fold_shows_a_few_and_its_list_shows_them_all(con_modulos, edicion, entrar, cem_provincial, monkeypatch):
    monkeypatch.setattr(donde, "POR_MODULO", 2)
    for numero in range(1, 5):
        f.integrante(f.A, edicion, codigo="T-03", numero=numero, nombres=f"Uno {numero}", hechas=1, dias=numero)
    otra = f.integrante(f.A, edicion, codigo="T-04", nombres="Otra", hechas=3, dias=1)
    cliente = entrar(cem_provincial)
    pagina = cliente.get(f"/panel/distrito/{f.A}").content.decode()
    assert "Ver a las 4 personas de este módulo" in pagina
    lista = cliente.get(f"/panel/lista?ver=en_curso&modulo=11&instancia={f.A}")
    assert lista.context["pagina"].total == 4 and "Se quedaron en: Conocer" in lista.content.decode()
    assert otra.pk not in [fila.id for fila in lista.context["filas"]]
    assert "modulo=11" in lista.context["consulta_de_pagina"]
    assert cliente.get("/panel/lista?ver=en_curso&modulo=x").status_code == 404
    assert cliente.get("/panel/lista?ver=en_curso&modulo=99").context["pagina"].total == 0


def test_another_day_tells_no_help_nor_where_anybody_is(gente, entrar, cem_provincial):
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    pagina = entrar(cem_provincial).get(f"/panel/distrito/{f.A}?al={ayer}").content.decode()
    assert 'id="ayudar"' not in pagina and 'id="donde"' not in pagina and "Ya avisé" not in pagina


def test_a_large_table_weighs_what_a_page_may(con_modulos, edicion, entrar, cem_provincial):
    for numero in range(1, 61):
        asiento = f.crear_asiento(f.A, "T-04", numero=numero)
        f.inscribir(f.sentar(asiento, f"Persona Con Nombre {numero}"), edicion, hechas=numero % 4, dias=numero)
        f.inscribir(f.sentar(asiento, f"Alterna {numero}", calidad="alterno"), edicion, hechas=numero % 3, dias=numero)
    assert len(entrar(cem_provincial).get(f"/panel/distrito/{f.A}").content) <= 60 * 1024


def test_a_person_shows_what_to_do_before_the_rest(gente, entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    pagina = cliente.get(f"/panel/persona/{gente['primero'].pk}").content.decode()
    orden = [pagina.index(texto) for texto in ('id="hacer"', "Partes</h", 'id="asientos"') if texto in pagina]
    assert orden == sorted(orden)
    assert "Sin actividad en 14 días" in pagina and "Se quedó en «Conocer». Lo que sigue: Parte 2." in pagina
    assert f'value="p{gente["primero"].pk}-detenido"' in pagina and "tel:+51987654321" in pagina
    cliente.post("/panel/recordar/avise", {"solo": f"p{gente['primero'].pk}-detenido"})
    assert "Último aviso: hoy." in cliente.get(f"/panel/persona/{gente['primero'].pk}").content.decode()
    terminada = cliente.get(f"/panel/persona/{gente['termino'].pk}").content.decode()
    assert "no hace falta avisarle" in terminada and 'id="avisar"' not in terminada


def test_what_is_outside_the_modules_has_one_name(gente, entrar, cem_provincial):
    """A final evaluation that stands alone: a district, a person and the workbook call it the same."""
    Unidad.objects.update(modulo="", clave_del_modulo=0)
    cliente = entrar(cem_provincial)
    for pagina in (f"/panel/distrito/{f.A}", f"/panel/persona/{gente['primero'].pk}"):
        assert "Fuera de los módulos" in cliente.get(pagina).text


def test_a_person_is_told_of_where_their_list_would(gente, edicion, entrar, cem_provincial):
    """With the course over nobody is reminded: neither the list nor the page of the person offers «Ya avisé»."""
    cliente = entrar(cem_provincial)
    paginas = (f"/panel/persona/{gente['primero'].pk}", f"/panel/lista?ver=pendientes&instancia={f.A}")
    aviso = f'value="p{gente["primero"].pk}-detenido"'
    assert all(aviso in cliente.get(una).content.decode() for una in paginas)
    type(edicion).objects.update(termina=timezone.localdate() - datetime.timedelta(days=1))
    for una in paginas:
        pagina = cliente.get(una).content.decode()
        assert aviso not in pagina and 'name="solo"' not in pagina
