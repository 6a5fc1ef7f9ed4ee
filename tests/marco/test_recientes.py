"""What was not asked for lately makes room; the text of a statement is marked once and is the same."""

from __future__ import annotations

import pytest
from django.db import connection

from marco import cursores
from marco.recientes import Recientes

pytestmark = pytest.mark.un_motor


def test_what_nobody_asked_for_since_the_last_time_goes_first():
    recientes = Recientes(lambda: 4)
    for n in range(4):
        recientes.poner(n, str(n))
        assert recientes.get(0) == "0"
    assert recientes.get(1) is None and recientes.get(3) == "3"
    recientes.clear()
    assert not recientes.todas()


@pytest.mark.django_db
def test_a_statement_that_is_said_again_says_the_same():
    for valor in ("uno", "otro %s", "uno"):
        with cursores.cursor_que_prepara(connection) as cursor:
            cursor.execute("SELECT %s, '100 %%', %s", [valor, 7])
            assert cursor.fetchone() == (valor, "100 %", 7)
