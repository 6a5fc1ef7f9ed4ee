"""A long work with the site really on: its worker is killed, the clock finds it, another ends it, and it is done once.

With SQLite it is the worker of «servir»; with PostgreSQL, that of Celery over Redis, as its unit begins it.
"""

from __future__ import annotations

import os
import signal
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from certificados.models import Certificado, ContadorDeRegistro
from certificados.services import lotes
from instancias.models import Trabajo
from tests import gente
from tests.certificados.factories import CursoDePrueba, crear_curso, crear_muchos, crear_plantilla, filtro_de
from tests.fallas.de_pie import Aula, EnUnaMaquina, esperar
from tests.fallas.test_de_pie import encendida, redis, servidor
from tests.fallas.test_lotes import nadie_lo_tiene

__all__ = ["redis"]
pytestmark = pytest.mark.django_db(transaction=True)
PERSONAS = 60


@pytest.fixture
def curso(transactional_db: None, territorio: Any) -> CursoDePrueba:
    hecho = crear_curso()
    crear_plantilla(hecho.curso)
    gente.crear_cuenta("administra", is_superuser=True)  # or the service would make one
    crear_muchos(hecho, PERSONAS)
    return hecho


@pytest.fixture
def aula(curso: CursoDePrueba, redis: Any, tmp_path: Path, settings: Any) -> Iterator[Aula]:
    una = EnUnaMaquina(tmp_path) if redis is None else servidor(tmp_path, redis)
    yield from encendida(una, settings)


def en_marcha(trabajo: Trabajo) -> bool:
    trabajo.refresh_from_db()
    return bool(trabajo.turno) or not trabajo.en_curso


def terminado(trabajo: Trabajo) -> bool:
    trabajo.refresh_from_db()
    return not trabajo.en_curso


def matar_a_quien_trabaja(aula: Aula) -> None:
    for pid in esperar(lambda: aula.pids("obrero"), "que viva el obrero"):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_a_long_work_whose_worker_is_killed_is_found_by_the_clock_and_done_once(aula, curso, cem_provincial):
    como = {"filtro": filtro_de(cem_provincial), "por": cem_provincial, "lugar": "Aquí"}
    a_medias = []
    for pedir in (lotes.pedir_emision_de_varios, lotes.pedir_paquete):
        trabajo = pedir(ahora=timezone.now(), **como)
        nadie_lo_tiene()  # asked for while the queue was out of reach
        esperar(lambda este=trabajo: en_marcha(este), "que alguien lo empiece")
        a_medias.append(trabajo.en_curso)
        matar_a_quien_trabaja(aula)
        nadie_lo_tiene()
        esperar(lambda este=trabajo: terminado(este), "que otro lo termine")
        assert trabajo.estado == Trabajo.Estado.LISTO, (trabajo.motivo, aula.registro())
    assert any(a_medias), "a file of sixty papers takes a second"
    assert Certificado.objects.count() == PERSONAS and ContadorDeRegistro.objects.get().ultimo == PERSONAS
    archivos = [uno for uno in (aula.carpeta / "privado" / "de_un_dia").rglob("*") if uno.is_file()]
    assert archivos == [aula.carpeta / "privado" / trabajo.ruta]
    with zipfile.ZipFile(archivos[0]) as paquete:
        assert len(set(paquete.namelist())) == PERSONAS and paquete.testzip() is None
