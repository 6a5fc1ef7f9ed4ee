"""No address of ours falls, whatever is asked in its query, its numbers or its fields: it answers in words."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client

from tests.escenario import montar
from tests.test_rutas import FILAS

pytestmark = pytest.mark.django_db

CAMPOS = """
    q pagina distrito entro quienes asiento calidad desde ver cambio falta edicion curso orden filtro estado motivo
    territorio persona instancia hecha imagenes propia letras next sesion tema export anio codigo unidad numero token
    documento
"""
NOMBRES = CAMPOS.split()
VALORES = ["99999999999999999999999", "-1", "²", "1e309", "2026-99-99", "'\"<>%;)(", "\U0001f600" * 50, "a" * 5000, ""]
ROLES = ["visitante", "integrante", "cem", "administradora"]
ENORME = 10**23


@pytest.fixture(scope="module")
def escenario(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield montar()
        transaction.set_rollback(True)


def estado(cliente: Client, metodo: str, direccion: str, datos: dict[str, str]) -> int:
    cliente.raise_request_exception = False
    with transaction.atomic():
        respuesta = getattr(cliente, metodo.lower())(direccion, datos)
        if respuesta.streaming:
            b"".join(respuesta.streaming_content)
        transaction.set_rollback(True)
    return respuesta.status_code


@pytest.mark.parametrize("giro", range(3))
@pytest.mark.parametrize("rol", ROLES)
def test_whatever_is_asked_or_sent(escenario, rol, giro):
    """Each field with another value each turn."""
    datos = {nombre: VALORES[(n + 4 * giro) % len(VALORES)] for n, nombre in enumerate(NOMBRES)}
    caidas = []
    for fila in FILAS:
        if fila.esperados[rol] in {"405", "-", "E"}:
            continue
        direccion = fila.direccion.format(**escenario.datos)
        if (codigo := estado(escenario.cliente(rol), fila.metodo, direccion, datos)) >= 500:
            caidas.append(f"{codigo} {fila.metodo} {direccion}")
    assert not caidas, "\n".join(caidas)


@pytest.mark.parametrize("rol", ROLES)
def test_a_number_that_no_row_has(escenario, rol):
    caidas = []
    for fila in FILAS:
        direccion = re.sub(r"(?<=/)\d+(?=/|$)", str(ENORME), fila.direccion.format(**escenario.datos))
        if fila.esperados[rol] == "-" or str(ENORME) not in direccion:
            continue
        if (codigo := estado(escenario.cliente(rol), fila.metodo, direccion, {})) >= 500:
            caidas.append(f"{codigo} {fila.metodo} {direccion}")
    assert not caidas, "\n".join(caidas)
