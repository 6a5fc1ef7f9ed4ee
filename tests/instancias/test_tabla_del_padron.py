"""``docs/padron.md`` says what becomes of every row of the sample lists: it is what happens today, row by row."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.instancias.mesas import AHORA
from tests.instancias.tabla_del_padron import CASOS, ESPERA, MUESTRAS, NO, SE_GUARDA, escribir

PAGINA = Path(__file__).resolve().parents[2] / "docs" / "padron.md"
pytestmark = [pytest.mark.usefixtures("provincia"), pytest.mark.un_motor]


def test_the_page_of_the_lists_is_up_to_date(time_machine):
    time_machine.move_to(AHORA, tick=False)
    pagina = escribir()
    if os.environ.get("KUSKA_ESCRIBIR"):
        PAGINA.write_text(pagina, encoding="utf-8")
    escrita = PAGINA.read_text(encoding="utf-8")
    assert escrita == pagina, f"Ejecute: KUSKA_ESCRIBIR=1 make test-rapido ARGS=tests/instancias/{Path(__file__).name}"


def test_every_sample_is_in_the_page():
    assert {caso.archivo for caso in CASOS} == {archivo.name for archivo in MUESTRAS.iterdir()}
    pagina = PAGINA.read_text(encoding="utf-8")
    assert all(f"| {fin} |" in pagina for fin in (SE_GUARDA, ESPERA, NO))
