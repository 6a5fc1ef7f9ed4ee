"""The clock: what stops it, what it only tells, and what is taken for it."""

from __future__ import annotations

import os

import pytest

from cms import celery
from marco import version_de_la_base as version

pytestmark = pytest.mark.un_motor


@pytest.mark.parametrize(
    ("escrito", "orden"),
    [
        ("celery -A cms.celery beat --loglevel error", "beat"),
        ("celery --app=cms.celery -q beat", "beat"),
        ("celery beat", "beat"),
        ("celery -A cms.celery worker -n beat", "worker"),
        ("celery -A beat worker", "worker"),
        ("celery", ""),
    ],
)
def test_the_clock_is_what_is_asked_for_and_not_what_is_called_so(escrito, orden):
    assert celery.orden_de(escrito.split()) == orden


def mirar(monkeypatch: pytest.MonkeyPatch, error: Exception) -> tuple[int, str]:
    def exigir() -> None:
        raise error

    dicho: list[bytes] = []
    with monkeypatch.context() as parche:
        parche.setattr(version, "exigir_base_conocida", exigir)
        parche.setattr(os, "write", lambda _donde, texto: dicho.append(texto))
        codigo = celery._mirar_la_base()
    return codigo, b"".join(dicho).decode()


def test_only_a_database_of_another_edition_stops_it_and_anything_else_is_told_whole(monkeypatch):
    codigo, dicho = mirar(monkeypatch, version.BaseDeOtraEdicion("Es más nueva."))
    assert codigo == celery.DE_OTRA_EDICION and dicho == "Es más nueva.\n"
    codigo, dicho = mirar(monkeypatch, KeyError("algo que no se esperaba"))
    assert codigo == 0 and "Traceback" in dicho and "algo que no se esperaba" in dicho
