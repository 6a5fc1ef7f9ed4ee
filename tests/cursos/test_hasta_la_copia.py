"""A phone is told until when what it sent is in a copy, and since when the site does not have it any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from marco.identidad import nueva_identidad
from marco.models import CopiaDeRespaldo, Instalacion, Latido
from marco.respaldo.carpeta import nombre_de
from marco.respaldo.seguidas import LoSeguido
from marco.services.latir import latir

pytestmark = pytest.mark.django_db


@pytest.fixture
def preguntar(entrar, integrante, presupuesto):
    cliente = entrar(integrante)

    def dicho() -> dict:
        with presupuesto(6):
            respuesta = cliente.get("/paquetes", headers={"Accept": "application/json"})
        assert respuesta.status_code == 200 and "no-store" in respuesta["Cache-Control"]
        return respuesta.json()

    return dicho


def volvio(*, de: str) -> int:
    ahora = timezone.now()
    datos = {"desde": ahora, "repuesta_de": de, "identidad": nueva_identidad()}
    Instalacion.objects.update_or_create(pk=1, defaults=datos)
    return int(ahora.timestamp())


def test_without_copies_nothing_is_in_one_and_nothing_went_back(preguntar):
    assert preguntar() == {"hasta": 0, "volvio": None}


def test_the_newest_of_the_night_and_of_the_day_counts_and_one_that_is_bad_does_not(preguntar):
    ahora, estado = timezone.now(), CopiaDeRespaldo.Estado
    hace = [ahora - timedelta(hours=n) for n in (3, 2, 1)]
    CopiaDeRespaldo.objects.create(nombre="a", hecha_en=hace[0], estado=estado.BUENA)
    assert preguntar()["hasta"] == int(hace[0].timestamp())
    CopiaDeRespaldo.objects.create(
        nombre="b", hecha_en=hace[2], estado=estado.BUENA, comprobacion=CopiaDeRespaldo.Comprobacion.MALA
    )
    CopiaDeRespaldo.objects.create(hecha_en=hace[2], estado=estado.NO_SE_HIZO)
    assert preguntar()["hasta"] == int(hace[0].timestamp())
    latir(clave=Latido.SEGUIDAS, ahora=ahora, visto=LoSeguido(hasta=hace[1]).como_datos())
    assert preguntar()["hasta"] == int(hace[1].timestamp())


def test_of_a_site_that_went_back_it_tells_from_which_hour_and_until_which(preguntar):
    de = timezone.now().replace(microsecond=0) - timedelta(minutes=9)
    desde = volvio(de=nombre_de(de, "seguida"))
    assert preguntar()["volvio"] == [int(de.timestamp()), desde + 1]


def test_of_a_copy_whose_hour_nobody_knows_all_that_phones_keep_is_asked_for(preguntar):
    desde = volvio(de="la-del-usb.respaldo")
    assert preguntar()["volvio"] == [desde - 2 * 24 * 3600, desde + 1]


def test_without_session_it_is_not_told(client):
    assert client.get("/paquetes", headers={"Accept": "application/json"}).status_code != 200
