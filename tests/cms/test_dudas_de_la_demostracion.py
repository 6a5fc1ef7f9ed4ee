"""The demonstration leaves two doubts, and leaving them again changes nothing."""

import pytest
from django.utils import timezone

from cms.demo.dudas import dejar_dudas
from cursos.models import Duda, NotaDeLeccion
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from tests.cursos.factories import Programa

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def test_one_is_answered_with_its_note_and_the_other_waits(integrante, integrante_de_b, capacitadora):
    programa = Programa(lecciones=1)
    asegurar_grupo_de_capacitadoras()
    for quien in (integrante, integrante_de_b):
        programa.inscribir(quien)
    for _vez in range(2):
        dejar_dudas(timezone.now())
    assert [(una.titulo_del_paso, bool(una.respuesta)) for una in Duda.objects.order_by("pk")] == [
        ("Paso 2", True),
        ("Paso 2", False),
    ]
    assert NotaDeLeccion.objects.a_la_vista().count() == 1
