"""The phone and the e-mail of a register that was made one with another: kept while they may be given back."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from instancias.acceso.services.cuenta import seguir_sin_aceptar
from instancias.services.fusion_deshecha import olvidar_contactos
from instancias.tasks import recoger_fusiones
from tests import gente
from tests.instancias.fusiones import separar, unir
from tests.instancias.mesas import persona, sentada

pytestmark = pytest.mark.usefixtures("territorio")
UN_DIA = datetime.timedelta(days=1)
SUYOS = ("912345678", "rosa@ejemplo.pe")


@pytest.fixture
def rosa():
    una = persona("40000101", "Rosa", "Quispe Huamán", celular="987654321")
    sentada(gente.crear_asiento(gente.DISTRITO_A, orden=1), una)
    return una


@pytest.fixture
def otra():
    una = persona("40000107", "Rosa Elena", "Quispe Huamán", celular=SUYOS[0], correo=SUYOS[1])
    sentada(gente.crear_asiento(gente.DISTRITO_B, orden=2), una, "alterno")
    return una


def contacto(de) -> tuple[str, str]:
    de.refresh_from_db()
    return de.celular, de.correo


def test_it_is_forgotten_once_nobody_can_take_them_apart(rosa, otra, time_machine):
    unir(rosa, otra, celular="queda", correo="queda")
    seguir_sin_aceptar(persona=rosa, version="1", texto="Aviso", ahora=timezone.now())
    recoger_fusiones()
    assert contacto(otra) == SUYOS and contacto(rosa) == ("", "")
    time_machine.move_to(timezone.now() + UN_DIA)
    recoger_fusiones()
    assert contacto(otra) == ("", "") and SUYOS[0] not in otra.busqueda
    assert olvidar_contactos(ahora=timezone.now()) == 0


def test_made_one_again_the_day_begins_anew(rosa, otra):
    fusion = unir(rosa, otra, celular="queda", correo="queda")
    separar(fusion)
    unir(rosa, otra, celular="queda", correo="queda", ahora=timezone.now() + UN_DIA)
    assert olvidar_contactos(ahora=timezone.now() + UN_DIA * 3 / 2) == 0
    assert contacto(otra) == SUYOS


def test_who_is_not_hidden_keeps_it(rosa, otra):
    separar(unir(rosa, otra))
    assert olvidar_contactos(ahora=timezone.now() + 9 * UN_DIA) == 0
    assert contacto(otra) == SUYOS
