"""The pocket guide as a page: the same for everybody, light, and nothing of who looks."""

from __future__ import annotations

import datetime
import gzip

import pytest
from django.test import Client
from django.urls import reverse

from cursos.models import Orientacion, QuienAtiende, TipoDeRelato
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from instancias.consultas import telefonos as consulta
from instancias.models import Cobertura, Oficina, TelefonoDeZona
from marco.models import NombreInstitucional
from tests import gente
from tests.cursos.factories import crear_articulo, crear_catalogo
from tests.mundos import hecho_una_vez
from tests.neutralidad import faltas
from tests.programas.factories import cargar_la_guia

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
HOY = datetime.date(2026, 11, 23)


@pytest.fixture
@hecho_una_vez
def guia(territorio):
    articulo = crear_articulo()
    relato = TipoDeRelato.objects.create(clave="peligro", nombre="Está en peligro", diga="«Le creo».", no_diga="«No».")
    policia = QuienAtiende.objects.create(clave="policia", nombre="Policía")
    return Orientacion.objects.create(
        quien=policia,
        relato=relato,
        paso_1="Vaya.",
        paso_2="Llame al {emergencia}.",
        paso_3="Envíe.",
        articulo=articulo,
    )


def leer(cliente=None, direccion="/guia"):
    respuesta = (cliente or Client()).get(direccion)
    assert respuesta.status_code == 200
    return respuesta


def test_it_says_steps_a_sentence_and_the_law_with_the_numbers_of_today(guia):
    NombreInstitucional.objects.filter(clave="emergencia").delete()
    NombreInstitucional.objects.create(clave="emergencia", nombre="911", corto="911", numero="911")
    pagina = leer().content.decode()
    for dicho in (
        "Está en peligro",
        "«Le creo».",
        "«No».",
        "Policía",
        "Vaya.",
        "Llame al 911.",
        "Art. 16 de la Ley 30364",
    ):
        assert dicho in pagina


def test_it_is_the_same_for_whoever_opens_it_and_asks_nothing(guia, integrante, cem_provincial, entrar):
    paginas = [leer(cliente) for cliente in (Client(), entrar(integrante), entrar(cem_provincial))]
    assert len({una.content for una in paginas}) == 1
    pagina = paginas[0].content.decode()
    assert "<input" not in pagina and "<textarea" not in pagina and "<select" not in pagina
    assert pagina.count("<form") == 1 and 'action="/salir"' in pagina
    assert paginas[1]["Cache-Control"] == "private, max-age=900"
    assert not paginas[1].cookies
    assert faltas(pagina) == []


def test_a_message_for_one_person_is_not_left_in_it(guia, integrante, entrar):
    cliente = entrar(integrante)
    galletas = {nombre: una.value for nombre, una in cliente.cookies.items()}
    leer(cliente)
    assert {nombre: una.value for nombre, una in cliente.cookies.items()} == galletas


def test_an_answer_that_nobody_wrote_says_whom_to_call(guia):
    QuienAtiende.objects.create(clave="salud", nombre="Posta", orden=1)
    assert "Todavía no hay pasos escritos." in leer().content.decode()
    TipoDeRelato.objects.all().delete()
    assert "La guía todavía no tiene pasos." in leer().content.decode()


def test_phones_are_those_of_the_office_and_of_the_place(guia, territorio):
    oficina = Oficina.objects.create(nombre="Centro de Luyando", telefono="062111222")
    vieja = Oficina.objects.create(nombre="Centro de antes", telefono="062999999")
    Cobertura.objects.create(oficina=oficina, territorio_id=gente.DISTRITO_B, desde=gente.DESDE)
    Cobertura.objects.create(
        oficina=vieja, territorio_id=gente.DISTRITO_B, desde=gente.DESDE, hasta=datetime.date(2026, 2, 1)
    )
    TelefonoDeZona.objects.create(territorio_id=gente.DISTRITO_A, servicio="Comisaría", telefono="062333444")
    pagina = leer().content.decode()
    assert 'href="tel:062111222"' in pagina and 'href="tel:062333444"' in pagina
    assert "062999999" not in pagina
    assert pagina.index("Luyando</h3>") < pagina.index("Rupa-Rupa</h3>")


