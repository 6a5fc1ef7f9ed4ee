"""Who may open what: every route, method and role, in ``tests/matriz.txt``. A route that is not there fails.

In the table: a number is the status; ``E`` is a redirect to the door; ``R`` is a redirect elsewhere; ``-`` is not
asked. A row that is missing is to be thought about before it is added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.escenario import montar
from tests.neutralidad import faltas, palabras_en

MATRIZ = Path(__file__).with_name("matriz.txt")
# The words and the icons of the editor's own scripts: the same for everybody, about nobody.
SIN_DATOS = {"/admin/jsi18n/", "/admin/sprite/"}
METODOS = ("GET", "POST")
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Fila:
    metodo: str
    direccion: str
    esperados: dict[str, str]


def leer_matriz() -> list[Fila]:
    roles: list[str] = []
    filas = []
    for linea in MATRIZ.read_text().splitlines():
        partes = linea.split()
        if not partes or linea.startswith("#"):
            continue
        if partes[0] == "MÉTODO":
            roles = partes[2:]
            continue
        assert len(partes) == 2 + len(roles), f"faltan columnas: {linea}"
        filas.append(Fila(partes[0], partes[1], dict(zip(roles, partes[2:], strict=True))))
    return filas


FILAS = leer_matriz()
ROLES = list(FILAS[0].esperados)
# What a role may do is decided before any database is asked: the other one answers whoever reaches most.
EN_LAS_DOS = ["integrante", "coordinadora_a", "cem", "administradora"]


def en_un_motor(roles: list[str], en_los_dos: Collection[str] = EN_LAS_DOS) -> list[Any]:
    """Those that the other database does not need to hear are asked of the default one alone."""
    return [pytest.param(rol, marks=() if rol in en_los_dos else pytest.mark.un_motor) for rol in roles]


def uno_de_cada(fila: Fila, roles: list[str]) -> set[str]:
    """One of those that get each answer, another each time: the other database hears who may and who may not."""
    desde = len(fila.direccion) % len(roles)
    en_orden = roles[desde:] + roles[:desde]
    return set({fila.esperados[rol]: rol for rol in en_orden if fila.esperados[rol] != "-"}.values())


def rutas_propias(resolutor=None, prefijo: str = "") -> Iterator[str]:
    """Every address pattern of ours; Wagtail's own screens are tried below, as a whole."""
    for patron in (resolutor or get_resolver()).url_patterns:
        ruta = prefijo + str(patron.pattern)
        if isinstance(patron, URLResolver):
            if not str(patron.urlconf_name if isinstance(patron.urlconf_name, str) else patron.urlconf_module).count(
                "wagtail"
            ):
                yield from rutas_propias(patron, ruta)
        elif isinstance(patron, URLPattern):
            yield ruta


@pytest.fixture(scope="module")
def escenario(django_db_setup, django_db_blocker):
    """Made once: every answer is undone before the next one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield montar()
        transaction.set_rollback(True)


def contestacion(cliente: Client, fila: Fila, direccion: str):
    """Ask and undo: one answer does not change the next one."""
    with transaction.atomic():
        respuesta = getattr(cliente, fila.metodo.lower())(direccion)
        if respuesta.streaming:
            b"".join(respuesta.streaming_content)
        if archivo := getattr(respuesta, "file_to_stream", None):
            # Closing the whole answer would close the connection of the test as well.
            archivo.close()
        transaction.set_rollback(True)
    return respuesta


def resumir(respuesta) -> str:
    if respuesta.status_code in (301, 302, 303, 307, 308):
        return "E" if respuesta["Location"].startswith("/entrar") else "R"
    return str(respuesta.status_code)


@pytest.mark.parametrize("rol", en_un_motor(ROLES))
def test_each_role_gets_exactly_what_the_table_says(escenario, rol):
    diferencias = []
    for fila in FILAS:
        esperado = fila.esperados[rol]
        if esperado == "-" or (connection.vendor != "sqlite" and rol not in uno_de_cada(fila, EN_LAS_DOS)):
            continue
        direccion = fila.direccion.format(**escenario.datos)
        obtenido = resumir(contestacion(escenario.cliente(rol), fila, direccion))
        if obtenido != esperado:
            diferencias.append(f"{fila.metodo} {fila.direccion}: {obtenido}, y la tabla dice {esperado}")
    assert not diferencias, "\n".join(diferencias)


def test_every_route_and_method_is_in_the_table(escenario):
    cubiertas = {(resolve(fila.direccion.format(**escenario.datos)).route, fila.metodo) for fila in FILAS}
    faltan = [f"{metodo} {ruta}" for ruta in rutas_propias() for metodo in METODOS if (ruta, metodo) not in cubiertas]
    assert not faltan, "Agregue a tests/matriz.txt:\n" + "\n".join(faltan)


@pytest.mark.un_motor
@pytest.mark.parametrize("rol", ["visitante", "integrante"])
def test_titles_addresses_and_file_names_are_neutral(escenario, rol):
    malas = []
    for fila in FILAS:
        if fila.metodo != "GET" or fila.esperados[rol] != "200":
            continue
        direccion = fila.direccion.format(**escenario.datos)
        respuesta = contestacion(escenario.cliente(rol), fila, direccion)
        malas += [f"{direccion}: {palabra}" for palabra in palabras_en(direccion)]
        malas += [f"{direccion}: archivo {p}" for p in palabras_en(respuesta.get("Content-Disposition", ""))]
        if respuesta.get("Content-Type", "").startswith("text/html"):
            malas += [f"{direccion}: {falta}" for falta in faltas(respuesta.content.decode())]
    assert not malas, "\n".join(malas)


def pantallas_del_editor() -> list[str]:
    """Every Wagtail screen that takes no argument, except the door itself."""
    encontradas: list[str] = []

    def recorrer(resolutor, prefijo: str) -> None:
        for patron in resolutor.url_patterns:
            ruta = prefijo + str(patron.pattern).replace("^", "").replace("$", "")
            if isinstance(patron, URLResolver):
                recorrer(patron, ruta)
            elif not set("<([\\?*") & set(ruta):
                encontradas.append("/" + ruta)

    for patron in get_resolver().url_patterns:
        if isinstance(patron, URLResolver) and str(patron.pattern) == "admin/":
            recorrer(patron, "admin/")
    return sorted(set(encontradas) - {"/admin/login/", "/admin/logout/"})


@pytest.mark.un_motor
@pytest.mark.parametrize("rol", ["visitante", "integrante", "coordinadora_a", "cem"])
def test_the_editor_is_closed_to_who_does_not_write(escenario, rol):
    cliente = escenario.cliente(rol)
    abiertas = []
    pantallas = pantallas_del_editor()
    assert len(pantallas) > 50
    for direccion in pantallas:
        with transaction.atomic():
            estado = cliente.get(direccion).status_code
            transaction.set_rollback(True)
        if estado == 200:
            abiertas.append(direccion)
    assert set(abiertas) <= SIN_DATOS, abiertas
