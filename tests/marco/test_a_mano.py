"""What a process holds of the cache goes with it, whoever takes it away, and is what was put there last."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from django.core.cache import cache

from marco import a_mano

pytestmark = pytest.mark.un_motor


class Cosa(str):
    """Something that is told apart from an equal one."""


@pytest.fixture(autouse=True)
def _sin_nada():
    cache.clear()
    a_mano._a_mano.clear()


def test_what_was_kept_is_given_as_it_is_and_once_for_all():
    cosa = Cosa("un temario")
    a_mano.guardar({"uno": cosa, "otro": Cosa("otro")}, 60)
    assert a_mano.dado("uno") is cosa
    assert a_mano.dados(["uno", "otro", "ninguno"]) == {"uno": "un temario", "otro": "otro"}


def test_another_process_reads_it_once_from_the_cache():
    a_mano.guardar({"uno": Cosa("un temario")}, 60)
    a_mano._a_mano.clear()
    leida = a_mano.dado("uno")
    assert leida == "un temario" and a_mano.dado("uno") is leida


def test_what_another_process_put_there_later_is_what_is_given():
    a_mano.guardar({"uno": Cosa("el de antes")}, 60)
    mio = a_mano._a_mano.todas()
    a_mano.guardar({"uno": Cosa("el de ahora")}, 60)
    for llave, valor in MappingProxyType(mio).items():
        a_mano._a_mano.poner(llave, valor)
    assert a_mano.dado("uno") == "el de ahora"


@pytest.mark.parametrize("quitar", [cache.clear, lambda: cache.delete_many(["uno", a_mano._palabra("uno")])])
def test_what_the_cache_forgot_is_not_there(quitar):
    a_mano.guardar({"uno": Cosa("un temario")}, 60)
    quitar()
    assert a_mano.dado("uno") is None


def test_a_word_without_its_thing_is_nothing():
    a_mano.guardar({"uno": Cosa("un temario")}, 60)
    a_mano._a_mano.clear()
    cache.delete("uno")
    assert a_mano.dado("uno") is None
    a_mano.guardar({"uno": Cosa("otra vez")}, 60)
    assert a_mano.dado("uno") == "otra vez"


def test_where_nothing_is_kept_nothing_is_held(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    a_mano.guardar({"uno": Cosa("un temario")}, 60)
    assert a_mano.dado("uno") is None
