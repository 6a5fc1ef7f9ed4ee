"""What the tries of a person cost to know does not grow with those of everybody else."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection

from cursos.consultas import acceso
from evaluaciones.consultas.situacion import lo_intentado
from tests.evaluaciones.factories import ProgramaConEvaluacion

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="El plan de PostgreSQL depende de cuántas filas hay.")
def test_nobody_reads_the_tries_of_others_to_know_those_of_one(integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    programa.inscribir(integrante)
    dichas = []

    def oir(ejecutar, sql, params, many, contexto):
        dichas.append((sql, params))
        return ejecutar(sql, params, many, contexto)

    with connection.execute_wrapper(oir):
        acceso.inscripcion_a_la_unidad.primera(
            persona=integrante.pk,
            curso=programa.curso.numero,
            unidad=programa.unidad_evaluada.numero,
            hoy=datetime.date(2026, 3, 2),
            ademas=lo_intentado,
        )
    # What a process asks the first time (the types of its pages) is not of the tries.
    [(sql, params)] = [dicha for dicha in dichas if "kuska_evaluaciones_intento" in dicha[0]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan = [fila[-1] for fila in cursor.fetchall()]
    de_intentos = [paso for paso in plan if "evaluaciones_intento" in paso or "intento_uno_en_curso" in paso]
    assert de_intentos and all("inscripcion_id=?" in paso for paso in de_intentos)
    assert not [paso for paso in plan if paso.startswith("SCAN")]
