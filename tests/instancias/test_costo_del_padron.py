"""What a long list costs: the statements of each thousand rows, and the memory, are the same however long it is."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.demo import pais
from cms.demo.banco_padron import ALCANCE, Parte, piso
from instancias import padron
from instancias.models import ImportacionDePadron, Membresia, Persona
from instancias.padron.trabajo import trabajo
from tests.conftest import DE_TRANSACCION

pytestmark = pytest.mark.django_db
# Undoing asks, before somebody is forgotten, each table that could keep a thing of theirs;
# and each lot leaves its lines in the trail.
POR_MIL = {"leer": 20, "guardar": 20, "guardar otra vez": 20, "deshacer": 50}
MEGAS = 60


def traer(cuantas: int) -> ImportacionDePadron:
    datos = {"nombre": "lista.csv", "contenido": pais.en_csv(cuantas), "esquema": "inei", "alcance": ALCANCE}
    return padron.recibir(**datos, por=None, ahora=timezone.now(), preguntar=False)


def hacer(importacion: ImportacionDePadron) -> ImportacionDePadron:
    while trabajo.avanzar(importacion_id=importacion.pk):
        pass
    importacion.refresh_from_db()
    return importacion


def pedir(que, importacion: ImportacionDePadron) -> None:
    que(importacion_id=importacion.pk, alcance=ALCANCE, por=None, ahora=timezone.now())


def sentencias(acto) -> int:
    with CaptureQueriesContext(connection) as captura:
        acto()
    return sum(1 for fila in captura.captured_queries if not DE_TRANSACCION.match(fila["sql"]))


def costos(cuantas: int) -> dict[str, int]:
    """Statements of each part, of a list of people whom nobody knows and of the same list brought again."""
    nueva = traer(cuantas)
    dichos = {"leer": sentencias(lambda: hacer(nueva))}
    assert nueva.resumen["crear"] == cuantas - nueva.resumen["rechazar"]
    pedir(trabajo.pedir_guardar, nueva)
    dichos["guardar"] = sentencias(lambda: hacer(nueva))
    assert Membresia.objects.count() == nueva.resumen["crear"]
    otra = hacer(traer(cuantas))
    pedir(trabajo.pedir_guardar, otra)
    dichos["guardar otra vez"] = sentencias(lambda: hacer(otra))
    pedir(trabajo.pedir_deshacer, nueva)
    dichos["deshacer"] = sentencias(lambda: hacer(nueva))
    assert not Persona.objects.exists()
    return dichos


def test_each_thousand_rows_more_costs_the_same_few_statements():
    pais.levantar(pais.distritos_para(3000))
    mil, tres_mil = costos(1000), costos(3000)
    de_mas = {que: tres_mil[que] - mil[que] for que in mil}
    assert {que: n for que, n in de_mas.items() if n > 2 * POR_MIL[que]} == {}, (mil, tres_mil)


@pytest.mark.un_motor
def test_the_memory_of_a_long_list_does_not_grow_with_it():
    """Three thousand rows more take less than their part of what twenty thousand may."""
    pais.levantar(pais.distritos_para(4000))
    picos = []
    for cuantas in (1000, 4000):
        importacion = traer(cuantas)
        gc.collect()
        tracemalloc.start()
        try:
            hacer(importacion)
            picos.append(tracemalloc.get_traced_memory()[1] / 1024**2)
        finally:
            tracemalloc.stop()
    assert picos[1] - picos[0] < MEGAS * 3000 / 20_000, picos


def test_what_plain_sql_takes_is_measured_on_copies_that_do_not_stay(provincia):
    antes = set(connection.introspection.table_names())
    assert piso() > 0
    assert set(connection.introspection.table_names()) == antes
    de_las_dos = {"nombre": "las dos", "filas": 10, "segundos": 1, "procesador": 1, "sentencias": 1, "megas": 1}
    assert Parte(**de_las_dos, pisos=40).veredicto == "cumple"
    assert Parte(**de_las_dos, pisos=41).veredicto == "NO cumple: más de 40 pisos"
