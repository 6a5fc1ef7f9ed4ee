"""The site really on, and phones that send: whoever is killed, stopped or frozen, nothing that was confirmed is lost.

With SQLite it is «servir»; with PostgreSQL, gunicorn, the worker and the clock as their units begin them, over Redis.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from certificados.models import Certificado
from instancias.models import LineaDeRastro
from marco.cola import CABECERA, PEDIDO
from marco.models import Encargo
from marco.solo_crece import soltar, vigilar
from tests import gente
from tests.certificados.factories import crear_plantilla
from tests.evaluaciones.factories import ProgramaConEvaluacion
from tests.fallas import trabajo_de_pie
from tests.fallas.celulares import Sala
from tests.fallas.de_pie import Aula, EnUnaMaquina, EnUnServidor
from tests.fallas.golpes import LARGA, nada_roto
from tests.servidor_redis import Servidor

pytestmark = pytest.mark.django_db(transaction=True)
PERSONAS = 24 if LARGA else 4
TRABAJO = 900.0 if LARGA else 120.0  # seconds for what was left behind


def terminar_el_trabajo(sala: Sala) -> None:
    """Wait for every paper. In the short run, what got lost with whoever died is taken for lost at once."""
    hasta, vez = time.monotonic() + TRABAJO, 0
    while faltan := sala.sin_papel():
        assert time.monotonic() < hasta, f"{faltan} sin su papel"
        if not LARGA and vez % 100 == 99:
            Encargo.objects.update(proximo_en=timezone.now())
        vez += 1
        time.sleep(0.1)
    assert Certificado.objects.filter(inscripcion__in=sala.inscripciones).count() == len(sala.inscripciones)
    numeros = list(Certificado.objects.values_list("anio", "numero"))
    assert len(numeros) == len(set(numeros))


def todo_esta(sala: Sala) -> None:
    terminar_el_trabajo(sala)
    sala.comprobar()
    nada_roto()


def las_reglas_se_cumplen(aula: Aula) -> None:
    """All of them, those of papers too, as who administers asks."""
    fin = aula.mandar("invariantes", "--json", "--no-anotar")
    assert fin.returncode == 0, fin.stdout + fin.stderr


@pytest.fixture
def programa(transactional_db: None, territorio: Any) -> ProgramaConEvaluacion:
    hecho = ProgramaConEvaluacion(lecciones=1, preguntas=3)
    crear_plantilla(hecho.curso)
    gente.crear_cuenta("administra", is_superuser=True)  # or the service would make one
    return hecho


@pytest.fixture
def redis(tmp_path_factory: Any) -> Iterator[Servidor | None]:
    if connection.vendor == "sqlite":
        yield None
        return
    if not shutil.which("redis-server"):
        pytest.skip("no hay Redis en esta máquina")
    uno = Servidor(tmp_path_factory.mktemp("redis"))
    uno.encender()
    yield uno
    uno.apagar()


@pytest.fixture
def aula(programa: Any, redis: Servidor | None, tmp_path: Path, settings: Any) -> Iterator[Aula]:
    una = EnUnaMaquina(tmp_path) if redis is None else servidor(tmp_path, redis)
    yield from encendida(una, settings)


def servidor(carpeta: Path, redis: Servidor, cola: str = "") -> EnUnServidor:
    enchufe = redis.url.removeprefix("unix://")
    return EnUnServidor(carpeta, cola=cola or f"redis+socket://{enchufe}", memoria=f"unix://{enchufe}?db=1")


def encendida(una: Aula, settings: Any) -> Iterator[Aula]:
    settings.SECRET_KEY = una.clave  # the sessions of the phones are of that site
    vigilar(connection, LineaDeRastro._meta.db_table, "en", 2)
    una.encender()
    try:
        yield una
    finally:
        una.apagar()
        soltar(connection, LineaDeRastro._meta.db_table)


def test_who_is_killed_or_stopped_loses_nothing_that_phones_sent_nor_a_long_work(aula, programa, redis, cem_provincial):
    sala = Sala(aula.sitio(), programa)
    with sala.enviando(PERSONAS) as hasta:
        for golpe, parte in enumerate(("paginas", "obrero", "reloj"), 1):
            hasta(3 * golpe)
            aula.matar(parte)
        hasta(12)
        if redis is None:
            aula.se_va_la_luz()
        else:
            romper(redis, "apagado")
    sala.comprobar()
    if redis is not None:
        componer(redis, "apagado")
    todo_esta(sala)
    las_reglas_se_cumplen(aula)
    trabajo_de_pie.se_hace_una_vez(aula, cem_provincial)


def romper(redis: Servidor, falla: str) -> None:
    if falla == "vaciado":
        redis.cliente().flushall()
    elif falla == "apagado":
        redis.apagar()
    else:
        redis.congelar()


def componer(redis: Servidor, falla: str) -> None:
    if falla == "apagado":
        redis.encender()
    elif falla == "sin contestar":
        redis.descongelar()


def dos_veces_y_de_antes(url: str, sala: Sala) -> None:
    """The same message twice, one whose work was done long ago, and one about nobody."""
    antes = sorted(Certificado.objects.values_list("pk", "numero", "pdf"))
    viejo = {CABECERA: "0" * 64, PEDIDO: timezone.now().isoformat()}
    app = Celery("celulares", broker=url, set_as_current=False)
    for argumento in (*sala.inscripciones[:2] * 2, 999_999):
        app.send_task("certificados.emitir", args=[argumento], headers=viejo)
    for papel in [pk for pk, _numero, _pdf in antes[:2]] * 2:
        app.send_task("certificados.generar_pdf", args=[[papel]], headers=viejo)
    app.close()
    # One more person comes after them: with one queue, theirs were taken before.
    with sala.enviando(1):
        pass
    todo_esta(sala)
    ahora = sorted(Certificado.objects.values_list("pk", "numero", "pdf"))
    assert [una for una in ahora if una[0] in {pk for pk, _numero, _pdf in antes}] == antes
