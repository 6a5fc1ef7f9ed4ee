"""One rule of keys, and the same sentence, by every door: the form of accounts, the commands, the page of the site."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.gente import CLAVE

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
CORTA = "La clave tiene 12 números o letras, o más."
COMUN = "Esa clave es fácil de adivinar. Elija otra."
MALAS = [("48217093", CORTA), ("administrador", COMUN), ("1234567890123", COMUN), ("carla-quintana-1", COMUN)]
BUENA = "cuatro palabras al azar"


def ficha(clave: str, **otros):
    datos = {"username": "nueva", "email": "nueva@example.org", "first_name": "Carla", "last_name": "Quintana-1"}
    return {**datos, "password1": clave, "password2": clave, **otros}


@pytest.mark.parametrize(("clave", "frase"), MALAS)
def test_the_form_of_accounts_refuses_it(administradora, entrar, clave, frase):
    respuesta = entrar(administradora).post(reverse("wagtailusers_users:add"), ficha(clave, is_superuser="on"))

    assert respuesta.status_code == 200
    assert respuesta.context["form"].errors["password2"] == [frase]
    assert not get_user_model().objects.filter(username="nueva").exists()


def test_the_form_of_accounts_takes_a_good_one_that_opens_the_door(administradora, entrar, client):
    entrar(administradora).post(reverse("wagtailusers_users:add"), ficha(BUENA, is_superuser="on"))

    datos = {"identificador": "nueva", "clave": BUENA}
    assert client.post(reverse("kuska_instancias:entrar"), datos).status_code == 302


def test_the_form_of_accounts_asks_more_of_a_member_who_is_made_staff(administradora, integrante, entrar):
    cuenta = integrante.cuenta
    grupo = Group.objects.create(name="Quienes escriben")
    datos = ficha("48217093", username=cuenta.username, is_active="on")
    edicion = reverse("wagtailusers_users:edit", args=[cuenta.pk])
    jefa = entrar(administradora)
    assert jefa.post(edicion, {**datos, "is_superuser": "on"}).context["form"].errors["password2"] == [CORTA]

    cuenta.groups.add(grupo)
    assert jefa.post(edicion, datos).context["form"].errors["password2"] == [CORTA]


def test_numbers_kept_with_spaces_would_open_nothing(administradora):
    with pytest.raises(ValidationError, match="sin espacios"):
        validate_password("4821 7093 5560", administradora)


@pytest.mark.parametrize(("clave", "frase"), MALAS[:3])
def test_the_commands_refuse_it(monkeypatch, administradora, clave, frase):
    monkeypatch.setattr("getpass.getpass", lambda *_args, **_otros: clave)
    dicho = StringIO()

    with pytest.raises(CommandError, match="Aborting password change"):
        call_command("changepassword", "administra", stdout=StringIO(), stderr=dicho)

    assert dicho.getvalue().splitlines() == [frase] * 3
    administradora.refresh_from_db()
    assert administradora.check_password(CLAVE)


def test_whoever_makes_the_first_account_by_command_is_told(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda *_args: "n")
    dicho = StringIO()
    vueltas = iter(["48217093", "48217093", BUENA, BUENA])
    monkeypatch.setattr("getpass.getpass", lambda *_args, **_otros: next(vueltas))
    entrada = StringIO()
    entrada.isatty = lambda: True

    datos = {"username": "primera", "email": "primera@example.org"}
    call_command("createsuperuser", **datos, interactive=True, stdin=entrada, stdout=StringIO(), stderr=dicho)

    assert dicho.getvalue().strip() == CORTA
    assert get_user_model().objects.get(username="primera").check_password(BUENA)


@pytest.mark.parametrize(("clave", "frase"), MALAS[:3])
def test_the_page_of_the_site_says_the_same(administradora, entrar, clave, frase):
    pagina = reverse("kuska_instancias:cambiar_clave")
    cliente = entrar(administradora)
    assert "12 números o letras, o más. No use su DNI" in cliente.get(pagina).text
    assert frase in cliente.post(pagina, {"actual": CLAVE, "nueva": clave}).text


def test_members_keep_their_eight_numbers(integrante, entrar):
    assert "8 números o letras, o más." in entrar(integrante).get(reverse("kuska_instancias:cambiar_clave")).text
    validate_password("48217093", integrante.cuenta)
