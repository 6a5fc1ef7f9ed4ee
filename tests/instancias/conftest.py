from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from instancias.padron.celdas import leer_celdas
from instancias.padron.lectura.aparte import CuestaDemasiado
from tests import filas
from tests.moldes import VALE

APPS = {"marco", "instancias", "seguimiento"}
_cargadas: list[tuple[object, filas.Cambios, datetime]] = []


def leer_aqui(*, extension: str, contenido: bytes) -> dict[str, Any]:
    """What the process of its own says of a file, said by this one: whatever it raises is that it ended."""
    try:
        dicho: dict[str, Any] = json.loads(json.dumps(leer_celdas(extension, contenido)))
    except Exception as error:
        raise CuestaDemasiado from error
    return dicho


@pytest.fixture(autouse=True)
def lector_de_hojas(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that is brought to be saved is read here. Where reading is what is tried, it is in a process of its own.

    Those files (``test_padron_archivos``, ``_costosos``, ``_formatos``) have a fixture of this name that does nothing.
    """
    monkeypatch.setattr("instancias.padron.lectura.leer.leer_aparte", leer_aqui)


@pytest.fixture
def provincia(db: None) -> None:
    """The real province: ten districts, eleven tables, the seats of the norm.

    Its file is read and loaded once; over the same rows, what that wrote is written back as rows.
    """
    tablas = [filas.tabla_de(uno) for uno in filas.modelos(lambda modelo: modelo._meta.app_config.name in APPS)]
    antes, ahora = filas.leer(tablas), timezone.now()
    for sobre, cambios, cuando in _cargadas:
        if sobre == antes and timedelta(0) <= ahora - cuando < VALE:
            filas.escribir(cambios)
            return
    call_command("cargar_territorio", stdout=io.StringIO())
    _cargadas.append((antes, filas.cambios(tablas, antes, filas.leer(tablas)), ahora))
