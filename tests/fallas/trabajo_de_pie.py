"""A long work with the site really on: its worker is killed, the clock finds it, another ends it, and it is done once.

With SQLite it is the worker of «servir»; with PostgreSQL, that of Celery over Redis, as its unit begins it. In the site
where phones sent a moment ago: to turn on another one takes longer than the work.
"""

from __future__ import annotations

import os
import signal
import zipfile
from contextlib import suppress
from typing import Any

from django.utils import timezone

from certificados.models import Certificado, ContadorDeRegistro
from certificados.services import lotes
from instancias.models import Trabajo
from tests.certificados.factories import crear_curso, crear_muchos, crear_plantilla, filtro_de
from tests.fallas.de_pie import Aula, esperar
from tests.fallas.test_lotes import nadie_lo_tiene

PERSONAS = 60


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


def se_hace_una_vez(aula: Aula, por: Any) -> None:
    """Papers of sixty people more, then a file of all that there are."""
    antes = Certificado.objects.count()
    otro = crear_curso(titulo="Otro curso")
    crear_plantilla(otro.curso)
    crear_muchos(otro, PERSONAS)
    como = {"filtro": filtro_de(por), "por": por, "lugar": "Aquí"}
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
    todos = antes + PERSONAS
    assert Certificado.objects.count() == todos and ContadorDeRegistro.objects.get().ultimo == todos
    archivos = [uno for uno in (aula.carpeta / "privado" / "de_un_dia").rglob("*") if uno.is_file()]
    assert archivos == [aula.carpeta / "privado" / trabajo.ruta]
    with zipfile.ZipFile(archivos[0]) as paquete:
        assert len(set(paquete.namelist())) == todos and paquete.testzip() is None
