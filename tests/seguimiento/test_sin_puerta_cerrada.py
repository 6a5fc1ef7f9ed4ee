"""No message leads to a locked door: whoever has no key gets a personal link, in every button and list."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from instancias.acceso.accesos import Acceso, acceso, acceso_de
from instancias.models import EnlaceDeAcceso, Persona
from marco.models import AjustesDelAula
from tests.gente import CLAVE
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db
HACER = "Hacer enlace y escribir por WhatsApp"


@pytest.fixture
@hecho_una_vez
def cliente(entrar, cem_provincial):
    return entrar(cem_provincial)


def quitar_la_clave(persona, como: str) -> None:
    if como == "sin_cuenta":
        Persona.objects.filter(pk=persona.pk).update(cuenta=None)
    else:
        persona.cuenta.set_unusable_password()
        persona.cuenta.save()


@pytest.fixture(params=["sin_cuenta", "sin_clave"])
def sin_clave(request, edicion):
    """Somebody who never came in, or who came in by a link and did not choose a key."""
    persona = f.integrante(f.A, edicion, nombres="Rosa Elena", hechas=1, dias=20)
    quitar_la_clave(persona, request.param)
    return persona


def paginas(persona) -> list[str]:
    return [
        "/panel",
        "/panel/recordar",
        f"/panel/distrito/{f.A}",
        reverse("kuska_seguimiento:persona", args=[persona.pk]),
    ]


@pytest.mark.un_motor
def test_who_has_no_key_is_written_a_fresh_link(sin_clave, cliente):
    enlace = reverse("kuska_instancias:persona_enlace", args=[sin_clave.pk])
    for direccion in paginas(sin_clave):
        pagina = cliente.get(direccion).text
        a_personas = [uno for uno in re.findall(r"https://wa\.me/[^\"]*", pagina) if "Rosa" in unquote(uno)]
        assert not a_personas and "http://testserver/entrar" not in unquote(pagina), direccion
        assert f'action="{enlace}"' in pagina and HACER in pagina, direccion
        assert not EnlaceDeAcceso.objects.exists(), direccion
    pagina = cliente.post(enlace, {"volver": "/panel/recordar"}, follow=True).text
    (escribir,) = re.findall(r"https://wa\.me/51987654321[^\"]*", pagina)
    escrito = unquote(escribir)
    assert re.search(r"Buenos días, Rosa\..*http://testserver/a/[0-9A-Z]{26} .*Le saluda Carla Soto\.", escrito)
    assert "/entrar" not in escrito
    assert "Copiar mensaje" in pagina and 'href="/panel/recordar"' in pagina


@pytest.mark.un_motor
def test_who_has_a_key_keeps_the_door(edicion, cliente):
    persona = f.integrante(f.A, edicion, hechas=1, dias=20)
    for direccion in paginas(persona):
        pagina = cliente.get(direccion).text
        assert "http://testserver/entrar" in unquote(pagina), direccion
        assert HACER not in pagina, direccion


@pytest.mark.un_motor
def test_a_reminder_opens_at_their_step_after_the_key(edicion, cliente, client):
    persona = f.integrante(f.A, edicion, hechas=1, dias=20)
    seguir = f"/c/{edicion.curso.numero}/seguir"
    for direccion in paginas(persona):
        assert f"http://testserver/entrar?next={seguir} " in unquote(cliente.get(direccion).text), direccion
    persona.cuenta.set_password(CLAVE)
    persona.cuenta.save()
    puerta = f"/entrar?next={seguir}"
    assert f'name="next" value="{seguir}"' in client.get(puerta).text
    datos = {"identificador": persona.documento, "clave": CLAVE, "next": seguir}
    assert client.post("/entrar", datos).url == seguir
    assert f'href="{seguir}"' in client.get(puerta).text


@pytest.mark.un_motor
def test_the_same_name_signs_the_link_and_the_reminder(edicion, cliente):
    """Of one account, whatever it sends: also with a second name or without any."""
    con_clave, sin_clave = f.integrante(f.A, edicion, hechas=1, dias=20), f.integrante(f.B, edicion, hechas=1, dias=20)
    quitar_la_clave(sin_clave, "sin_cuenta")
    cliente.post(reverse("kuska_instancias:persona_enlace", args=[sin_clave.pk]))
    enlace = cliente.get(reverse("kuska_instancias:persona_enlace", args=[sin_clave.pk])).context["mensaje"]
    aviso = cliente.get(reverse("kuska_seguimiento:persona", args=[con_clave.pk])).context["mensaje"].texto
    firmas = {texto.rsplit("Le saluda ", 1)[1] for texto in (enlace, aviso)}
    assert firmas == {"Carla Soto."}


@pytest.mark.un_motor
def test_a_closed_account_is_sent_nowhere(edicion, cliente):
    persona = f.integrante(f.A, edicion, hechas=1, dias=20)
    get_user_model().objects.filter(persona=persona).update(is_active=False)
    for direccion in paginas(persona):
        pagina = cliente.get(direccion).text
        assert "/entrar" not in unquote(pagina).replace("?next=", ""), direccion
        assert reverse("kuska_instancias:persona_enlace", args=[persona.pk]) not in pagina, direccion
        assert "Cuenta desactivada" in pagina, direccion


@pytest.mark.un_motor
def test_where_whatsapp_is_off_the_message_of_the_link_is_copied(sin_clave, cliente):
    ajustes = AjustesDelAula.load()
    ajustes.whatsapp_activo = False
    ajustes.save()
    for direccion in paginas(sin_clave):
        pagina = cliente.get(direccion).text
        assert "Hacer enlace y copiar el mensaje" in pagina and HACER not in pagina, direccion


@pytest.mark.un_motor
def test_the_button_is_not_offered_to_who_cannot_act(version, edicion, entrar, coordinadora_a, coordinador_b):
    """Somebody of another place today: it is read, and nothing is made."""
    persona = f.integrante(f.A, edicion, hechas=1)
    quitar_la_clave(persona, "sin_cuenta")
    persona.membresias.update(hasta=f.hace(10).date())
    f.sentar(f.crear_asiento(f.B), persona=persona, desde=f.hace(9).date())
    direccion = reverse("kuska_seguimiento:persona", args=[persona.pk])
    enlace = reverse("kuska_instancias:persona_enlace", args=[persona.pk])
    assert enlace not in entrar(coordinadora_a).get(direccion).text
    assert entrar(coordinadora_a).get(enlace).status_code == entrar(coordinadora_a).post(enlace).status_code == 404
    assert enlace in entrar(coordinador_b).get(direccion).text


def test_the_rule_is_the_same_for_a_row_and_for_a_question(edicion):
    casos = {}
    for codigo, numero in (("T-01", 1), ("T-02", 2), ("T-03", 3), ("T-04", 4), ("T-05", 5)):
        casos[numero] = f.integrante(f.A, edicion, codigo=codigo)
    quitar_la_clave(casos[2], "sin_cuenta")
    quitar_la_clave(casos[3], "sin_clave")
    get_user_model().objects.filter(persona=casos[4]).update(is_active=False)
    Persona.objects.filter(pk=casos[5].pk).update(activa=False, cuenta=None)
    esperado = [Acceso.CON_CLAVE, Acceso.SIN_CLAVE, Acceso.SIN_CLAVE, Acceso.CERRADO, Acceso.CERRADO]
    filas = Persona.objects.filter(pk__in=[uno.pk for uno in casos.values()]).annotate(entra=acceso()).order_by("pk")
    assert [fila.entra for fila in filas] == esperado
    assert [acceso_de(fila) for fila in filas] == esperado
    membresias = casos[2].membresias.model.objects.filter(persona__in=casos.values()).order_by("persona_id")
    assert list(membresias.annotate(entra=acceso("persona__")).values_list("entra", flat=True)) == esperado
