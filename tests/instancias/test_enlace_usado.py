"""A link that opens nothing any more leads somewhere: on, for whoever is in; to the door, for anybody else."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from instancias.acceso.services.claves import crear_clave
from instancias.acceso.services.enlaces import VIGENCIA, crear_enlace, mirar_enlace
from instancias.models import EnlaceDeAcceso, Membresia
from instancias.politica import AlcanceEfectivo
from instancias.services.personas import cesar
from marco.errores import ErrorDeDominio
from tests import gente

pytestmark = pytest.mark.django_db
TODO = AlcanceEfectivo((gente.PROVINCIA,))


@pytest.fixture
def token(integrante, cem_provincial):
    return crear_enlace(persona=integrante, por=cem_provincial, ahora=timezone.now()).token


def abre(token: str, ahora=None) -> bool:
    try:
        mirar_enlace(token=token, ahora=ahora or timezone.now())
    except ErrorDeDominio:
        return False
    return True


def entregar(persona, *, ultimo_dia=None, ahora=None, membresia=None) -> None:
    cesar(
        membresia=membresia or persona.membresias.first(),
        motivo="Cambio",
        alcance=TODO,
        por=None,
        ahora=ahora or timezone.now(),
        ultimo_dia=ultimo_dia,
    )


class TestUsado:
    @pytest.mark.un_motor
    def test_its_owner_goes_on(self, token, visitante, settings):
        visitante.post(f"/a/{token}")
        for metodo in ("get", "post"):
            respuesta = getattr(visitante, metodo)(f"/a/{token}")
            assert (respuesta.status_code, respuesta.url) == (302, settings.LOGIN_REDIRECT_URL)
            assert respuesta["Referrer-Policy"] == "no-referrer"

    @pytest.mark.un_motor
    def test_its_owner_goes_on_also_from_one_that_expired(self, integrante, entrar, settings):
        viejo = crear_enlace(persona=integrante, por=None, ahora=timezone.now() - VIGENCIA).token
        assert entrar(integrante).get(f"/a/{viejo}").url == settings.LOGIN_REDIRECT_URL

    @pytest.mark.un_motor
    @pytest.mark.parametrize("quien", ["nadie", "otra"])
    def test_anybody_else_is_offered_the_door(self, quien, token, entrar, integrante_de_b):
        Client().post(f"/a/{token}")
        cliente = Client() if quien == "nadie" else entrar(integrante_de_b)
        respuesta = cliente.get(f"/a/{token}")
        assert respuesta.status_code == 410
        assert "Entre con su clave" in respuesta.text and 'href="/entrar"' in respuesta.text
        assert "Este enlace no abre" not in respuesta.text
        for dato in ("40000001", "Rosa", "Quispe"):
            assert dato not in respuesta.text

    @pytest.mark.un_motor
    def test_the_door_is_offered_with_the_document_already_in_it(self, integrante, cem_provincial, settings):
        """Whose it was is known to the server: the page shows the end of the number, and asks for the key."""
        token = crear_enlace(persona=integrante, por=cem_provincial, ahora=timezone.now()).token
        Client().post(f"/a/{token}")
        cliente = Client(enforce_csrf_checks=True)
        pagina = cliente.get(f"/a/{token}").text
        assert "DNI ••••••01" in pagina and "40000001" not in pagina and 'name="identificador"' not in pagina
        datos = {"enlace": token, "csrfmiddlewaretoken": re.search(r'csrfmiddlewaretoken" value="(\w+)"', pagina)[1]}
        # The page of a link sends no referrer, so its form comes from nowhere.
        mal = cliente.post("/entrar", {**datos, "clave": "otra clave"}, headers={"origin": "null"})
        assert "no coinciden" in mal.text and "DNI ••••••01" in mal.text and "40000001" not in mal.text
        bien = cliente.post("/entrar", {**datos, "clave": gente.CLAVE}, headers={"origin": "null"})
        assert (bien.status_code, bien.url) == (302, settings.LOGIN_REDIRECT_URL)

    @pytest.mark.un_motor
    @pytest.mark.parametrize("como", ["vencido", "sin_clave", "del_personal"])
    def test_of_no_other_link_is_anything_told(self, como, token, integrante, visitante):
        Client().post(f"/a/{token}")
        if como == "vencido":
            EnlaceDeAcceso.objects.update(usado_en=None, vence_en=timezone.now())
        elif como == "sin_clave":
            integrante.cuenta.set_unusable_password()
            integrante.cuenta.save()
        else:
            gente.Alcance.objects.create(
                cuenta=integrante.cuenta, territorio_id=gente.DISTRITO_A, rol="coordinacion", desde=gente.DESDE
            )
        assert "•" not in visitante.get(f"/a/{token}").text
        respuesta = visitante.post("/entrar", {"enlace": token, "clave": gente.CLAVE})
        assert respuesta.status_code == 200 and "Escriba su DNI o su código." in respuesta.text

    @pytest.mark.un_motor
    def test_it_says_whom_to_ask(self, token, visitante, cem):
        EnlaceDeAcceso.objects.update(vence_en=timezone.now())
        texto = visitante.get(f"/a/{token}").text
        assert "Pida otro enlace a Carla Soto, que le envió este." in texto
        assert "https://wa.me/51900000000" in texto

    @pytest.mark.un_motor
    def test_the_page_of_a_closed_account_does_not_ask_who_it_is(self, token, integrante, visitante):
        """Its button would open nothing."""
        integrante.cuenta.is_active = False
        integrante.cuenta.save()
        assert visitante.get(f"/a/{token}").status_code == 410


class TestConElAsiento:
    def test_it_dies_when_the_seat_is_handed_over(self, token, integrante):
        assert abre(token)
        entregar(integrante)
        assert not abre(token)

    def test_with_a_last_day_it_dies_when_that_day_is_over(self, token, integrante):
        hoy = timezone.localdate()
        entregar(integrante, ultimo_dia=hoy + datetime.timedelta(days=1))
        medianoche = timezone.make_aware(datetime.datetime.combine(hoy, datetime.time())) + datetime.timedelta(days=2)
        assert abre(token, medianoche - datetime.timedelta(seconds=1))
        assert not abre(token, medianoche)
        assert EnlaceDeAcceso.objects.get().ultimo_dia == hoy + datetime.timedelta(days=1)

    def test_one_made_after_the_last_day_was_written_lives_until_then(self, integrante):
        ultimo = timezone.localdate() + datetime.timedelta(days=2)
        entregar(integrante, ultimo_dia=ultimo)
        creado = crear_enlace(persona=integrante, por=None, ahora=timezone.now())
        assert creado.ultimo_dia == ultimo

    def test_a_turn_that_is_called_off_on_its_first_day_takes_it_too(self, integrante):
        integrante.membresias.update(desde=timezone.localdate())
        token = crear_enlace(persona=integrante, por=None, ahora=timezone.now()).token
        entregar(integrante)
        assert not abre(token)

    def test_who_made_it_for_a_seat_does_not_keep_the_account_of_who_sits_elsewhere(self, token, integrante):
        entregar(integrante)
        Membresia.objects.create(
            persona=integrante,
            asiento=gente.crear_asiento(gente.DISTRITO_B, orden=8),
            calidad="titular",
            desde=timezone.localdate(),
        )
        assert not abre(token)
        assert abre(crear_enlace(persona=integrante, por=None, ahora=timezone.now()).token)

    def test_who_left_may_get_one_of_seven_days_for_their_papers(self, integrante):
        entregar(integrante)
        ahora = timezone.now()
        creado = crear_enlace(persona=integrante, por=None, ahora=ahora)
        assert creado.vence_en == ahora + VIGENCIA and abre(creado.token)

    def test_of_somebody_else_nothing_happens(self, token, integrante_de_b):
        entregar(integrante_de_b)
        assert abre(token)


def test_choosing_a_key_ends_the_link_that_was_open(token, integrante):
    crear_clave(cuenta=integrante.cuenta, clave="5932 0184", ahora=timezone.now())
    assert not abre(token)
