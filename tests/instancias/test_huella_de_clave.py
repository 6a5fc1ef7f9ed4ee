"""How keys are kept: slow for whoever guesses with a machine, quick for a room of forty people."""

import datetime

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password

from cms.settings import base
from instancias.acceso.huella import Argon2DeMemoriaMedida
from instancias.acceso.services.entrada import EntradaError, autenticar
from marco.servicio.familia import HILOS
from tests.gente import CLAVE

pytestmark = pytest.mark.un_motor
AHORA = datetime.datetime(2026, 11, 23, 15, 0, tzinfo=datetime.UTC)


@pytest.fixture
def como_se_sirve(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS


@pytest.fixture
def cuenta(integrante, como_se_sirve):
    """Of a person who is made first, with the hasher of the tests: other tests find them made."""
    return integrante.cuenta


def entrar(identificador="40000001", clave=CLAVE):
    return autenticar(identificador=identificador, clave=clave, ip="10.0.0.1", ahora=AHORA)


def test_a_key_is_kept_with_no_less_than_what_asvs_asks(como_se_sirve):
    suya, otra = make_password(CLAVE), make_password(CLAVE)

    assert suya.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert suya != otra
    assert check_password(CLAVE, suya)
    assert not check_password(CLAVE + "1", suya)


def test_who_works_at_once_fits_in_a_small_server():
    de_una = Argon2DeMemoriaMedida.memory_cost / 1024

    assert de_una * HILOS * 2 < 160  # MiB: two processes of pages


@pytest.mark.django_db
def test_a_key_kept_in_the_way_of_before_enters_and_is_kept_anew(cuenta):
    cuenta.password = PBKDF2PasswordHasher().encode(CLAVE, "sal" * 8, iterations=1000)
    cuenta.save(update_fields=["password"])

    assert entrar() == cuenta

    cuenta.refresh_from_db()
    assert cuenta.password.startswith("argon2$")
    assert entrar() == cuenta


@pytest.mark.django_db
def test_an_unknown_document_spends_what_a_wrong_key_does(cuenta, monkeypatch):
    cuenta.set_password(CLAVE)
    cuenta.save(update_fields=["password"])
    gastos = []
    for como in ("encode", "verify"):
        original = getattr(Argon2DeMemoriaMedida, como)
        monkeypatch.setattr(
            Argon2DeMemoriaMedida, como, lambda *a, _suyo=original, **k: gastos.append(1) or _suyo(*a, **k)
        )

    for identificador in ("40000001", "49999999"):
        with pytest.raises(EntradaError):
            entrar(identificador, "equivocada")

    assert gastos == [1, 1]
