"""A form says the names of the day it was shown, and keeps them."""

import pytest

from marco.models import NombreInstitucional
from tests.evaluaciones.factories import ProgramaConEvaluacion, empezar, ver_lecciones

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def test_a_form_keeps_the_names_that_it_showed(integrante):
    cem = NombreInstitucional.objects.create(clave="cem", nombre="Centro de Ayuda", corto="CEM")
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    pregunta = programa.evaluacion.preguntas.first()
    pregunta.texto = "¿Cuánto cuesta el {cem}?"
    pregunta.save()
    programa.evaluacion.save_revision().publish()
    ver_lecciones(programa.inscribir(integrante))
    intento = empezar(integrante, programa.unidad_evaluada)
    assert "¿Cuánto cuesta el Centro de Ayuda?" in [una.texto for una in intento.formulario]
    cem.nombre = "Centro Nuevo"
    cem.save()
    intento.refresh_from_db()
    assert "¿Cuánto cuesta el Centro de Ayuda?" in [una.texto for una in intento.formulario]
