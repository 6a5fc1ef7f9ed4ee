"""Each problem of a row stands beside the cell that it is about, and survives being kept."""

import datetime
import json
from dataclasses import asdict

import pytest

from instancias.padron.interpretacion import Catalogo, FilaLeida, interpretar

HOY = datetime.date(2026, 11, 29)
FILA = {
    "fila": 2,
    "documento": "4000010",
    "nombres": "Rosa",
    "apellidos": "Huam?n",
    "celular": "12",
    "distrito": "Luyandó",
    "asiento": "IDC-03",
    "calidad": "jefe",
    "desde": "ayer",
}


@pytest.fixture
def leida():
    return interpretar(fila=FILA, catalogo=Catalogo([], []), esquema="inei", hoy=HOY)


def test_each_problem_names_its_cell_and_its_likely_value(leida):
    dichos = {problema.campo: (problema.leido, problema.propuestas) for problema in leida.problemas}
    assert dichos == {
        "documento": ("4000010", ("04000010",)),
        "apellidos": ("Huam?n", ("Huamán",)),
        "distrito": ("Luyandó", ()),
        "calidad": ("jefe", ("titular", "alterno")),
        "desde": ("ayer", ()),
    }
    assert [nota.campo for nota in leida.notas] == ["celular"]


def test_a_row_kept_and_read_again_is_the_same(leida):
    assert FilaLeida.de_json(json.loads(json.dumps(asdict(leida)))) == leida
