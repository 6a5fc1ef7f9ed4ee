"""The journal of PostgreSQL is archived as the guide says, and a lost database comes back with what it confirmed."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from instancias.models import Institucion
from marco import estado
from marco.models import Instalacion, Latido
from marco.respaldo.comprobar import conectada_a
from marco.respaldo.vuelta import ultima_vuelta
from marco.services.latir import latir
from tests import gente
from tests.fallas.servidor import Servidor, carpeta_corta, de_un_solo_uso
from tests.paciencia import PACIENCIA

RAIZ = Path(__file__).resolve().parents[2]
DESPLIEGUE = RAIZ / "docs" / "despliegue"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="el diario que se archiva es de PostgreSQL"),
]


def ordenes() -> dict[str, list[str]]:
    """What the guide tells to do with pgBackRest, by its last word."""
    guia = (RAIZ / "docs/guias/instalar.md").read_text("utf-8").split("\n## Una base grande\n", 1)[1].split("\n## ")[0]
    dichas = re.findall(r"^    sudo -u postgres (pgbackrest .+)$", guia, re.MULTILINE)
    return {una.split()[-1]: una.split() for una in dichas}


class Archivado:
    """The server of a test whose journal goes where the examples of the guide say, on this machine."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta, self.papel = carpeta, carpeta / "pgbackrest.conf"
        texto = (DESPLIEGUE / "pgbackrest.conf").read_text("utf-8")
        texto = texto.replace("/srv/respaldos/postgresql", str(carpeta / "diario"))
        texto = texto.replace("/var/lib/postgresql/15/main", str(carpeta / "datos"))
        aqui = f"pg1-socket-path={carpeta}\npg1-user=kuska\npg1-database=postgres\n"
        texto = texto.replace("[global]", f"[global]\nlock-path={carpeta}/candados\nspool-path={carpeta}/espera")
        self.papel.write_text(texto + aqui, "utf-8")
        for cual in ("diario", "candados", "espera"):
            (carpeta / cual).mkdir()
            shutil.chown(carpeta / cual, "postgres", "postgres")

    def de_postgresql(self) -> list[str]:
        """The settings of the example, as options of the server."""
        texto = (DESPLIEGUE / "postgresql-diario.conf").read_text("utf-8")
        dichos = re.findall(r"^(\w+) = '?(.+?)'?$", texto, re.MULTILINE)
        con_papel = f"pgbackrest --config={self.papel} "
        aqui = [f"{nombre}={que}".replace("pgbackrest ", con_papel) for nombre, que in dichos]
        assert any("archive-push" in uno for uno in aqui)
        return [parte for uno in aqui for parte in ("-c", uno)]

    def hacer(self, servidor: Servidor, orden: list[str]) -> None:
        hecho = subprocess.run(
            [*servidor.como, orden[0], f"--config={self.papel}", *orden[1:]],
            cwd=self.carpeta,
            capture_output=True,
            text=True,
            check=False,
        )
        assert hecho.returncode == 0, hecho.stdout[-2000:] + hecho.stderr[-2000:]


@pytest.fixture
def archivada() -> Iterator[tuple[Servidor, Archivado]]:
    carpeta = carpeta_corta()
    shutil.chown(carpeta, "postgres", "postgres")
    suyo = Archivado(carpeta)
    gente.crear_territorio()
    with de_un_solo_uso(carpeta) as servidor:
        servidor.matar()
        servidor.otros = suyo.de_postgresql()
        servidor.encender()
        with conectada_a(servidor.ajustes):
            yield servidor, suyo


def linea() -> estado.LineaDeEstado:
    return next(una for una in estado.lineas(ahora=timezone.now()) if una.clave == "copia_seguida")


def test_what_was_archived_comes_back_after_the_database_is_lost(archivada, settings, tmp_path):
    servidor, suyo = archivada
    dicho = ordenes()
    settings.KUSKA_CLAVE_DE_RESPALDO, settings.KUSKA_RESPALDOS = "una clave larga de copias", tmp_path
    settings.KUSKA_MINUTOS_ENTRE_COPIAS = 0
    for cual in ("stanza-create", "check", "backup"):
        suyo.hacer(servidor, dicho[cual])
    for numero in range(50):
        Institucion.objects.create(nombre=f"después de la copia {numero}", sector="policia")
    latir(clave=Latido.RELOJ, ahora=timezone.now())
    antes = Instalacion.objects.get().identidad
    with connection.cursor() as cursor:  # what happens by itself within a minute
        cursor.execute("SELECT pg_walfile_name(pg_switch_wal())")
        (ultimo,) = cursor.fetchone()
        limite = time.monotonic() + PACIENCIA
        while time.monotonic() < limite:
            cursor.execute("SELECT last_archived_wal >= %s FROM pg_stat_archiver", [ultimo])
            if cursor.fetchone()[0]:
                break
            time.sleep(0.1)
    assert linea().estado == estado.BIEN and "El diario de la base se archivó hace" in linea().dice

    connection.close()
    connection.close_pool()
    servidor.matar()
    shutil.rmtree(suyo.carpeta / "datos")
    (suyo.carpeta / "datos").mkdir(mode=0o700)
    shutil.chown(suyo.carpeta / "datos", "postgres", "postgres")
    suyo.hacer(servidor, dicho["restore"])
    servidor.encender()
    salida = StringIO()
    call_command("restaurar", "--ya-repuesta", stdout=salida)

    assert Institucion.objects.filter(nombre__startswith="después de la copia").count() == 50
    assert Instalacion.objects.get().identidad != antes and Instalacion.objects.get().por_terminar_desde is None
    vuelta = ultima_vuelta()
    assert vuelta is not None and vuelta.de is not None
    assert "sigue después del" in salida.getvalue() and "Se cerraron todas las sesiones" in salida.getvalue()


def test_a_journal_that_is_not_archived_is_told(archivada, settings, tmp_path):
    """Nobody made the place where it goes."""
    settings.KUSKA_CLAVE_DE_RESPALDO, settings.KUSKA_RESPALDOS = "una clave larga de copias", tmp_path
    settings.KUSKA_MINUTOS_ENTRE_COPIAS = 0
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE de_paso (n int)")
        cursor.execute("SELECT pg_switch_wal()")
        limite = time.monotonic() + PACIENCIA
        while time.monotonic() < limite and linea().estado != estado.MAL:
            time.sleep(0.1)
    assert linea().estado == estado.MAL and "archive_command" in linea().que_hacer
    assert "todavía no se archiva" in linea().dice
