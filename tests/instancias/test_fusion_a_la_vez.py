"""Merges at the same moment, with real threads on a real database: one of them counts, and nobody is lost."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from instancias.models import Fusion, Membresia, Persona
from instancias.services import personas
from instancias.services.fusion_deshecha import deshacer_fusion, recoger_lo_atrasado
from marco.errores import ErrorDeDominio
from tests import gente
from tests.evaluaciones.test_a_la_vez import a_la_vez
from tests.instancias.fusiones import PROVINCIA, separar, unir
from tests.instancias.mesas import dos_a_la_vez, persona, sentada

pytestmark = pytest.mark.django_db(transaction=True)
VECES = 4


@pytest.fixture
def registros(territorio):
    todas = []
    for n in range(1, 4):
        una = persona(f"4000010{n}", celular=f"98765432{n}")
        sentada(gente.crear_asiento("100601", orden=n, corto=f"Asiento {n}"), una)
        todas.append(una)
    return todas


def sin_sorpresas(salidas):
    """Every answer is a merge or a sentence of ours."""
    assert all(isinstance(salida, Fusion | list | ErrorDeDominio) for salida in salidas), salidas
    return [salida.codigo for salida in salidas if isinstance(salida, ErrorDeDominio)]


def sin_nadie_colgado():
    """Whoever holds a seat is seen, and whoever is hidden is behind somebody who is not."""
    assert not Membresia.objects.filter(persona__absorbida_por__isnull=False).exists()
    assert not Persona.objects.filter(absorbida_por__absorbida_por__isnull=False).exists()
    assert dos_a_la_vez() == []


def test_pressed_twice_and_from_two_tabs_it_is_done_once(registros):
    una, otra, _tercera = registros
    operacion = uuid.uuid4()
    salidas = a_la_vez(*[lambda: unir(una, otra, operacion=operacion)] * 3, *[lambda: unir(una, otra)] * 3)
    assert sin_sorpresas(salidas) == []
    assert len({salida.pk for salida in salidas}) == 1 and Fusion.objects.count() == 1
    assert una.membresias.count() == 2


def test_both_ways_at_once_leave_one_register(registros):
    una, otra, _tercera = registros
    for _vez in range(VECES):
        salidas = a_la_vez(*[lambda: unir(una, otra), lambda: unir(otra, una)] * 2)
        assert set(sin_sorpresas(salidas)) == {"ya_unida"}
        viva = Fusion.objects.get(deshecha_en=None)
        sin_nadie_colgado()
        assert Membresia.objects.filter(persona=viva.queda).count() == 2
        separar(viva)


def test_a_ring_of_three_leaves_nobody_behind_a_hidden_one(registros):
    una, otra, tercera = registros
    for _vez in range(VECES):
        salidas = a_la_vez(lambda: unir(una, otra), lambda: unir(otra, tercera), lambda: unir(tercera, una))
        assert set(sin_sorpresas(salidas)) <= {"ya_unida"}
        sin_nadie_colgado()
        assert Membresia.objects.count() == 3
        for fusion in Fusion.objects.filter(deshecha_en=None).order_by("-pk"):
            separar(fusion)
        assert all(quien.membresias.count() == 1 for quien in registros)


def test_undoing_twice_and_merging_again_at_once(registros):
    una, otra, tercera = registros
    for _vez in range(VECES):
        fusion = unir(una, otra)
        deshacer = {"fusion_id": fusion.pk, "alcance": PROVINCIA, "por": None, "ahora": timezone.now()}
        salidas = a_la_vez(*[lambda d=deshacer: deshacer_fusion(**d)] * 2, lambda: unir(tercera, una))
        assert set(sin_sorpresas(salidas)) <= {"ya_deshecha", "antes_otra", "fuera_de_alcance"}
        sin_nadie_colgado()
        for viva in Fusion.objects.filter(deshecha_en=None).order_by("-pk"):
            separar(viva)
        assert all(quien.membresias.count() == 1 for quien in registros)


def test_a_seat_given_at_that_moment_is_of_the_one_who_stays(registros):
    una, otra, _tercera = registros
    asientos = [gente.crear_asiento("100601", orden=9 + n, corto=f"Asiento {9 + n}") for n in range(VECES)]
    for asiento in asientos:

        def sentar(asiento=asiento):
            return personas.sentar(
                persona=Persona.objects.get(pk=otra.pk),
                asiento=asiento,
                calidad="titular",
                designacion="",
                alcance=PROVINCIA,
                por=None,
                ahora=timezone.now(),
            )

        salidas = a_la_vez(sentar, lambda: unir(una, otra))
        assert not [salida for salida in salidas if isinstance(salida, Exception)], salidas
        recoger_lo_atrasado(ahora=timezone.now())
        sin_nadie_colgado()
        assert Membresia.objects.get(asiento=asiento).persona == una
        separar(Fusion.objects.get(deshecha_en=None))
        Membresia.objects.filter(asiento=asiento).delete()


def test_two_merges_into_one_person_at_once_both_count(registros):
    una, otra, tercera = registros
    salidas = a_la_vez(lambda: unir(una, otra), lambda: unir(una, tercera))
    assert sin_sorpresas(salidas) == [] and una.membresias.count() == 3
    sin_nadie_colgado()
