"""Who answers for a person: nobody takes over, by a seat, the account of somebody of another place."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from instancias import padron
from instancias.models import Asiento, EnlaceDeAcceso, Membresia, Persona
from instancias.politica import AlcanceEfectivo
from instancias.services import personas
from marco.errores import ErrorDeDominio
from tests import gente
from tests.instancias.hojas import fila, hoja, planeadas
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.usefixtures("provincia")
A, B, PROVINCIA = "100601", "100605", "1006"
AJENA = "Esa persona ya está registrada en otro lugar."


def asiento(ubigeo: str, codigo="IDC-11") -> Asiento:
    return Asiento.objects.get(tipo__codigo=codigo, instancia__territorio_id=ubigeo, numero=1)


def registrar(*, ubigeo: str, alcance: str, documento="40000101", apellidos="Quispe Huamán", codigo="IDC-11"):
    return personas.registrar_persona(
        documento=documento,
        nombres="Rosa",
        apellidos=apellidos,
        celular="",
        asiento=asiento(ubigeo, codigo),
        calidad="titular",
        designacion="",
        alcance=AlcanceEfectivo((alcance,)),
        por=None,
        ahora=timezone.now(),
    )


def entregar(persona: Persona, alcance: str) -> None:
    for membresia in persona.membresias.vigentes():
        personas.cesar(
            membresia=membresia,
            motivo="Cambio",
            alcance=AlcanceEfectivo((alcance,)),
            por=None,
            ahora=timezone.now(),
        )


def a_cargo(persona: Persona, ubigeo: str) -> bool:
    return Persona.objects.a_cargo((ubigeo,)).filter(pk=persona.pk).exists()


@pytest.fixture
@hecho_una_vez
def de_a(entrar):
    return entrar(gente.crear_coordinacion("a", A))


@pytest.fixture
@hecho_una_vez
def de_b(entrar):
    return entrar(gente.crear_coordinacion("b", B))


@pytest.mark.parametrize("apellidos", ["Quispe Huamán", "Otro Nombre"])
def test_by_hand_a_person_of_another_place_gets_no_seat_and_the_right_name_is_not_told(de_a, apellidos):
    persona = registrar(ubigeo=B, alcance=B)
    datos = {
        "documento": "40000101",
        "nombres": "Rosa",
        "apellidos": apellidos,
        "asiento": asiento(A).pk,
        "calidad": "titular",
    }
    respuesta = de_a.post("/panel/personas/nueva", datos)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert AJENA in texto
    assert "Luyando" not in texto
    assert persona.membresias.count() == 1
    assert de_a.post(f"/panel/personas/{persona.pk}/enlace").status_code == 404


@pytest.mark.parametrize("apellidos", ["Quispe Huamán", "Otro Nombre"])
def test_by_sheet_a_person_of_another_place_gets_no_seat(apellidos):
    persona = registrar(ubigeo=B, alcance=B)
    importacion = padron.revisar(
        nombre="lista.xlsx",
        contenido=hoja(fila(Distrito="Rupa-Rupa", Apellidos=apellidos, Celular="911111111")),
        esquema="inei",
        alcance=AlcanceEfectivo((A,)),
        por=None,
        ahora=timezone.now(),
    )
    assert planeadas(importacion)[0]["accion"] == "rechazar"
    assert AJENA in " ".join(planeadas(importacion)[0]["detalles"])
    padron.confirmar(importacion_id=importacion.pk, alcance=AlcanceEfectivo((A,)), ahora=timezone.now())
    persona.refresh_from_db()
    assert (persona.apellidos, persona.celular) == ("Quispe Huamán", "")
    assert persona.membresias.count() == 1


def test_a_former_place_does_not_take_back_who_sits_elsewhere_today():
    persona = registrar(ubigeo=A, alcance=A)
    entregar(persona, A)
    registrar(ubigeo=B, alcance=PROVINCIA)
    with pytest.raises(ErrorDeDominio) as error:
        registrar(ubigeo=A, alcance=A)
    assert error.value.codigo == "documento_ajeno"


def test_who_never_had_a_seat_may_be_taken_and_who_covers_both_places_may_seat():
    Persona.objects.create(documento="40000101", nombres="Rosa", apellidos="Quispe Huamán")
    persona = registrar(ubigeo=B, alcance=B)
    registrar(ubigeo=A, alcance=PROVINCIA)
    assert persona.membresias.vigentes().count() == 2
    assert a_cargo(persona, A)
    assert a_cargo(persona, B)


def test_the_last_place_answers_for_who_has_no_seat_today():
    persona = registrar(ubigeo=A, alcance=A)
    entregar(persona, A)
    assert a_cargo(persona, A)
    registrar(ubigeo=A, alcance=A, codigo="IDC-12")
    entregar(persona, A)
    Membresia.objects.update(desde=datetime.date(2026, 1, 1), hasta=datetime.date(2026, 2, 1))
    registrar(ubigeo=B, alcance=PROVINCIA)
    entregar(persona, B)
    assert a_cargo(persona, B)
    assert not a_cargo(persona, A)
    assert Persona.objects.con_cargo((A,)).get(pk=persona.pk).a_cargo is False
    assert not Persona.objects.a_cargo(()).exists()


def test_after_the_seat_is_handed_over_the_new_place_acts_and_the_former_only_reads(de_a, de_b):
    persona = registrar(ubigeo=A, alcance=A)
    entregar(persona, A)
    registrar(ubigeo=B, alcance=PROVINCIA)
    Persona.objects.update(celular="987654321")
    datos = {"nombres": "Otra", "apellidos": "Persona", "celular": "911111111"}
    assert de_a.post(f"/panel/personas/{persona.pk}/enlace").status_code == 404
    assert de_a.post(f"/panel/personas/{persona.pk}", datos).status_code == 404
    for direccion in (f"/panel/personas/{persona.pk}", f"/panel/persona/{persona.pk}"):
        leida, propia = de_a.get(direccion), de_b.get(direccion)
        assert leida.status_code == 200
        texto = leida.content.decode()
        assert "hoy la acompaña otro lugar" in texto
        assert "987654321" not in texto
        assert f"/panel/personas/{persona.pk}/enlace" not in texto
        assert f"/panel/personas/{persona.pk}/enlace" in propia.content.decode()
        assert "987654321" in propia.content.decode()
    assert de_b.post(f"/panel/personas/{persona.pk}/enlace", follow=True).status_code == 200
    assert EnlaceDeAcceso.objects.count() == 1
    persona.refresh_from_db()
    assert persona.nombre_completo == "Rosa Quispe Huamán"
