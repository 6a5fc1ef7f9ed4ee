"""One person with two documents is shown before she becomes two, and saved as she is once somebody looked."""

from __future__ import annotations

import random

import pytest
from django.utils import timezone

from instancias import padron
from instancias.identidad import a_un_numero
from instancias.models import FilaDePadron, ImportacionDePadron, Persona
from instancias.padron.planes.repetidas import Quien, semejantes
from instancias.padron.revision import banco
from instancias.politica import AlcanceEfectivo
from tests import gente
from tests.instancias.catalogos import catalogo, leer
from tests.instancias.hojas import fila, hoja

PROVINCIA = AlcanceEfectivo(("1006",))
LUYANDO = AlcanceEfectivo(("100605",))


def quien(documento, nombres="Rosa Elena", apellidos="Quispe Huamán", orden=None) -> Quien:
    return Quien(documento, nombres, apellidos, orden)


@pytest.mark.parametrize(
    ("una", "otra", "es"),
    [
        (quien("40000101"), quien("45555555"), True),
        (quien("40000101"), quien("45555555", "ROSA ELENA", "QUISPE HUAMAN"), True),
        (quien("40000101"), quien("40000101"), False),  # one person, twice
        (quien("40000101"), quien("40000181", "Rosa"), True),  # a digit
        (quien("40000123"), quien("40000132", "Elena"), True),  # two that changed places
        (quien("40000101"), quien("45555555", "Rosa"), False),
        (quien("40000101"), quien("40000102", "Juana"), False),  # sisters
        (quien("40000101"), quien("40000102", "Rosa", "Tello Ríos"), False),
    ],
)
def test_who_may_be_one_person(una, otra, es):
    assert bool(semejantes([una, otra])) is es
    assert semejantes([una, otra]) == semejantes([otra, una])


def test_two_documents_that_differ_in_a_digit_or_in_the_order_of_two():
    assert a_un_numero("40000101", "40000191") and a_un_numero("40000123", "40000132")
    assert not a_un_numero("40000101", "40000192") and not a_un_numero("40000101", "40000101")
    assert not a_un_numero("40000123", "40000321") and not a_un_numero("40000101", "400001011")


def test_the_order_of_a_list_changes_nothing_of_who_is_shown():
    azar = random.Random(3)
    nombres = ["Rosa", "Rosa Elena", "Juan", "Elena"]
    lista = [quien(f"400001{n:02}", nombres[n % 4], f"Quispe {'Tello' if n % 3 else 'Ríos'}", n) for n in range(30)]
    primera = semejantes(lista)
    assert primera
    for _vez in range(10):
        azar.shuffle(lista)
        assert semejantes(lista) == primera


def revisar(*filas, alcance=PROVINCIA) -> ImportacionDePadron:
    return padron.revisar(
        nombre="lista.xlsx", contenido=hoja(*filas), esquema="inei", alcance=alcance, por=None, ahora=timezone.now()
    )


def filas(importacion) -> list[FilaDePadron]:
    return list(importacion.filas.order_by("orden"))


def acciones(importacion) -> list[str]:
    return [una.accion for una in filas(importacion)]


def acto(funcion, cual: FilaDePadron, **mas) -> FilaDePadron:
    return funcion(
        importacion_id=cual.importacion_id,
        fila_id=cual.pk,
        version=cual.version,
        alcance=PROVINCIA,
        ahora=timezone.now(),
        **mas,
    )


def confirmar(importacion) -> dict[str, int]:
    return padron.confirmar(importacion_id=importacion.pk, alcance=PROVINCIA, ahora=timezone.now())


@pytest.mark.usefixtures("provincia")
class TestEnLaMesa:
    def test_titular_and_alterno_with_one_name_wait_for_somebody(self):
        importacion = revisar(fila(), fila(DNI="45555555", Calidad="alterno"))
        una, otra = filas(importacion)
        assert acciones(importacion) == ["rechazar", "rechazar"]
        (problema,) = una.problemas
        assert (problema["campo"], problema["codigo"]) == ("documento", "posible_repetida")
        assert problema["propuestas"] == ["45555555"] and "la fila 3" in problema["texto"]
        assert confirmar(importacion)["crear"] == 0
        acto(banco.aceptar_aviso, una, codigo="posible_repetida")
        acto(banco.aceptar_aviso, otra, codigo="posible_repetida")
        assert confirmar(importacion)["crear"] == 2

    def test_mending_the_document_of_one_frees_the_other(self):
        importacion = revisar(fila(), fila(DNI="40000110", Distrito="Pucayacu"))
        _una, otra = filas(importacion)
        acto(banco.corregir_fila, otra, valores={"documento": "40000101"})
        assert acciones(importacion) == ["crear", "crear"]
        acto(banco.corregir_fila, filas(importacion)[1], valores={"documento": "40000110"})
        assert acciones(importacion) == ["rechazar", "rechazar"]
        acto(banco.corregir_fila, filas(importacion)[1], valores={"apellidos": "Tello"})
        assert acciones(importacion) == ["crear", "crear"]

    def test_the_register_counts_within_the_scope(self):
        confirmar(revisar(fila(Distrito="Pucayacu")))
        nueva = fila(DNI="45555555")
        assert acciones(revisar(nueva)) == ["rechazar"]
        assert "alguien ya registrado (40000101)" in filas(revisar(nueva))[0].problemas[0]["texto"]
        assert acciones(revisar(nueva, alcance=LUYANDO)) == ["crear"]

    def test_two_people_of_the_register_are_two(self):
        lista = [fila(), fila(DNI="45555555", Distrito="Pucayacu")]
        importacion = revisar(*lista)
        for una in filas(importacion):
            acto(banco.aceptar_aviso, una, codigo="posible_repetida")
        confirmar(importacion)
        assert Persona.objects.count() == 2
        assert acciones(revisar(*lista)) == ["igual", "igual"]


def test_first_names_under_the_surnames_are_shown_and_not_changed_alone():
    leida = leer(catalogo(), nombres="Quispe Huamán", apellidos="Rosa Elena")
    assert [(p.campo, p.codigo) for p in leida.problemas] == [("nombres", "parecen_cambiados")]
    assert leer(catalogo(), nombres="Rosa", apellidos="Santiago Rosas").problemas == []


@pytest.mark.usefixtures("provincia")
def test_names_and_surnames_change_places_in_one_touch(client):
    importacion = revisar(fila(Nombres="Quispe Huamán", Apellidos="Rosa Elena"))
    (una,) = filas(importacion)
    client.force_login(gente.crear_coordinacion("cem-p", "1006"))
    assert "Intercambiar nombres y apellidos" in client.get(f"/panel/importar/{importacion.pk}").content.decode()
    client.post(f"/panel/importar/{importacion.pk}/fila/{una.pk}", {"version": una.version, "intercambiar": "1"})
    (una,) = filas(importacion)
    assert (una.leida["nombres"], una.leida["apellidos"], una.accion) == ("Rosa Elena", "Quispe Huamán", "crear")
