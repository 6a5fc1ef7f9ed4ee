"""The pages of two registers of one person: find the other one, see both, make them one, take them apart."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry

from instancias import padron
from instancias.models import Asiento, Distincion, Fusion, Persona
from instancias.padron.revision import completas
from tests import gente
from tests.instancias.fusiones import PROVINCIA, unir
from tests.instancias.hojas import fila, hoja, planeadas
from tests.instancias.mesas import persona, sentada
from tests.instancias.test_relevo_paginas import ocultos
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.usefixtures("territorio"), pytest.mark.un_motor]


@pytest.fixture
def rosa():
    una = persona("40000101", "Rosa", "Quispe Huamán", celular="987654321")
    sentada(gente.crear_asiento("100601", orden=1, corto="Alcaldía"), una)
    return una


@pytest.fixture
def otra():
    una = persona("40000107", "Rosa Elena", "Quispe Huamán", celular="912345678")
    sentada(gente.crear_asiento("100605", orden=2, corto="Subprefectura"), una, "alterno")
    return una


@pytest.fixture
@hecho_una_vez
def cem(cem_provincial, entrar):
    return entrar(cem_provincial)


def comparacion(una: Persona, otra: Persona) -> str:
    return f"/panel/personas/{una.pk}/unir/{otra.pk}"


def enviar(cliente, una: Persona, otra: Persona, **elegido: str):
    datos = ocultos(cliente.get(comparacion(una, otra)).content.decode())
    return cliente.post(comparacion(una, otra), {**datos, **elegido}, follow=True)


def test_from_the_page_of_the_person_to_one_register_and_back(cem, rosa, otra):
    texto = cem.get(f"/panel/personas/{rosa.pk}").content.decode()
    assert f"/panel/personas/{rosa.pk}/unir" in texto and "¿Está registrada dos veces?" in texto
    texto = cem.get(f"/panel/personas/{rosa.pk}/unir").content.decode()
    assert "Rosa Elena Quispe Huamán" in texto and comparacion(rosa, otra) in texto
    antes = cem.get(comparacion(rosa, otra)).content.decode()
    assert "Alcaldía, Rupa-Rupa" in antes and "Subprefectura, Luyando" in antes and "Todavía no se guardó nada" in antes
    assert antes.count('type="radio"') == 6 and "Pasa al registro que queda." in antes
    respuesta = enviar(cem, rosa, otra, documento="absorbida", nombres="absorbida", celular="queda")
    texto = respuesta.content.decode()
    assert respuesta.redirect_chain[-1][0] == f"/panel/personas/{rosa.pk}"
    assert "Quedó un solo registro" in texto and "DNI 40000107" in texto and "Rosa Elena" in texto
    assert "(40000101)" in texto and "Subprefectura" in texto
    fusion = Fusion.objects.get()
    for ruta in ("personas", "persona"):
        assert cem.get(f"/panel/{ruta}/{otra.pk}").url == f"/panel/{ruta}/{rosa.pk}"
    texto = cem.post(f"/panel/uniones/{fusion.pk}/separar", follow=True).content.decode()
    assert "Los registros se separaron" in texto and "DNI 40000101" in texto
    assert cem.get(f"/panel/personas/{otra.pk}").status_code == 200


def test_two_people_are_said_to_be_two_once_and_it_can_be_taken_back(cem, rosa, otra, entrar, cem_provincial):
    son_dos, repetidas = f"{comparacion(otra, rosa)}/son-dos", "/panel/personas/repetidas"
    texto = cem.get(repetidas).content.decode()
    assert texto.count("Comparar") == 1 and comparacion(rosa, otra) in texto and "ya se dijo" not in texto
    for _vez in range(2):
        texto = cem.post(son_dos, follow=True).content.decode()
    assert "(40000107) y Rosa Quispe Huamán (40000101) son dos personas. Ya no se proponen." in texto
    assert "Comparar" not in texto and "Ver 1 par que ya se dijo que son dos personas" in texto
    dicha = Distincion.objects.get()
    assert (dicha.una, dicha.otra, dicha.dicha_por) == (min(rosa.pk, otra.pk), max(rosa.pk, otra.pk), cem_provincial)
    assert ModelLogEntry.objects.filter(action="instancias.distinguir").count() == 2
    # Neither does the page of one of them propose the other; who looks for her by name finds her.
    assert comparacion(rosa, otra) not in cem.get(f"/panel/personas/{rosa.pk}/unir").content.decode()
    assert comparacion(rosa, otra) in cem.get(f"/panel/personas/{rosa.pk}/unir?q=elena").content.decode()
    quien = f"lo dijo {cem_provincial.get_full_name()} el {date_format(timezone.localdate())}"
    assert quien in cem.get(f"{repetidas}?ver=distintas").content.decode()
    antes = cem.get(comparacion(rosa, otra)).content.decode()
    assert "que son dos personas. Si los une, eso queda sin efecto." in antes
    texto = cem.post(son_dos, {"retirar": "1"}, follow=True).content.decode()
    assert "se vuelven a proponer" in texto and not Distincion.objects.exists()
    assert cem.post(son_dos, {"retirar": "1"}).status_code == 302
    assert comparacion(rosa, otra) in cem.get(repetidas).content.decode()
    # Who does not answer for both says nothing of them; who makes them one takes back that they were two.
    ajena = entrar(gente.crear_coordinacion("luyando", "100605"))
    assert ajena.post(son_dos).status_code == 404 and not Distincion.objects.exists()
    cem.post(son_dos)
    enviar(cem, rosa, otra)
    assert Fusion.objects.exists() and not Distincion.objects.exists()


def test_a_second_click_and_the_other_way_round(cem, rosa, otra):
    datos = ocultos(cem.get(comparacion(rosa, otra)).content.decode())
    al_reves = ocultos(cem.get(comparacion(otra, rosa)).content.decode())
    for _vez in range(2):
        assert cem.post(comparacion(rosa, otra), datos).url == f"/panel/personas/{rosa.pk}"
    respuesta = cem.post(comparacion(otra, rosa), al_reves, follow=True)
    assert "ya se unió con otro" in respuesta.content.decode()
    assert Fusion.objects.count() == 1


def test_what_changed_since_is_shown_again_and_nothing_is_saved(cem, rosa, otra):
    datos = ocultos(cem.get(comparacion(rosa, otra)).content.decode())
    Persona.objects.filter(pk=otra.pk).update(nombres="Elena")
    for viejo in (datos, {}):
        respuesta = cem.post(comparacion(rosa, otra), {**viejo, "celular": "absorbida"})
        texto = respuesta.content.decode()
        assert respuesta.status_code == 422 and "Mientras tanto cambió algo" in texto
        assert re.search(r'name="celular" value="absorbida"\s+checked', texto)
    assert not Fusion.objects.exists()


def test_the_register_that_stays_is_the_other_one(cem, rosa, otra):
    assert comparacion(otra, rosa) in cem.get(comparacion(rosa, otra)).content.decode()


def test_who_answers_for_one_of_them_finds_nothing(rosa, otra, coordinadora_a, coordinador_b, entrar):
    for quien, suya in ((coordinadora_a, rosa), (coordinador_b, otra)):
        cliente = entrar(quien)
        assert cliente.get(comparacion(rosa, otra)).status_code == 404
        assert cliente.post(comparacion(rosa, otra)).status_code == 404
        texto = cliente.get(f"/panel/personas/{suya.pk}/unir?q=quispe").content.decode()
        assert "No se encontró a nadie más a su cargo" in texto
    fusion = unir(rosa, otra)
    sin_nada = entrar(gente.crear_capacitadora())
    assert sin_nada.post(f"/panel/uniones/{fusion.pk}/separar").status_code == 404
    texto = entrar(coordinadora_a).post(f"/panel/uniones/{fusion.pk}/separar", follow=True).content.decode()
    assert "Los dos registros deben estar a su cargo para separarlos" in texto


def test_a_number_that_is_nobodys_is_not_found(cem, rosa):
    for numero in (0, 10**6, 10**30):
        assert cem.get(f"/panel/personas/{rosa.pk}/unir/{numero}").status_code == 404
        assert cem.get(f"/panel/personas/{numero}/unir").status_code == 404
        assert cem.post(f"/panel/uniones/{numero}/separar").status_code == 404
        assert cem.post(f"/panel/uniones/{numero}/soltar").status_code == 404
    assert cem.get(f"/panel/personas/{rosa.pk}/unir/{rosa.pk}").status_code == 404


def test_the_hidden_register_is_in_no_list(cem, rosa, otra):
    unir(rosa, otra)
    for pagina in ("/panel/personas?quienes=todas", "/panel/personas?q=rosa", "/panel/invitar", "/panel/lista"):
        texto = cem.get(pagina).content.decode()
        assert "Rosa Elena" not in texto, pagina
    assert "Rosa Elena" not in cem.get("/panel/personas/repetidas").content.decode()


def test_registers_that_look_alike_are_listed(cem, rosa, otra):
    tercera = persona("40000102", "Juan", "Quispe Huamán")
    sentada(gente.crear_asiento("100601", orden=3, corto="Salud"), tercera)
    texto = cem.get("/panel/personas/repetidas").content.decode()
    assert comparacion(rosa, otra) in texto and "documentos casi iguales" in texto
    assert "Juan" not in texto
    Persona.objects.filter(pk=otra.pk).update(apellidos="Tello", nombres="Inés")
    assert "No hay registros que se parezcan" in cem.get("/panel/personas/repetidas").content.decode()


def test_the_document_of_the_hidden_register_is_let_go_from_the_page(cem, rosa, otra):
    fusion = unir(rosa, otra)
    assert "Ese documento es de otra persona" in cem.get(f"/panel/personas/{rosa.pk}").content.decode()
    texto = cem.post(f"/panel/uniones/{fusion.pk}/soltar", follow=True).content.decode()
    assert "puede registrar a quien lo tiene" in texto and "ya no lleva a esta persona" in texto
    assert "Ese documento es de otra persona" not in texto


def test_registering_with_the_old_document_says_whose_it_is(cem, rosa, otra):
    unir(rosa, otra)
    libre = gente.crear_asiento("100601", orden=5, corto="Salud")
    datos = {"documento": "40000107", "nombres": "Rosa", "apellidos": "Quispe Huamán", "calidad": "titular"}
    texto = cem.post("/panel/personas/nueva", {**datos, "asiento": libre.pk}, follow=True).content.decode()
    assert "El documento 40000107 es de un registro que se unió" in texto
    assert rosa.membresias.count() == 3


def revisar(*filas):
    return padron.revisar(
        nombre="lista.xlsx",
        contenido=hoja(*filas),
        esquema="inei",
        alcance=PROVINCIA,
        por=None,
        ahora=timezone.now(),
    )


@pytest.mark.usefixtures("provincia")
def test_a_list_with_the_old_document_is_read_as_the_one_who_stays(rosa, otra):
    unir(rosa, otra)
    juan = fila(DNI="40000107", Nombres="Juan", Apellidos="Tello Ríos", Asiento="IDC-05")
    lista = revisar(fila(DNI="40000107"), juan)
    buena, mala = planeadas(lista)
    assert buena["accion"] == "crear" and not buena["leida"]["problemas"]
    assert any("se lee como el 40000101, de Rosa Quispe Huamán" in detalle for detalle in buena["detalles"])
    assert mala["accion"] == "rechazar"
    assert padron.confirmar(importacion_id=lista.pk, alcance=PROVINCIA, ahora=timezone.now())["crear"] == 1
    assert rosa.membresias.count() == 3 and Persona.objects.count() == 2
    otra_vez = planeadas(revisar(fila(DNI="40000107")))
    assert [una["accion"] for una in otra_vez] == ["igual"]


@pytest.mark.usefixtures("provincia")
def test_a_complete_list_with_the_old_document_takes_no_seat_away(otra):
    """Whoever stays is named by it."""
    rosa = persona("40000101", "Rosa", "Quispe Huamán")
    suyo = Asiento.objects.get(tipo__codigo="IDC-03", instancia__territorio_id="100605", numero=1)
    sentada(suyo, rosa)
    unir(rosa, otra)
    lista = revisar(fila(DNI="40000107", Celular=""))
    ajena = sentada(Asiento.objects.get(tipo__codigo="IDC-01", instancia=suyo.instancia, numero=1), persona("40000150"))
    salen = {una.pk for una in completas.quienes_saldrian(lista, ["100605"])}
    assert ajena.pk in salen and rosa.membresias.get(asiento=suyo).pk not in salen


@pytest.mark.usefixtures("provincia")
def test_a_list_that_gives_the_old_document_to_somebody_else_says_what_to_do(rosa, otra):
    unir(rosa, otra)
    (mala,) = planeadas(revisar(fila(DNI="40000107", Nombres="Juan", Apellidos="Tello Ríos")))
    assert mala["accion"] == "rechazar"
    assert "suéltelo en la página de Rosa Quispe Huamán" in mala["problemas"][0]["texto"]


@pytest.mark.usefixtures("provincia")
def test_undoing_a_list_leaves_whom_was_made_one(cem):
    lista = revisar(fila(), fila(DNI="40000302", Nombres="Elsa", Apellidos="Tello", Asiento="IDC-05"))
    padron.confirmar(importacion_id=lista.pk, alcance=PROVINCIA, ahora=timezone.now())
    una, otra = Persona.objects.order_by("documento")
    unir(una, otra)
    texto = cem.get(f"/panel/importar/{lista.pk}/deshacer").content.decode()
    assert texto.count("se unió con otro registro") == 2
    cem.post(f"/panel/importar/{lista.pk}/deshacer")
    assert una.membresias.vigentes().count() == 2