def test_where_places_are_too_many_each_province_has_its_page(guia, territorio, monkeypatch):
    monkeypatch.setattr(consulta, "CABEN", 1)
    for n in range(2):
        TelefonoDeZona.objects.create(territorio_id=gente.DISTRITO_A, servicio=f"Puesto {n}", telefono="062333444")
    TelefonoDeZona.objects.create(territorio_id="10", servicio="Del departamento", telefono="062555666")
    pagina = leer().content.decode()
    assert "062333444" not in pagina and 'href="/guia/1006"' in pagina
    assert "062555666" in leer(direccion="/guia/1006").content.decode()
    assert leer(direccion="/guia/1006").content.decode().count("062333444") == 4
    for direccion in ("/guia/9999", "/guia/100601", "/guia/x"):
        assert Client().get(direccion).status_code == 404


@pytest.mark.parametrize("cuantas", [1, 6])
def test_statements_do_not_grow_with_what_it_says(guia, presupuesto, cuantas):
    for n in range(cuantas):
        quien = QuienAtiende.objects.create(clave=f"q{n}", nombre=f"Q{n}", orden=n)
        Orientacion.objects.create(
            quien=quien, relato=guia.relato, paso_1="A", paso_2="B {linea}", paso_3="C", articulo=guia.articulo
        )
        TelefonoDeZona.objects.create(territorio_id=gente.DISTRITO_A, servicio=f"P{n}", telefono="062333444")
    leer()
    with presupuesto(6):
        leer()


def test_the_real_guide_weighs_fifteen_kilobytes_at_most(territorio):
    cargar_la_guia()
    pagina = leer().content
    assert len(gzip.compress(pagina, 6)) <= 15 * 1024
    assert pagina.count(b"<ol>") == 72


def test_a_trainer_corrects_an_answer_and_neither_adds_nor_takes_away(guia, capacitadora, entrar):
    crear_catalogo()
    asegurar_grupo_de_capacitadoras()
    cliente = entrar(capacitadora)
    lista = "/admin/snippets/kuska_cursos/orientacion"
    assert cliente.get(f"{lista}/").status_code == 200
    datos = {"paso_1": "Vaya ya.", "paso_2": "Reciba.", "paso_3": "Envíe.", "articulo": guia.articulo_id}
    datos |= {"quien": guia.quien_id, "relato": guia.relato_id}
    assert cliente.post(f"{lista}/edit/{guia.pk}/", {**datos, "otro_articulo": ""}).status_code == 302
    assert "Vaya ya." in leer().content.decode()
    assert "otro_articulo" in cliente.get(f"{lista}/edit/{guia.pk}/").content.decode()
    for direccion in (f"{lista}/add/", f"{lista}/delete/{guia.pk}/"):
        assert cliente.post(direccion, {}).status_code == 302
    assert Orientacion.objects.count() == 1
    datos["articulo"] = ""
    assert cliente.post(f"{lista}/edit/{guia.pk}/", datos).status_code == 200, "sin artículo no se guarda"


def test_who_administers_adds_with_keys_of_their_own_and_an_answer_keeps_its_place(entrar, guia, administradora):
    cliente = entrar(administradora)
    for lugar, datos in (
        ("quienatiende", {"nombre": "Junta vecinal", "orden": "20"}),
        ("tipoderelato", {"nombre": "Junta vecinal", "diga": "«Sí.»", "no_diga": "«No.»", "orden": "20"}),
    ):
        for _vez in range(2):
            assert cliente.post(f"/admin/snippets/kuska_cursos/{lugar}/add/", datos).status_code == 302
    claves = list(QuienAtiende.objects.filter(nombre="Junta vecinal").values_list("clave", flat=True))
    assert "junta-vecinal" in claves and len(set(claves)) == 2
    otra = QuienAtiende.objects.get(clave="junta-vecinal")
    lista = "/admin/snippets/kuska_cursos/orientacion"
    datos = {"paso_1": "Vaya.", "paso_2": "Reciba.", "paso_3": "Envíe.", "articulo": guia.articulo_id}
    datos |= {"otro_articulo": "", "relato": guia.relato_id, "quien": otra.pk}
    assert cliente.post(f"{lista}/add/", datos).status_code == 302
    assert cliente.post(f"{lista}/add/", datos).status_code == 200, "ya hay una"
    for mal in ({}, {"quien": guia.quien_id, "otro_articulo": guia.articulo_id}):  # another place; the same article
        assert cliente.post(f"{lista}/edit/{guia.pk}/", {**datos, **mal}).status_code == 200
    assert Orientacion.objects.get(pk=guia.pk).quien_id == guia.quien_id and Orientacion.objects.count() == 2


def test_inicio_leads_to_it(integrante, entrar, territorio):
    assert f'href="{reverse("kuska_cursos:guia")}"' in entrar(integrante).get("/inicio").content.decode()
