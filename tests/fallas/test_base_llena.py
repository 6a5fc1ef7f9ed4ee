"""The disk of a PostgreSQL server is full: reading goes on, nothing is kept by halves, and every page tells it.

Where its journal has no room the server stops: whoever comes is told to come back, and nothing confirmed is lost. Its
own server on a disk of a few megabytes (``poco_sitio``). The long run has the site on and phones that send.
"""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from evaluaciones.models import Respuesta
from marco.fallas import MAS_RATO
from marco.respaldo.comprobar import conectada_a
from marco.salud import prueba
from marco.solo_lectura import disco
from tests.evaluaciones.factories import buenas
from tests.fallas.cuadro import anotar
from tests.fallas.golpes import nada_roto
from tests.fallas.poco_sitio import PocoSitio, por_que_no
from tests.fallas.servidor import Servidor, carpeta_corta, de_un_solo_uso
from tests.fallas.test_fallas import curso, listo_para_enviar, rosa

__all__ = ["curso", "rosa"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="con SQLite lo prueba test_fallas"),
    pytest.mark.skipif(bool(por_que_no()), reason=por_que_no()),
]
DATOS, DIARIO = 112, 12  # megabytes of a disk for everything but the journal, and for the journal alone
BANDA = "no tiene espacio para guardar"


@contextmanager
def con_poco_sitio(*, para_el_diario: bool) -> Iterator[tuple[Servidor, PocoSitio]]:
    """A server whose data are on the small disk and its journal elsewhere, or the other way round."""
    carpeta = carpeta_corta()
    poco = PocoSitio(carpeta / ("diario" if para_el_diario else "datos"), DIARIO if para_el_diario else DATOS)
    try:
        otros = (f"--waldir={carpeta / 'diario' / 'wal'}", "--wal-segsize=1")
        if not para_el_diario:
            (carpeta / "diario").mkdir()
            shutil.chown(carpeta / "diario", "postgres")
        servidor = de_un_solo_uso(carpeta, dentro=poco.dentro, otros=otros, en_disco=False)
        with servidor as uno, conectada_a(uno.ajustes):
            yield uno, poco
    finally:
        poco.quitar()


class Telefono:
    """Answers one after the other, and keeps those that it was told are saved."""

    def __init__(self, persona: Any, intento: Any, lugar: str) -> None:
        self.cliente = Client(raise_request_exception=False)
        self.cliente.force_login(persona.cuenta)
        self.intento, self.lugar, self.elegidas = intento, lugar, buenas(intento)
        self.confirmadas: set[uuid.UUID] = set()

    def responder(self) -> Any:
        operacion = uuid.uuid4()
        numero = 1 + operacion.int % 10
        datos = {"intento": self.intento.clave, "pregunta": numero, "operacion": operacion}
        datos[f"p{numero}"] = self.elegidas[numero]
        respuesta = self.cliente.post(f"{self.lugar}/respuesta", datos, headers={"accept": "application/json"})
        if respuesta.status_code == 200:
            self.confirmadas.add(operacion)
        connection.close_if_unusable_or_obsolete()
        return respuesta

    def hasta_que_no_quepa(self, antes: Callable[[], None] = lambda: None) -> Any:
        for _vez in range(2000):
            antes()
            if (respuesta := self.responder()).status_code != 200:
                return respuesta
        raise AssertionError("siempre cupo")

    def leer(self, ruta: str) -> Any:
        respuesta = self.cliente.get(ruta, follow=True)
        connection.close_if_unusable_or_obsolete()
        return respuesta

    def todas_estan(self) -> bool:
        return self.confirmadas <= set(Respuesta.objects.values_list("operacion", flat=True))


def gastar_el_diario() -> None:
    """As much as a day of answers would write: a segment a time."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_switch_wal()")
    connection.close_if_unusable_or_obsolete()


def se_dijo(respuesta: Any, *frases: str) -> None:
    """To come back, and with which words: never that what was sent is safe."""
    dicho = respuesta.json()
    assert respuesta.status_code == 503 and respuesta["Retry-After"], dicho
    assert any(frase in dicho["mensaje"] for frase in frases), dicho


@pytest.fixture
def telefono(curso: Any, rosa: Any) -> Telefono:
    _inscripcion, intento = listo_para_enviar(curso, rosa)
    return Telefono(rosa, intento, f"/e/{curso.curso.numero}/{curso.unidad_evaluada.numero}")


def test_with_no_room_for_its_data_the_site_reads_tells_it_and_saves_again(telefono, curso):
    with con_poco_sitio(para_el_diario=False) as (_servidor, poco):
        assert telefono.responder().status_code == 200
        poco.llenar()
        primera = telefono.hasta_que_no_quepa()
        se_dijo(primera, "No se guardó.")
        assert primera["Retry-After"] == str(MAS_RATO)
        segunda = telefono.responder()
        se_dijo(segunda, "No se guardó.")
        assert segunda.json()["codigo"] == "solo_lectura", "the rest is refused before it begins"
        paginas = ("/inicio", f"/c/{curso.curso.numero}", f"/c/{curso.curso.numero}/1/1", telefono.lugar, "/ayuda")
        for ruta in paginas:
            leida = telefono.leer(ruta)
            assert leida.status_code == 200 and BANDA in leida.text, ruta
        prueba.hasta = 0.0
        assert telefono.cliente.get("/salud").status_code == 200
        assert telefono.cliente.get("/salud/lista").status_code == 503
        poco.vaciar()
        disco.olvidar()  # a minute later
        assert telefono.responder().status_code == 200
        assert BANDA not in telefono.leer("/inicio").text
        assert telefono.todas_estan()
        nada_roto()
    anotar("disco lleno", 1)


def test_with_no_room_for_its_journal_the_server_stops_and_nothing_confirmed_is_lost(telefono):
    with con_poco_sitio(para_el_diario=True) as (servidor, poco):
        assert telefono.responder().status_code == 200
        poco.llenar()
        # Cut in the middle of a commit, nobody knows; what comes next finds nobody there.
        se_dijo(telefono.hasta_que_no_quepa(gastar_el_diario), "No sabemos si se guardó", "No se guardó.")
        poco.vaciar()
        if not servidor.vive:  # it did not come back by itself
            servidor.matar()
            servidor.encender()
        for _vez in range(300):
            disco.olvidar()
            if telefono.responder().status_code == 200:
                break
            time.sleep(0.1)
        assert telefono.todas_estan() and len(telefono.confirmadas) >= 2
        nada_roto()
    anotar("disco lleno del diario de la base, que se detiene", 1)
