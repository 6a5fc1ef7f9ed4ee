"""Each problem of a row stands beside the cell that it is about, and survives being kept."""

import datetime
import json
import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from instancias import padron
from instancias.padron.interpretacion import motivos
from instancias.padron.interpretacion.interpretar import Catalogo, FilaLeida, interpretar
from instancias.padron.revision.mostrar import Cuentas

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


@pytest.mark.un_motor
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


@pytest.mark.un_motor
def test_each_kind_of_problem_has_a_name_of_its_own():
    """Two filters of the review that are called the same cannot be told apart."""
    fuentes = [ruta.read_text(encoding="utf-8") for ruta in Path(padron.__file__).parent.rglob("*.py")]
    llamadas = re.findall(r'falla\(\s*"(\w+)",\s*"(\w+)"', "\n".join(fuentes))
    llamadas += [("asiento", codigo) for codigo in re.findall(r'codigo="(\w+)"', "\n".join(fuentes))]
    assert len(llamadas) > 25
    nombres = Counter(motivos.nombre_del_motivo(f"{campo}.{codigo}") for campo, codigo in set(llamadas))
    assert [nombre for nombre, veces in nombres.items() if veces > 1] == []


@pytest.mark.un_motor
def test_what_is_empty_is_not_told_as_read():
    leida = interpretar(fila={**FILA, "calidad": ""}, catalogo=Catalogo([], []), esquema="inei", hoy=HOY)
    assert "Falta la calidad: escriba «titular» o «alterno»." in {problema.texto for problema in leida.problemas}


@pytest.mark.un_motor
def test_a_formula_that_nobody_calculated_says_what_to_do():
    leida = interpretar(fila={**FILA, "documento": "={…}"}, catalogo=Catalogo([], []), esquema="inei", hoy=HOY)
    (problema,) = leida.problemas
    assert problema.texto.startswith("La celda tiene una fórmula sin calcular.") and "Excel" in problema.texto


def test_a_row_kept_and_read_again_is_the_same(leida):
    assert FilaLeida.de_json(json.loads(json.dumps(asdict(leida)))) == leida


@pytest.mark.un_motor
def test_a_kind_of_problem_of_two_columns_says_of_which():
    motivos = {"nombres.solo_iniciales": 1, "apellidos.solo_iniciales": 2, "nombres.con_titulo": 3, ".otra": 1}
    dichos = [(nombre, n) for _clave, nombre, n in Cuentas(acciones={}, motivos=motivos).clases]
    assert dichos[:2] == [("Nombre con título", 3), ("Nombre con iniciales (Apellidos)", 2)]
    assert sorted(dichos[2:]) == [("Nombre con iniciales (Nombres)", 1), ("Otros", 1)]
