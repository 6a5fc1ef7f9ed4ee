"""The tests themselves: rows that nobody wrote since are not read again, and no others are taken for them."""

from __future__ import annotations

import pytest
from django.db import transaction

from instancias.models import Territorio
from tests import filas, filas_sqlite, mundos

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def test_what_is_committed_is_read_once_and_what_this_test_wrote_again():
    antes = filas.leer(mundos.tablas())
    assert filas.leer(mundos.tablas()) is antes
    with transaction.atomic():
        Territorio.objects.create(ubigeo="10", nivel="departamento", nombre="Huánuco")
        assert filas.leer(mundos.tablas()) != antes
        transaction.set_rollback(True)
    assert filas.leer(mundos.tablas()) == antes


def test_who_committed_in_between_makes_it_read_again(monkeypatch):
    antes = filas.leer(mundos.tablas())
    version = filas_sqlite._version()
    monkeypatch.setattr(filas_sqlite, "_version", lambda: version + 1)
    assert filas.leer(mundos.tablas()) is not antes


@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_seen_by_the_witness():
    version = filas_sqlite._version()
    Territorio.objects.create(ubigeo="10", nivel="departamento", nombre="Huánuco")
    assert filas_sqlite._version() != version
