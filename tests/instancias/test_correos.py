"""Links by e-mail, to who left theirs: asked for by somebody, sent in the background, never twice."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from instancias import tasks
from instancias.acceso.services import correos
from instancias.acceso.services.enlaces import crear_enlace
from instancias.models import EnlaceDeAcceso, EnvioPorCorreo, LineaDeRastro, Persona
from marco.models import AjustesDelAula
from tests import gente
from tests.instancias.test_invitar import COLA, en_cola, sin_clave
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
ENVIAR = "/panel/invitar/por-correo"


@pytest.fixture
@hecho_una_vez
def encendido(db):
    AjustesDelAula.objects.update_or_create(defaults={"correo_activo": True})


@pytest.fixture
@hecho_una_vez
def oficina(entrar, cem_provincial):
    return entrar(cem_provincial)


@pytest.fixture
@hecho_una_vez
def dos(territorio):
    """One who left an e-mail, and one who did not."""
    con, sin = sin_clave(1), sin_clave(2)
    Persona.objects.filter(pk=con.pk).update(correo="persona@example.org")
    con.refresh_from_db()
    return con, sin


def pedir(oficina, capturar) -> None:
    with capturar(execute=True):
        oficina.post(ENVIAR, {"volver": COLA})


@pytest.fixture
def capturar(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def estados() -> list[str]:
    return list(EnvioPorCorreo.objects.order_by("pk").values_list("estado", flat=True))


def test_each_who_left_an_email_gets_a_link_of_their_own(encendido, oficina, dos, capturar, visitante):
    assert "Enviar a 1 por correo" in oficina.get(COLA).text
    pedir(oficina, capturar)
    (mensaje,) = mail.outbox
    assert mensaje.to == ["persona@example.org"] and mensaje.subject == "Su enlace personal"
    assert "Le saluda Carla Soto." in mensaje.body
    assert "¿Es usted Persona A.?" in visitante.get(re.search(r"/a/[0-9A-Z]{26}", mensaje.body)[0]).text
    pagina = oficina.get(COLA)
    assert en_cola(pagina) == ["Persona C"] and "enviado 1" in pagina.text
    assert "Se envió por correo" in oficina.get(f"/panel/personas/{dos[0].pk}/enlace").text


def test_asked_twice_or_run_twice_it_goes_out_once(encendido, oficina, dos, capturar):
    oficina.post(ENVIAR)
    oficina.post(ENVIAR)
    assert correos.pedir_envios(personas=[dos[0]], por=None, ahora=timezone.now()) == 0  # from another tab
    assert len(estados()) == 1
    assert LineaDeRastro.objects.filter(detalle="instancias.pedir_correo", persona=dos[0].pk).count() == 1
    tasks.enviar_correos()
    tasks.enviar_correos()
    correos.enviar(envio_id=EnvioPorCorreo.objects.get().pk, ahora=timezone.now())
    assert estados() == ["enviado"]
    pedir(oficina, capturar)
    assert len(mail.outbox) == 1 == EnlaceDeAcceso.objects.count()


def test_where_it_is_off_nothing_is_asked_nor_sent(oficina, dos, entrar, integrante, capturar):
    assert "por correo" not in oficina.get(COLA).text
    pedir(oficina, capturar)
    assert not mail.outbox and not estados()
    assert "Correo" not in entrar(integrante).get("/mis-datos").text
    assert 'name="correo"' not in oficina.get(f"/panel/personas/{integrante.pk}").text


def test_without_scope_meanwhile_nothing_leaves(encendido, oficina, dos, cem_provincial):
    oficina.post(ENVIAR)
    gente.Alcance.objects.filter(cuenta=cem_provincial).delete()
    tasks.enviar_correos()
    assert not mail.outbox and estados() == ["no_salio"] and not EnlaceDeAcceso.objects.exists()


def test_who_got_a_link_meanwhile_keeps_it(encendido, oficina, dos, coordinadora_a):
    oficina.post(ENVIAR)
    crear_enlace(persona=dos[0], por=coordinadora_a, ahora=timezone.now())
    tasks.enviar_correos()
    assert not mail.outbox and estados() == ["no_salio"]
    assert EnlaceDeAcceso.objects.get().anulado_en is None


def test_when_the_server_of_mail_fails_the_person_waits_again(encendido, oficina, dos, settings):
    oficina.post(ENVIAR)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    tasks.enviar_correos()
    assert estados() == ["no_salio"] and EnlaceDeAcceso.objects.get().anulado_en
    pagina = oficina.get(COLA)
    assert en_cola(pagina) == ["Persona B", "Persona C"] and "no salió 1" in pagina.text


def test_what_a_dead_worker_took_is_not_sent_again(encendido, oficina, dos):
    oficina.post(ENVIAR)
    hace = timezone.now() - datetime.timedelta(minutes=11)
    EnvioPorCorreo.objects.update(estado="saliendo", tomado_en=hace)
    tasks.enviar_correos()
    assert not mail.outbox and estados() == ["no_salio"]


def test_a_restored_copy_sends_nothing_of_before(encendido, oficina, dos):
    oficina.post(ENVIAR)
    EnvioPorCorreo.objects.update(pedido_en=timezone.now() - datetime.timedelta(days=2))
    assert correos.por_enviar(ahora=timezone.now()) == []
    assert estados() == ["no_salio"]


def test_it_cannot_be_turned_on_before_the_site_can_send(settings):
    ajustes = AjustesDelAula(correo_activo=True)
    settings.DEFAULT_FROM_EMAIL = "aula@example.org"
    ajustes.clean()
    for cambio in ({"DEFAULT_FROM_EMAIL": "webmaster@localhost"}, {"EMAIL_BACKEND": "x.dummy.EmailBackend"}):
        for nombre, valor in cambio.items():
            setattr(settings, nombre, valor)
        with pytest.raises(ValidationError, match="no puede enviar"):
            ajustes.clean()


def test_a_member_leaves_it_changes_it_and_takes_it_away(encendido, entrar, integrante):
    cliente = entrar(integrante)
    assert 'href="/mi-cuenta/correo"' in cliente.get("/mis-datos").text
    assert cliente.post("/mi-cuenta/correo", {"correo": "no es"}).status_code == 200
    cliente.post("/mi-cuenta/correo", {"correo": "rosa@example.org"})
    integrante.refresh_from_db()
    assert integrante.correo == "rosa@example.org"
    assert "rosa@example.org" in cliente.get("/mis-datos").text
    cliente.post("/mi-cuenta/correo", {"correo": ""})
    integrante.refresh_from_db()
    assert integrante.correo == ""


def test_the_office_writes_it_for_a_person(encendido, oficina, integrante):
    datos = {"documento": "40000001", "nombres": "Rosa", "apellidos": "Quispe Huamán", "celular": ""}
    oficina.post(f"/panel/personas/{integrante.pk}", {**datos, "correo": "rosa@example.org"})
    integrante.refresh_from_db()
    assert integrante.correo == "rosa@example.org"
