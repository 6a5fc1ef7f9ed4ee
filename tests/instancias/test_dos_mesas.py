"""Whoever sits at two tables has the office of each at hand."""

import datetime

import pytest
from django.utils import timezone

from instancias.contacto import centro_de, centros_de
from instancias.models import Cobertura, Membresia, Oficina
from tests import gente
from tests.evaluaciones.test_paginas import texto
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
HOY = timezone.localdate()


def crear_centro(nombre, ubigeo, celular):
    centro = Oficina.objects.create(nombre=nombre, telefono="062000000", whatsapp=celular, facilitadora=f"De {nombre}")
    Cobertura.objects.create(oficina=centro, territorio_id=ubigeo, desde=gente.DESDE)
    return centro


def sentar(persona, ubigeo, desde):
    asiento = gente.crear_asiento(ubigeo, orden=4, corto="Fiscalía")
    return Membresia.objects.create(persona=persona, asiento=asiento, calidad="titular", desde=desde)


@pytest.fixture
@hecho_una_vez
def centros(territorio):
    return crear_centro("Uno", gente.DISTRITO_A, "911111111"), crear_centro("Dos", gente.DISTRITO_B, "922222222")


def test_help_offers_the_office_of_each_table_and_no_other(entrar, visitante, centros, integrante):
    uno, dos = centros
    crear_centro("De otra zona", "1006", "933333333")
    assert "Dos" not in texto(entrar(integrante).get("/ayuda"))
    sentar(integrante, gente.DISTRITO_B, HOY)
    assert centros_de(persona=integrante, hoy=HOY) == [dos.pk, uno.pk]
    assert centro_de(persona=integrante, hoy=HOY) == dos.pk, "where there is room for one, that of the newest seat"
    pagina = entrar(integrante).get("/ayuda").text
    for de in ("De Uno", "De Dos", "51911111111", "51922222222"):
        assert de in pagina, de
    assert "De otra zona" not in pagina
    assert "De otra zona" in visitante.get("/ayuda").text


def test_a_table_served_by_the_same_office_is_said_once_and_one_that_was_left_is_not(entrar, centros, integrante):
    uno, _dos = centros
    segunda = sentar(integrante, gente.DISTRITO_A, HOY)
    assert centros_de(persona=integrante, hoy=HOY) == [uno.pk]
    Membresia.objects.filter(persona=integrante).exclude(pk=segunda.pk).update(hasta=HOY - datetime.timedelta(days=1))
    assert centros_de(persona=integrante, hoy=HOY) == [uno.pk]
    assert entrar(integrante).get("/ayuda").text.count("Escribir a mi facilitadora") == 1
