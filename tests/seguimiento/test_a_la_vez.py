"""«Ya avisé», one more try and a closing, from several tabs at the same instant: one line, and nobody falls."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from certificados.models import ContadorDeRegistro, DocumentoDeCifras
from evaluaciones.models import IntentoMas
from evaluaciones.services.envio import enviar
from evaluaciones.services.intento_mas import dar_intento
from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio
from seguimiento.models import Recordatorio
from seguimiento.services.cierres import cerrar
from seguimiento.services.recordatorios import anotar_recordatorio
from tests import gente
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, empezar, ver_lecciones
from tests.evaluaciones.test_a_la_vez import a_la_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("de", ["persona", "asiento"])
def test_the_same_reminder_from_many_tabs_is_one_line(integrante, de):
    motivo = "detenido" if de == "persona" else "vacante"
    cual = integrante.pk if de == "persona" else integrante.membresias.get().asiento_id
    datos = {"motivo": motivo, "alcance": AlcanceEfectivo((gente.PROVINCIA,)), "por": None, de: cual}
    salidas = a_la_vez(*[lambda: anotar_recordatorio(**datos, ahora=timezone.now())] * 8)
    assert salidas == [None] * 8
    assert Recordatorio.objects.count() == 1


def test_one_more_try_asked_for_at_once_is_one(territorio, integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    inscripcion, unidad = programa.inscribir(integrante), programa.unidad_evaluada
    ver_lecciones(inscripcion)
    for _vez in range(3):
        intento = empezar(integrante, unidad)
        enviar(persona=integrante, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento, 0))
    datos = {"persona": integrante, "inscripcion": inscripcion.pk, "unidad": unidad.pk, "motivo": "Repasamos"}
    salidas = a_la_vez(*[lambda: dar_intento(**datos, por=None, ahora=timezone.now())] * 6)
    assert salidas.count(True) == 1
    # Who came a moment later either did the same or reads that a try is already there.
    assert all(uno is False or isinstance(uno, ErrorDeDominio) for uno in salidas if uno is not True), salidas
    assert IntentoMas.objects.count() == 1


def test_a_closing_asked_for_at_once_is_one_and_takes_one_number(territorio, cem_provincial):
    edicion = f.abrir(f.crear_curso())
    f.integrante(f.A, edicion)
    ambito, ayer = f.ambito(), timezone.localdate() - datetime.timedelta(days=1)
    salidas = a_la_vez(*[lambda: cerrar(ambito=ambito, al=ayer, por=cem_provincial)] * 6)
    assert sorted(nuevo for _documento, nuevo in salidas) == [False] * 5 + [True]
    assert {documento.pk for documento, _nuevo in salidas} == {DocumentoDeCifras.objects.get().pk}
    assert ContadorDeRegistro.objects.get().ultimo == 1
