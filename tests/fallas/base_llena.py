"""The disk of PostgreSQL fills up while phones send, with the site really on: only in «make fallas».

They are told to come back, and do; once there is room all of it is saved, once, and everybody has a certificate.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.fallas.celulares import Sala
from tests.fallas.cuadro import anotar
from tests.fallas.de_pie import esperar
from tests.fallas.poco_sitio import PocoSitio, por_que_no
from tests.fallas.test_base_llena import con_poco_sitio
from tests.fallas.test_de_pie import PERSONAS, encendida, las_reglas_se_cumplen, programa, redis, servidor, todo_esta

__all__ = ["programa", "redis"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="con SQLite lo prueba test_fallas"),
    pytest.mark.skipif(bool(por_que_no()), reason=por_que_no()),
]


def test_a_disk_that_fills_while_phones_send(programa, redis, tmp_path: Path, settings: Any):
    with con_poco_sitio(para_el_diario=False) as (_base, poco):
        for aula in encendida(servidor(tmp_path, redis), settings):
            sala = Sala(aula.sitio(), programa)
            with sala.enviando(PERSONAS) as hasta:
                hasta(5)
                llenar_hasta_que_se_note(poco, sala)
                poco.vaciar()
            todo_esta(sala)
            las_reglas_se_cumplen(aula)
    anotar("disco de la base lleno mientras envían celulares", 1)


def llenar_hasta_que_se_note(poco: PocoSitio, sala: Sala) -> None:
    """What the server frees meanwhile is taken too."""

    def se_noto() -> bool:
        poco.llenar()
        return sala.libro.dichos["503"] >= 3

    esperar(se_noto, "que no quepa")
