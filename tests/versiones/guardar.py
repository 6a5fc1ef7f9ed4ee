"""Keep the database of this edition, with a province of invented people, for the editions that will come.

«make version-de-prueba» runs it once for each database before a release is tagged. From then on the gate upgrades what
it left (``test_subir_de_version``).
"""

from __future__ import annotations

import lzma
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from instancias.models import LineaDeRastro
from marco.programa import version_del_programa
from marco.respaldo.motores import motor
from marco.respaldo.postgres import programa
from marco.solo_crece import soltar, vigilar
from tests.escenario import montar

RASTRO = LineaDeRastro._meta.db_table
AQUI = Path(__file__).resolve().parent


@pytest.mark.django_db(transaction=True)
def test_keep_the_database_of_this_edition(tmp_path):
    montar()
    vigilar(connection, RASTRO, "en", 2)  # tests take them away to empty every table
    destino = AQUI / version_del_programa()
    destino.mkdir(exist_ok=True)
    if connection.vendor == "sqlite":
        aparte = tmp_path / "base.sqlite3"
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as base:
            base.execute("VACUUM INTO ?", (str(aparte),))
        crudo = aparte.read_bytes()
    else:
        uno = motor()
        orden = [programa("pg_dump"), "--no-owner", "--no-acl", f"--dbname={uno.datos}"]
        crudo = subprocess.run(orden, env=uno.entorno, capture_output=True, check=True).stdout
        # Words of the newest tools, that those of other machines do not know.
        crudo = b"".join(
            linea
            for linea in crudo.splitlines(keepends=True)
            if not linea.startswith((b"\\restrict", b"\\unrestrict", b"SET transaction_timeout"))
        )
    nombre = "base.sqlite3.xz" if connection.vendor == "sqlite" else "base.sql.xz"
    soltar(connection, RASTRO)
    (destino / nombre).write_bytes(lzma.compress(crudo, preset=9 | lzma.PRESET_EXTREME))
