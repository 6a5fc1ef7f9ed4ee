"""Many phones come back at once, each with a sitting of answers: all of them are received once, and quickly.

A few each time; all of a province with

    KUSKA_CELULARES=200 pytest tests/evaluaciones/test_reconexion.py
"""

from __future__ import annotations

import json
import os
import time
import uuid

import pytest
from django.test import Client

from cursos.models import Paquete
from evaluaciones.models import Respuesta
from marco.sin_senal import marcas_de
from tests import gente
from tests.evaluaciones.factories import ProgramaConEvaluacion, correctas, empezar, ver_lecciones

pytestmark = pytest.mark.django_db
RESPUESTAS = 30


def lote(intento, persona):
    lugar = [intento.unidad.curso.numero, intento.unidad.numero]
    paquetes = []
    for n, pregunta in enumerate(intento.formulario, 1):
        campos = [["intento", str(intento.clave)], ["pregunta", str(n)], *([f"p{n}", c] for c in correctas(pregunta))]
        paquetes.append({"id": str(uuid.uuid4()), "clase": "respuesta", "lugar": lugar, "campos": campos})
    return json.dumps({"marca": marcas_de(persona.pk)[0], "paquetes": paquetes})


def test_phones_that_come_back_together_lose_nothing(territorio, presupuesto):
    cuantos = int(os.environ.get("KUSKA_CELULARES", "0")) or 3
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=RESPUESTAS)
    celulares = []
    for n in range(cuantos):
        persona = gente.crear_integrante(f"{50000000 + n}", "Ana", f"Flores {n}")
        ver_lecciones(programa.inscribir(persona))
        cliente = Client()
        cliente.force_login(persona.cuenta)
        celulares.append((cliente, lote(empezar(persona, programa.unidad_evaluada), persona)))
    desde = time.monotonic()
    for vez in range(2):
        for cliente, cuerpo in celulares:
            with presupuesto(10):
                dicho = cliente.post("/paquetes", cuerpo, content_type="application/json").json()
            assert len(dicho["recibidos"]) == RESPUESTAS and all(uno["aplicado"] for uno in dicho["recibidos"]), vez
    tardo = time.monotonic() - desde
    assert Paquete.objects.count() == Respuesta.objects.count() == cuantos * RESPUESTAS
    assert tardo < 300
