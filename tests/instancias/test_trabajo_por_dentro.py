"""What the work on a long list rests on: which rows a change reaches, and when the others get their turn to write."""

from __future__ import annotations

import pytest
from django.db import connection

from instancias.padron.deshacer.deshacer import Hecha, en_partes
from instancias.padron.planes.dependientes import Lugar, alcanzadas
from instancias.padron.trabajo.respiro import ABIERTA, OCUPADA, Respiro

# 0 and 1 share a seat; 1 and 2, a document; 4 and 5 share nothing but that their seat and document are not known.
LUGARES = [
    Lugar(0, "40000101", "100601", "IDC-03"),
    Lugar(1, "40000202", "100601", "IDC-03"),
    Lugar(2, "40000202", "100602", "IDC-07"),
    Lugar(3, "40000303", "100602", "IDC-08"),
    Lugar(4, "", "", ""),
    Lugar(5, "", "", "IDC-03"),
]


@pytest.mark.parametrize(
    ("desde", "hasta"), [([], set()), ([0], {0, 1, 2}), ([2], {0, 1, 2}), ([3], {3}), ([4], {4}), ([3, 5], {3, 5})]
)
def test_a_change_reaches_those_of_its_seat_and_document_and_those_that_they_reach(desde, hasta):
    assert alcanzadas(LUGARES, desde, maximo=6) == hasta


def test_too_many_or_too_far_are_not_looked_for():
    assert alcanzadas(LUGARES, [0], maximo=2) is None
    cadena = [Lugar(n, str(n // 2), "1006", str((n + 1) // 2)) for n in range(100)]
    assert alcanzadas(cadena, [0], maximo=100) is None


def test_the_rows_of_a_person_and_of_a_seat_are_undone_together():
    de_quien = [(1, 10), (2, 10), (3, 11), (2, 12), (4, 13), (None, 14), (5, 11)]
    filas = [
        Hecha(n, {"persona": persona, "asiento": asiento}) for n, (persona, asiento) in enumerate(de_quien, start=100)
    ]
    partes = [[fila.pk for fila in parte] for parte in en_partes(filas, 3)]
    assert partes == [[100, 101, 103], [102, 106, 104], [105]]
    assert list(en_partes([], 3)) == []


@pytest.mark.un_motor
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only there does one writer keep out the others")
@pytest.mark.parametrize(
    ("fuera", "dentro", "pausas"),
    [(0, 0.6 * OCUPADA, 2), (0, 2 * OCUPADA, 4), (0.01, 2 * OCUPADA, 4), (2 * ABIERTA, OCUPADA, 0), (0, 0.01, 0)],
)
def test_whoever_waits_gets_the_door_open_after_half_a_second(fuera, dentro, pausas):
    """Five transactions that last so long, with so much time between them."""
    ahora, dormido = [0.0], []

    def dormir(segundos: float) -> None:
        dormido.append(segundos)
        ahora[0] += segundos

    respiro = Respiro(reloj=lambda: ahora[0], dormir=dormir)
    for _vez in range(5):
        ahora[0] += fuera
        respiro.antes()
        ahora[0] += dentro
        respiro.despues()
    assert len(dormido) == pausas
    assert all(segundos == pytest.approx(ABIERTA - fuera) for segundos in dormido)
