"""The tests themselves: a programme that is poured is the one that is published."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cursos.models import Leccion
from tests import moldes
from tests.cursos.factories import Programa, crear_leccion
from tests.evaluaciones.factories import ProgramaConEvaluacion, publicar_con_evaluacion

pytestmark = pytest.mark.django_db

# Read and never written, and the same in every test: the kinds of content and the permissions. The kinds of seat are
# asked for through those that a lesson names, which are in a table that is looked at.
FIJAS = re.compile(r"^(django_content_type|auth_permission|.*_tipodeasiento)$")
TABLA = re.compile(r'(?:FROM|JOIN|INTO|UPDATE)\s+"(\w+)"')
TIEMPO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(\+\d\d:\d\d|Z)?")
CLAVE = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|(?<=-)[0-9a-f]{8}\b")
LLENA = {"lecciones": 2, "clase": "modulo", "preguntas": 10}


def se_publica(hacer: Any, *args: Any, **campos: Any) -> bool:
    """Whether it was published, and not poured."""
    with CaptureQueriesContext(connection) as captura:
        hacer(*args, **campos)
    return len(captura) > 60


def probar_y_deshacer(hacer: Any, *args: Any, **campos: Any) -> tuple[tuple[Any, ...], Any]:
    with transaction.atomic():
        resultado = hacer(*args, **campos)
        filas = moldes.leer()
        transaction.set_rollback(True)
    return filas, resultado


def sin_azar(filas: tuple[Any, ...]) -> str:
    """The rows with each random key by the order in which it appears, and without moments."""
    vistas: dict[str, str] = {}
    texto = CLAVE.sub(
        lambda hallada: vistas.setdefault(hallada[0].replace("-", ""), f"clave {len(vistas)}"), repr(filas)
    )
    return TIEMPO.sub("entonces", texto)


def test_what_is_poured_is_what_was_published(territorio):
    moldes._moldes.clear()
    publicadas, resultado = probar_y_deshacer(publicar_con_evaluacion, **LLENA)
    vertidas, otro = probar_y_deshacer(publicar_con_evaluacion, **LLENA)
    assert not se_publica(publicar_con_evaluacion, **LLENA)
    assert vertidas == publicadas
    assert otro[:1] == resultado[:1] and otro[1] == resultado[1] and otro[2] == resultado[2]
    for vertida, publicada in zip(otro[2], resultado[2], strict=True):
        assert vertida.serializable_data() == publicada.serializable_data()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL gives other numbers to rows made again")
def test_publishing_again_would_leave_the_same(territorio):
    moldes._moldes.clear()
    publicadas, _resultado = probar_y_deshacer(publicar_con_evaluacion, **LLENA)
    vertidas, _otro = probar_y_deshacer(publicar_con_evaluacion, **LLENA)
    moldes._moldes.clear()
    otra_vez, _otro = probar_y_deshacer(publicar_con_evaluacion, **LLENA)
    assert vertidas == publicadas != otra_vez
    assert sin_azar(otra_vez) == sin_azar(vertidas)


def test_publishing_looks_at_nothing_else(territorio):
    moldes._moldes.clear()
    with CaptureQueriesContext(connection) as captura:
        ProgramaConEvaluacion()
    pedidas = {tabla for fila in captura for tabla in TABLA.findall(fila["sql"])}
    ajenas = pedidas - {tabla.nombre for tabla in moldes.tablas()}
    assert len(pedidas) > 20 and {tabla for tabla in ajenas if not FIJAS.match(tabla)} == set()


def test_the_same_call_over_other_rows_publishes(territorio):
    primero, segundo = Programa(), Programa()
    assert primero.curso.numero == 1 and segundo.curso.numero == 2
    assert primero.pagina.translation_key != segundo.pagina.translation_key
    with transaction.atomic():
        crear_leccion(primero.modulos[0], "Otra")
        assert primero.modulos[0].numchild == 4
        transaction.set_rollback(True)
    assert not se_publica(crear_leccion, primero.modulos[0], "Otra")
    Leccion.objects.filter(pk=primero.lecciones[0].pk).update(sabe_ahora="Algo más")
    assert se_publica(crear_leccion, primero.modulos[0], "Otra")


def test_with_somebody_enrolled_it_is_published(territorio, integrante):
    programa = Programa()
    programa.inscribir(integrante)
    for titulo in ("Otra", "Otra más"):
        with transaction.atomic():
            assert se_publica(crear_leccion, programa.modulos[0], titulo)
            transaction.set_rollback(True)


def test_a_new_course_changes_nothing_for_who_is_in_another(territorio, integrante):
    primero = Programa()
    primero.inscribir(integrante)
    antes = moldes.leer()
    probar_y_deshacer(publicar_con_evaluacion, **LLENA)
    with transaction.atomic():
        assert not se_publica(publicar_con_evaluacion, **LLENA)
        transaction.set_rollback(True)
    moldes._moldes.clear()
    despues, _resultado = probar_y_deshacer(publicar_con_evaluacion, **LLENA)
    de_personas = [n for n, ajena in enumerate(moldes.de_personas()) if ajena]
    assert len(de_personas) == len(moldes.DE_PERSONAS)
    assert [despues[n] for n in de_personas] == [antes[n] for n in de_personas]
