"""A condition on thousands of numbers: one value of a statement, and the same rows as Django's own."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marco.de_estos import DeEstos

pytestmark = pytest.mark.django_db


def test_it_finds_what_in_finds():
    grupos = Group.objects.bulk_create(Group(name=f"Grupo {n}") for n in range(5))
    pedidos = [grupo.pk for grupo in grupos[::2]]
    assert {*Group.objects.filter(DeEstos("pk", pedidos))} == {*Group.objects.filter(pk__in=pedidos)} != set()
    assert {*Group.objects.exclude(DeEstos("pk", pedidos))} & {*grupos} == {*grupos[1::2]}
    assert not Group.objects.filter(DeEstos("pk", []))
    assert Group.objects.filter(DeEstos("user__pk", [0]), name="Grupo 1").count() == 0


def test_of_forty_thousand_it_sends_one_value():
    """More than an engine takes marks in a statement."""
    with CaptureQueriesContext(connection) as captura, connection.execute_wrapper(una_marca):
        assert not Group.objects.filter(DeEstos("pk", range(10**6, 10**6 + 40_000)))
    assert len(captura) == 1


def una_marca(ejecutar, sql, valores, *otros):
    assert len(valores) == 1
    return ejecutar(sql, valores, *otros)


def test_only_whole_numbers_reach_the_text():
    with pytest.raises(ValueError, match="invalid literal"):
        DeEstos("pk", ["1) OR (1=1"])
