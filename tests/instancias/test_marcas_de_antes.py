"""What a phone keeps under the mark of a register that became another's goes with its person, once it is for good."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.utils import timezone

from instancias.acceso.sesion import ANTES, PERSONA
from instancias.models import Fusion, Persona
from marco.sin_senal import marcas_de
from tests import gente
from tests.instancias.fusiones import unir
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


def marcas_en(cliente) -> list[str]:
    dichas = re.search(r'data-marcas="([^"]+)"', cliente.get("/inicio").text)
    assert dichas is not None
    return dichas[1].split()


@pytest.fixture
@hecho_una_vez
def absorbida(integrante, integrante_de_b, entrar):
    """The learner of B was found to be the one of A; and who came in since then."""
    hecha_en = timezone.now() - datetime.timedelta(days=2)
    fusion = Fusion.objects.create(queda=integrante.pk, absorbida=integrante_de_b.pk, hecha_en=hecha_en)
    cliente = entrar(integrante)
    sesion = cliente.session
    sesion[ANTES] = [integrante_de_b.pk]
    sesion.save()
    return fusion, cliente


def test_the_mark_of_today_goes_first_and_the_one_of_before_after(absorbida, integrante, integrante_de_b):
    _fusion, cliente = absorbida
    assert marcas_en(cliente) == [*marcas_de(integrante.pk), *marcas_de(integrante_de_b.pk)]


def test_while_it_can_be_undone_and_once_it_was_nothing_is_crossed(absorbida, integrante):
    fusion, cliente = absorbida
    for cambio in ({"hecha_en": timezone.now()}, {"hecha_en": fusion.hecha_en, "deshecha_en": timezone.now()}):
        Fusion.objects.filter(pk=fusion.pk).update(**cambio)
        assert marcas_en(cliente) == marcas_de(integrante.pk)


def test_the_one_of_another_person_is_never_given(absorbida, integrante):
    fusion, cliente = absorbida
    Fusion.objects.filter(pk=fusion.pk).update(queda=fusion.absorbida + 1000)
    assert marcas_en(cliente) == marcas_de(integrante.pk)


def unidos(queda, *absorbidas, dias=2) -> None:
    """Each hidden behind the one that comes after it, and all of them behind the last one."""
    for absorbida, tras in zip(absorbidas, [*absorbidas[1:], queda], strict=True):
        hecha_en = timezone.now() - datetime.timedelta(days=dias)
        Fusion.objects.create(queda=tras.pk, absorbida=absorbida.pk, hecha_en=hecha_en)
        Persona.objects.filter(pk=absorbida.pk).update(absorbida_por=queda, activa=False)


def entrar_por_la_puerta(cliente, persona):
    persona.cuenta.set_password("una clave larga 7093")
    persona.cuenta.save()
    entro = cliente.post("/entrar", {"identificador": persona.documento, "clave": "una clave larga 7093"})
    assert entro.status_code == 302
    return cliente


def test_it_is_noted_when_its_person_comes_in(integrante, integrante_de_b, client):
    unidos(integrante, integrante_de_b)
    assert entrar_por_la_puerta(client, integrante).session[ANTES] == [integrante_de_b.pk]


def test_a_session_of_an_edition_that_did_not_note_it_learns_it_once(integrante, integrante_de_b, client):
    unidos(integrante, integrante_de_b)
    cliente = entrar_por_la_puerta(client, integrante)
    sesion = cliente.session
    del sesion[PERSONA], sesion[ANTES]
    sesion.save()
    assert marcas_en(cliente) == [*marcas_de(integrante.pk), *marcas_de(integrante_de_b.pk)]
    assert (cliente.session[PERSONA], cliente.session[ANTES]) == (integrante.pk, [integrante_de_b.pk])


@pytest.fixture
@hecho_una_vez
def la_primera(db):
    return gente.crear_integrante("40000077", "Ana", "Flores")


def test_of_a_chain_of_fusions_each_one_has_to_be_for_good(integrante, integrante_de_b, la_primera, client):
    unidos(integrante, la_primera, integrante_de_b)
    cliente, suya = entrar_por_la_puerta(client, integrante), marcas_de(integrante.pk)
    assert set(marcas_en(cliente)) == {*suya, *marcas_de(integrante_de_b.pk), *marcas_de(la_primera.pk)}
    primera, ultima = Fusion.objects.get(absorbida=la_primera.pk), Fusion.objects.get(absorbida=integrante_de_b.pk)
    for cambio in ({"hecha_en": timezone.now()}, {"hecha_en": ultima.hecha_en, "deshecha_en": timezone.now()}):
        Fusion.objects.filter(pk=ultima.pk).update(**cambio)
        assert marcas_en(cliente) == suya
    Fusion.objects.filter(pk=ultima.pk).update(deshecha_en=None)
    Fusion.objects.filter(pk=primera.pk).update(hecha_en=timezone.now())
    assert marcas_en(cliente) == [*suya, *marcas_de(integrante_de_b.pk)]


def test_it_is_noted_in_a_session_that_goes_on_when_its_account_passes_to_another_register(
    integrante, integrante_de_b, client
):
    """Whoever came in with the register that is hidden now goes on without signing in again."""
    integrante_de_b.cuenta.set_unusable_password()
    integrante_de_b.cuenta.save()
    cliente = entrar_por_la_puerta(client, integrante)
    unir(integrante_de_b, integrante)
    assert marcas_en(cliente) == marcas_de(integrante_de_b.pk), "it can be undone"
    assert cliente.session[ANTES] == [integrante.pk]
    Fusion.objects.update(hecha_en=timezone.now() - datetime.timedelta(days=2))
    assert marcas_en(cliente) == [*marcas_de(integrante_de_b.pk), *marcas_de(integrante.pk)]


def lote(cliente, persona) -> int:
    cuerpo = {"marca": marcas_de(persona.pk)[0], "paquetes": []}
    return cliente.post("/paquetes", json.dumps(cuerpo), content_type="application/json").status_code


def test_what_goes_out_under_the_mark_of_before_is_taken_for_as_long_as_the_pages_say_it(
    absorbida, integrante, integrante_de_b
):
    fusion, cliente = absorbida
    assert (lote(cliente, integrante), lote(cliente, integrante_de_b)) == (200, 200)
    Fusion.objects.filter(pk=fusion.pk).update(hecha_en=timezone.now())
    assert (lote(cliente, integrante), lote(cliente, integrante_de_b)) == (200, 409)
    Fusion.objects.filter(pk=fusion.pk).update(hecha_en=fusion.hecha_en, deshecha_en=timezone.now())
    assert (lote(cliente, integrante), lote(cliente, integrante_de_b)) == (200, 409)
