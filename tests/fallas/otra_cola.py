"""RabbitMQ in place of Redis as the queue of a server: only in «make fallas», where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fallas.celulares import Sala
from tests.fallas.cuadro import anotar
from tests.fallas.de_pie import EnUnServidor
from tests.fallas.rabbit import Rabbit, lo_hay
from tests.fallas.test_de_pie import (
    PERSONAS,
    dos_veces_y_de_antes,
    encendida,
    programa,
    redis,
    servidor,
    todo_esta,
)

pytestmark = pytest.mark.skipif(not lo_hay(), reason="no hay RabbitMQ en esta máquina")
__all__ = ["programa", "redis"]


@pytest.fixture
def rabbit(tmp_path_factory: Any) -> Iterator[Rabbit]:
    uno = Rabbit(tmp_path_factory.mktemp("rabbit"))
    try:
        uno.encender()
        yield uno
    finally:
        uno.despedir()


@pytest.fixture
def aula(programa: Any, redis: Any, rabbit: Rabbit, tmp_path: Path, settings: Any) -> Iterator[EnUnServidor]:
    yield from encendida(servidor(tmp_path, redis, cola=rabbit.url), settings)


@pytest.mark.django_db(transaction=True)
def test_with_rabbitmq_the_work_is_done_and_waits_for_it_when_it_stops(aula, programa, rabbit):
    sala = Sala(aula.sitio(), programa)
    with sala.enviando(PERSONAS):
        pass
    todo_esta(sala)
    anotar("RabbitMQ como cola: certificados emitidos y compuestos", PERSONAS)
    for falla, romper, componer in (
        ("apagado", rabbit.apagar, rabbit.encender),
        ("sin contestar", rabbit.congelar, rabbit.descongelar),
    ):
        with sala.enviando(PERSONAS) as hasta:
            hasta(3)
            romper()
        sala.comprobar()
        componer()
        todo_esta(sala)
        anotar(f"RabbitMQ {falla} mientras envían celulares", 1)
    with sala.enviando(PERSONAS) as hasta:
        for golpe in range(3):
            hasta(3 + 10 * golpe)
            aula.matar("obrero")
    todo_esta(sala)
    anotar("RabbitMQ: kill -9 del obrero mientras envían celulares", 3)
    dos_veces_y_de_antes(aula.cola, sala)
    anotar("RabbitMQ: mensajes dos veces, de otro día y de nadie", 3)
