"""No address of ours falls, whatever is asked in its query, its numbers or its fields: it answers in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.escenario import montar
from tests.test_rutas import FILAS, Fila, uno_de_cada

pytestmark = pytest.mark.django_db

CAMPOS = """
    q pagina distrito entro quienes asiento calidad desde ver cambio falta edicion curso orden filtro estado motivo
    territorio persona instancia hecha imagenes propia letras next sesion tema export anio codigo unidad numero token
    documento
"""
RAIZ = Path(__file__).resolve().parents[1]
LEIDO = re.compile(r'\.get(?:list)?\("(\w+)"')


def leidos_por_las_vistas() -> set[str]:
    """Whatever a view reads by its name, today's and those that come: it is asked of all of them."""
    carpetas = ("*/views/*.py", "*/acceso/views/*.py", "*/clases/*/views.py")
    vistas = [ruta for carpeta in carpetas for ruta in RAIZ.glob(carpeta)]
    return {nombre for ruta in vistas for nombre in LEIDO.findall(ruta.read_text(encoding="utf-8"))}


NOMBRES = sorted({*CAMPOS.split(), *leidos_por_las_vistas()})
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


DISTINTOS = [{nombre: VALORES[(n + 4 * giro) % len(VALORES)] for n, nombre in enumerate(NOMBRES)} for giro in range(3)]
# A digit for Python, and no number for «int».
CASI_NUMEROS = dict.fromkeys(NOMBRES, "²")


# What refuses whoever asks reads nothing of what is sent.
SE_NIEGAN = {"403", "404"}


def se_pregunta(rol: str, fila: Fila) -> bool:
    """On the other database, one of those who may open an address and one of those who may not."""
    return fila.esperados[rol] != "-" and (connection.vendor == "sqlite" or rol in uno_de_cada(fila, ROLES))


def le_toca(rol: str, fila: Fila, giro: int) -> bool:
    """The first turn is of every role; in the others, those who may open an address share them out."""
    preguntan = [uno for uno in ROLES if se_pregunta(uno, fila) and fila.esperados[uno] not in {"405", "E"}]
    abren = [uno for uno in preguntan if fila.esperados[uno] not in SE_NIEGAN] or preguntan
    return rol in preguntan if giro == 0 else bool(abren) and rol == abren[giro % len(abren)]


@pytest.mark.parametrize(
    ("giro", "datos"),
    [
        pytest.param(giro, datos, id=nombre, marks=pytest.mark.un_motor if giro else ())
        for giro, (nombre, datos) in enumerate(
            [*((str(n), uno) for n, uno in enumerate(DISTINTOS)), ("casi", CASI_NUMEROS)]
        )
    ],
)
@pytest.mark.parametrize("rol", ROLES)
def test_whatever_is_asked_or_sent(escenario, rol, giro, datos):
    """Each field with another value each turn."""
    caidas = []
    for fila in FILAS:
        if not le_toca(rol, fila, giro):
            continue
        direccion = fila.direccion.format(**escenario.datos)
        if (codigo := estado(escenario.cliente(rol), fila.metodo, direccion, datos)) >= 500:
            caidas.append(f"{codigo} {fila.metodo} {direccion}")
    assert not caidas, "\n".join(caidas)


def test_somebody_who_may_open_an_address_is_asked_each_turn():
    for fila in FILAS:
        abren = {uno for uno in ROLES if fila.esperados[uno] not in {"405", "-", "E", *SE_NIEGAN}}
        for giro in range(1 + len(DISTINTOS)):
            assert not abren or abren & {uno for uno in ROLES if le_toca(uno, fila, giro)}, fila


@pytest.mark.parametrize("rol", ROLES)
def test_a_number_that_no_row_has(escenario, rol):
    caidas = []
    for fila in FILAS:
        direccion = re.sub(r"(?<=/)\d+(?=/|$)", str(ENORME), fila.direccion.format(**escenario.datos))
        if not se_pregunta(rol, fila) or str(ENORME) not in direccion:
            continue
        if (codigo := estado(escenario.cliente(rol), fila.metodo, direccion, {})) >= 500:
            caidas.append(f"{codigo} {fila.metodo} {direccion}")
    assert not caidas, "\n".join(caidas)
