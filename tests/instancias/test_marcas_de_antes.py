"""What a phone keeps under the mark of a register that became another's goes with its person, once it is for good."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.utils import timezone

from instancias.acceso.sesion import ANTES
from instancias.models import Fusion
from marco.sin_senal import marcas_de

pytestmark = pytest.mark.django_db


def marcas_en(cliente) -> list[str]:
    dichas = re.search(r'data-marcas="([^"]+)"', cliente.get("/inicio").text)
    assert dichas is not None
    return dichas[1].split()


@pytest.fixture
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


def test_it_is_noted_when_its_person_comes_in(integrante, integrante_de_b, client):
    integrante.cuenta.set_password("una clave larga 7093")
    integrante.cuenta.save()
    hecha_en = timezone.now() - datetime.timedelta(days=2)
    Fusion.objects.create(queda=integrante.pk, absorbida=integrante_de_b.pk, hecha_en=hecha_en)
    entro = client.post("/entrar", {"identificador": integrante.documento, "clave": "una clave larga 7093"})
    assert entro.status_code == 302 and client.session[ANTES] == [integrante_de_b.pk]


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
