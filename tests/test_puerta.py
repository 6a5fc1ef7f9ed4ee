"""The gate says before it begins what the machine lacks, once and with the command that mends it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RAIZ = Path(__file__).parents[1]
DE_SIEMPRE = ("sh", "bash", "cat", "id", "dirname", "ls", "printf", "sort", "xargs", "env")


@pytest.fixture
def maquina_desnuda(tmp_path: Path) -> dict[str, str]:
    """A PATH with the tools of a minimal system and Python, and nothing of what the tests need."""
    for nombre in DE_SIEMPRE:
        if ruta := shutil.which(nombre):
            (tmp_path / nombre).symlink_to(ruta)
    (tmp_path / "python3").symlink_to(sys.executable)
    return {"PATH": str(tmp_path), "HOME": str(tmp_path), "KUSKA_INSTALAR": "no"}


def correr(*orden: str, entorno: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, text=True, check=False)


def test_una_maquina_a_la_que_le_falta_algo_lo_dice_en_una_linea_con_la_orden_que_lo_agrega(
    maquina_desnuda: dict[str, str],
) -> None:
    resultado = correr(".ci/sistema", "pruebas", entorno=maquina_desnuda)
    lineas = resultado.stderr.strip().splitlines()
    assert resultado.returncode == 3
    assert len(lineas) == 1
    assert "chromium" in lineas[0]
    assert "poppler-utils" in lineas[0]
    assert "sudo apt-get install" in lineas[0]
    assert not resultado.stdout


def test_a_quien_solo_enciende_el_aula_no_se_le_pide_lo_de_las_pruebas(maquina_desnuda: dict[str, str]) -> None:
    resultado = correr(".ci/sistema", "demo", entorno=maquina_desnuda)
    assert resultado.returncode in {0, 4}
    assert "chromium" not in resultado.stderr


@pytest.mark.parametrize(
    "estorbo",
    [
        # What a machine without libatomic1 does: the driver's own Node does not start.
        {"PLAYWRIGHT_NODEJS_PATH": "/bin/false", "KUSKA_CHROMIUM": "/bin/true"},
        {"KUSKA_CHROMIUM": "/bin/false"},
        {"KUSKA_CHROMIUM": "/no/hay/chromium"},
    ],
    ids=["conductor", "navegador", "sin_navegador"],
)
def test_un_navegador_que_no_arranca_se_dice_antes_de_empezar(estorbo: dict[str, str]) -> None:
    entorno = {**os.environ, **estorbo}
    resultado = correr(sys.executable, "-m", "cms.demo.chromium", entorno=entorno)
    assert resultado.returncode == 1
    assert "no arranca" in resultado.stderr.splitlines()[-1]


def test_la_integracion_y_la_orden_de_siempre_preparan_la_maquina_con_la_misma_lista() -> None:
    assert ".ci/sistema pruebas" in (RAIZ / ".ci/run").read_text()
    prueba = (RAIZ / "Makefile").read_text().split("\ntest:")[1].split("\n\n")[0]
    assert ".ci/sistema pruebas" in prueba
    assert "apt-get install -" not in (RAIZ / ".ci/run").read_text() + (RAIZ / ".ci/entorno").read_text()
