"""A course opened again while its first edition goes on: both are told, and nobody who goes on there is told to begin."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from tests.seguimiento import factories as f
from tests.seguimiento.test_paginas import texto_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def segunda(version, edicion):
    return f.abrir(version, nombre="Segunda vuelta", inicia=timezone.localdate())


@pytest.mark.un_motor
def test_the_panel_says_that_the_first_goes_on_and_is_one_touch_away(version, edicion, segunda, entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    f.integrante(f.A, edicion, hechas=1)
    respuesta = cliente.get(f"/panel?territorio={f.A}")
    assert respuesta.context["ambito"].edicion_id == segunda.pk
    assert "Otra edición del mismo curso también sigue en marcha: Ver «Edición»" in texto_de(respuesta)
    ((_una, url),) = respuesta.context["siguen_en_marcha"]
    respuesta = cliente.get(f"/panel{url}")
    assert respuesta.context["ambito"].edicion_id == edicion.pk
    assert "Ver «Segunda vuelta»" in texto_de(respuesta)
    assert f'value="{edicion.pk}" selected>Edición ·' in respuesta.content.decode()  # its name first: a phone cuts the rest
    edicion.termina = timezone.localdate() - datetime.timedelta(days=1)
    edicion.save()
    assert "sigue en marcha" not in texto_de(cliente.get("/panel"))
