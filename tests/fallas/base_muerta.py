"""The database dies: only in «make fallas», over a PostgreSQL of its own. With SQLite it is the process that dies."""

from __future__ import annotations

import os
import time
import uuid

import pytest

from evaluaciones.models import Respuesta
from marco.respaldo.comprobar import conectada_a
from tests.evaluaciones.factories import operacion
from tests.fallas.cuadro import anotar
from tests.fallas.golpes import empezar as echar_a_andar
from tests.fallas.golpes import nada_roto, terminar
from tests.fallas.servidor import de_un_solo_uso
from tests.fallas.test_fallas import contestar, curso, listo_para_enviar, rosa

__all__ = ["curso", "rosa"]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_killed_has_what_it_confirmed(curso, rosa):
    """PostgreSQL of its own, with its disk writes on: kill -9 to all of it while answers come in."""
    _inscripcion, intento = listo_para_enviar(curso, rosa)
    with de_un_solo_uso() as servidor, conectada_a(servidor.ajustes):
        golpes = 0
        for _vez in range(5):
            lee, escribe = os.pipe()

            def sin_parar(escribe: int = escribe) -> None:
                while True:
                    suya = operacion()
                    contestar(rosa, intento, suya, pregunta=1 + suya.int % 10)()
                    os.write(escribe, suya.bytes)

            contestando = echar_a_andar(sin_parar)
            os.close(escribe)
            time.sleep(1.0)
            servidor.matar()
            golpes += 1
            terminar(contestando)
            with os.fdopen(lee, "rb") as tubo:
                dichas = tubo.read()
            servidor.encender()
            confirmadas = {uuid.UUID(bytes=dichas[n : n + 16]) for n in range(0, len(dichas) - 15, 16)}
            guardadas = set(Respuesta.objects.values_list("operacion", flat=True))
            assert confirmadas and confirmadas <= guardadas
            nada_roto()
    anotar("kill -9 de toda la base mientras llegan respuestas", golpes)
