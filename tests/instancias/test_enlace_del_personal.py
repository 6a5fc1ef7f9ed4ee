"""The staff's page of a personal link: a button makes it, an address shows it, and only a clear word replaces it."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.utils import timezone

from instancias.acceso.services.enlaces import buscar_enlace, consumir_enlace, crear_enlace
from instancias.models import EnlaceDeAcceso, Persona
from marco.models import AjustesDelAula
from tests import gente
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def oficina(entrar, cem_provincial):
    return entrar(cem_provincial)


@pytest.fixture
def direccion(integrante):
    return f"/panel/personas/{integrante.pk}/enlace"


def token_en(texto: str) -> str:
    return re.search(r"/a/([0-9A-Z]{26})", unquote(texto))[1]


def test_the_button_leads_to_an_address_that_can_be_loaded_again(oficina, direccion):
    respuesta = oficina.post(direccion)
    assert (respuesta.status_code, respuesta.url) == (302, direccion)
    primera, segunda = oficina.get(direccion), oficina.get(direccion)
    assert token_en(primera.text) == token_en(segunda.text)
    assert EnlaceDeAcceso.objects.count() == 1
    assert EnlaceDeAcceso.objects.get().anulado_en is None
    assert primera["Cache-Control"] == "no-store"
    assert "Copiar mensaje" in primera.text and "wa.me" in primera.text


def test_the_button_again_shows_the_link_that_works(oficina, direccion):
    primera = token_en(oficina.post(direccion, follow=True).text)
    assert token_en(oficina.post(direccion, follow=True).text) == primera
    assert EnlaceDeAcceso.objects.count() == 1


def test_another_one_is_asked_for_in_so_many_words(oficina, direccion):
    primera = token_en(oficina.post(direccion, follow=True).text)
    assert "este deja de servir" in oficina.get(direccion).text
    segunda = token_en(oficina.post(direccion, {"otro": "1"}, follow=True).text)
    assert segunda != primera
    assert buscar_enlace(token=primera).anulado_en and not buscar_enlace(token=segunda).anulado_en


def test_whoever_did_not_make_it_is_told_who_did_and_sees_no_token(oficina, direccion, entrar, coordinadora_a):
    oficina.post(direccion)
    otra = entrar(coordinadora_a)
    texto = otra.post(direccion, follow=True).text
    assert "Lo hizo Carla Soto, y solo quien lo hizo puede volver a verlo." in texto
    assert "Si hace otro, el anterior deja de servir." in texto
    assert "/a/" not in texto and "Código:" not in texto
    assert EnlaceDeAcceso.objects.count() == 1


def test_the_database_does_not_show_it(oficina, direccion):
    texto = oficina.post(direccion, follow=True).text
    token, codigo = token_en(texto), re.search(r"Código: <strong>([\w-]+)<", texto)[1].replace("-", "")
    guardado = repr(dict(oficina.session))
    assert token not in guardado and codigo not in guardado
    oficina.post("/salir")
    assert "k_enlaces" not in oficina.session


def test_a_link_that_was_used_says_so(oficina, direccion, integrante):
    consumir_enlace(token=token_en(oficina.post(direccion, follow=True).text), ahora=timezone.now())
    texto = oficina.get(direccion).text
    assert "Ya entró con su enlace el" in texto and "Haga otro enlace solo si la olvidó." in texto
    assert "/a/" not in texto
    integrante.cuenta.set_unusable_password()
    integrante.cuenta.save()
    assert "Todavía no creó su clave." in oficina.get(direccion).text


def test_looking_makes_none(oficina, direccion):
    assert "No tiene un enlace que sirva." in oficina.get(direccion).text
    assert not EnlaceDeAcceso.objects.exists()


def test_the_way_back_is_the_list_one_came_from_and_never_another_site(oficina, direccion):
    respuesta = oficina.post(direccion, {"volver": "/panel/recordar?motivo=no_entro"}, follow=True)
    assert 'href="/panel/recordar?motivo=no_entro"' in respuesta.text
    for malo in ("https://example.org/panel", "//example.org/panel", "/panelero", "/admin/"):
        respuesta = oficina.post(direccion, {"volver": malo, "otro": "1"})
        assert respuesta.url == direccion
        assert malo not in oficina.get(direccion, {"volver": malo}).text.replace('href="/admin/"', "")


def test_a_closed_account_gets_no_link(oficina, direccion, integrante):
    integrante.cuenta.is_active = False
    integrante.cuenta.save()
    respuesta = oficina.post(direccion)
    assert respuesta.status_code == 409
    assert "La cuenta de esta persona está desactivada" in respuesta.text
    assert not EnlaceDeAcceso.objects.exists()


def test_the_list_offers_it_only_for_whom_one_answers(entrar, coordinadora_a, integrante, integrante_de_b):
    """Somebody of another place today, seen here because of a seat that is over."""
    hoy = timezone.localdate()
    cliente = entrar(coordinadora_a)
    gente.Membresia.objects.create(
        persona=integrante_de_b,
        asiento=gente.crear_asiento(gente.DISTRITO_A, orden=9),
        calidad="titular",
        desde=gente.DESDE,
        hasta=hoy - timezone.timedelta(days=30),
    )
    pagina = cliente.get("/panel/personas?quienes=todas").text
    assert "Tello" in pagina
    assert f"/panel/personas/{integrante.pk}/enlace" in pagina
    assert f"/panel/personas/{integrante_de_b.pk}/enlace" not in pagina


@pytest.mark.parametrize("con_nombre", [True, False])
def test_the_same_person_signs_the_link_and_invites(con_nombre, entrar, visitante, cem, direccion, integrante):
    """An account without a name signs as the facilitator of its office."""
    nombres = {"first_name": "Nora", "last_name": "Vela"} if con_nombre else {}
    oficina = entrar(gente.crear_coordinacion("otra", gente.PROVINCIA, **nombres))
    ajustes = AjustesDelAula.load()
    ajustes.entidad = "Municipalidad Provincial de Leoncio Prado"
    ajustes.save()
    texto = oficina.post(direccion, follow=True).text
    quien = "Nora Vela" if con_nombre else "Carla Soto"
    assert f"Le saluda {quien}." in texto
    invitacion = visitante.get(f"/a/{token_en(texto)}").text
    assert f"Le invita {quien}, Municipalidad Provincial de Leoncio Prado." in invitacion
    assert "Es un curso en su celular, con certificado." in invitacion


def test_the_message_says_the_last_day_on_which_it_opens(oficina, direccion):
    texto = oficina.post(direccion, follow=True).text
    dia = timezone.localdate() + timezone.timedelta(days=6)
    assert EnlaceDeAcceso.objects.get().ultimo_dia == dia
    assert f"Sirve una vez, hasta el {dia.day} de " in texto


def test_who_has_no_account_yet_gets_one_by_its_button(oficina, direccion, integrante, visitante):
    Persona.objects.filter(pk=integrante.pk).update(cuenta=None)
    token = token_en(oficina.post(direccion, follow=True).text)
    assert visitante.post(f"/a/{token}").url == "/clave"


def test_a_link_of_someone_else_is_not_remembered_for_a_person(oficina, direccion, integrante, cem_provincial):
    """The link that one made and another replaced is not shown as if it worked."""
    primera = token_en(oficina.post(direccion, follow=True).text)
    crear_enlace(persona=integrante, por=None, ahora=timezone.now())
    texto = oficina.get(direccion).text
    assert primera not in texto and "Ya tiene un enlace" in texto
