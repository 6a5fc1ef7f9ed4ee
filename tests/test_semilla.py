"""What a test leaves behind is taken away, also when somebody was still writing."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from wagtail.users.models import UserProfile

from tests import filas, plantilla, semilla

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_request_that_comes_late_does_not_spoil_what_is_given_back(monkeypatch):
    devolver = semilla.guardada()
    usuaria = get_user_model().objects.create_user("llega-tarde")
    tarde: list[threading.Thread] = []

    def escribir() -> None:
        with suppress(DatabaseError):  # by then the account may be gone
            UserProfile.objects.create(user_id=usuaria.pk)
        connection.close()

    de_antes = filas.cambios

    def cambios(*args):
        """Between what was read and what is written."""
        if not tarde:
            tarde.append(threading.Thread(target=escribir))
            tarde[0].start()
            tarde[0].join(0.5)
        return de_antes(*args)

    monkeypatch.setattr(filas, "cambios", cambios)
    devolver()
    tarde[0].join()
    assert not get_user_model().objects.filter(username="llega-tarde").exists()
    assert not UserProfile.objects.exists()


def test_a_database_that_lacks_a_change_is_migrated(monkeypatch):
    aqui = connection.settings_dict["NAME"]
    assert plantilla.nada_que_migrar(connection, aqui)
    de_antes = plantilla.archivos_de
    monkeypatch.setattr(plantilla, "archivos_de", lambda sala: [*de_antes(sala), "9999_uno_mas"])
    assert not plantilla.nada_que_migrar(connection, aqui)
    assert connection.settings_dict["NAME"] == aqui
