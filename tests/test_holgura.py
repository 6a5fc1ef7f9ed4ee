"""No call of a test begins at the edge of a piece of memory, which would be asked for and given back each time."""

from __future__ import annotations

import resource
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.holgura import con_holgura

pytestmark = pytest.mark.un_motor
VECES = 500


def nada(uno, dos, tres):
    return uno


def paginas_pedidas(hondo: int) -> int:
    """Of the system, while something is called again and again, so many calls deeper than here."""
    if hondo:
        return paginas_pedidas(hondo - 1)
    antes = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _vez in range(VECES):
        nada(1, 2, 3)
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - antes


def test_calls_in_a_loop_ask_for_no_memory_however_deep():
    assert max(paginas_pedidas(hondo) for hondo in range(400)) < VECES // 2


def test_nor_do_those_of_a_thread():
    with ThreadPoolExecutor(1) as otro:
        assert max(otro.map(paginas_pedidas, range(400))) < VECES // 2


def test_what_is_called_with_room_is_what_it_was():
    assert con_holgura(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        con_holgura(divmod, 7, 0)
