"""A course opened again while its first edition goes on: both are told, and who goes on there is not told to begin."""

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
    assert f'value="{edicion.pk}" selected>Edición ·' in respuesta.content.decode()  # a phone cuts the rest
    edicion.termina = timezone.localdate() - datetime.timedelta(days=1)
    edicion.save()
    assert "sigue en marcha" not in texto_de(cliente.get("/panel"))


@pytest.fixture
def a_medias(edicion, segunda):
    """Three of a table in both editions: half way in the first, without having begun any, and done with the first."""
    quienes = {}
    for codigo, nombre, hechas in (("T-01", "Sigue", 2), ("T-02", "Nueva", 0), ("T-03", "Terminó", 4)):
        quienes[nombre] = f.integrante(f.A, edicion, codigo=codigo, nombres=nombre, hechas=hechas, dias=20)
        f.inscribir(quienes[nombre], segunda, creada=20)
    return quienes


def estados(cliente, ruta) -> dict[str, str]:
    return {fila.nombres: fila.estado for fila in cliente.get(ruta).context["filas"]}


def test_who_goes_on_in_the_first_is_not_told_to_begin_the_second(a_medias, edicion, segunda, entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    en = f"edicion={segunda.pk}&instancia={f.A}"
    assert estados(cliente, f"/panel/lista?ver=no_empezaron&{en}") == {"Nueva": "No empezó", "Terminó": "No empezó"}
    assert estados(cliente, f"/panel/lista?ver=en_otra&{en}") == {"Sigue": "Sigue en otra edición"}
    assert set(estados(cliente, f"/panel/lista?ver=sin_actividad&{en}")) == {"Nueva", "Terminó"}
    assert set(estados(cliente, f"/panel/recordar?edicion={segunda.pk}")) == {"Nueva", "Terminó"}
    assert "Sigue" in estados(cliente, f"/panel/recordar?edicion={edicion.pk}")
    todas = {fila.nombres: fila for fila in cliente.get(f"/panel/lista?ver=integrantes&{en}").context["filas"]}
    assert (todas["Sigue"].motivo, todas["Sigue"].mensaje) == ("", None)
    distrito = cliente.get(f"/panel/distrito/{f.A}?edicion={segunda.pk}")
    dicho = texto_de(distrito)
    assert "No empezaron: 2" in dicho and "Siguen en otra edición: 1" in dicho and "○ Sigue en otra edición" in dicho
    assert "2 de 3 que no han terminado, sin actividad" in texto_de(cliente.get(f"/panel?edicion={segunda.pk}"))


def test_when_the_first_ends_they_are_asked_to_begin_the_second(a_medias, edicion, segunda, entrar, cem_provincial):
    edicion.termina = timezone.localdate() - datetime.timedelta(days=1)
    edicion.save()
    cliente = entrar(cem_provincial)
    assert "Sigue" in estados(cliente, f"/panel/lista?ver=no_empezaron&edicion={segunda.pk}&instancia={f.A}")
    assert "Sigue" in estados(cliente, f"/panel/recordar?edicion={segunda.pk}")
