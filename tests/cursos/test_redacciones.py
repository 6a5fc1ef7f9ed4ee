"""A new wording of an article is read in lessons at once, by whatever door it came in."""

import datetime

import pytest
from django.utils import timezone

from cursos.models import RedaccionDeArticulo
from tests.cursos.factories import Programa, crear_articulo, crear_leccion

pytestmark = pytest.mark.django_db


def test_a_new_wording_in_force_is_read_in_the_lesson_that_was_already_kept(territorio, entrar, integrante):
    articulo, hoy = crear_articulo(), timezone.localdate()
    valor = {"articulo": articulo.pk, "cita": "Palabras.", "en_palabras_sencillas": "<p>Simple.</p>", "titulo": "Dice"}
    programa = Programa(lecciones=1)
    leccion = crear_leccion(programa.modulos[0], "Con cita", pasos=[{"type": "cita", "value": valor}])
    programa.inscribir(integrante)
    cliente = entrar(integrante)
    direccion = f"/c/{programa.curso.numero}/{programa.unidad(leccion).numero}/1"
    assert "Redacción vigente desde el 23 de marzo de 2023." in cliente.get(direccion).content.decode()
    articulo.redacciones.filter(vigente_hasta=None).update(vigente_hasta=hoy - datetime.timedelta(days=1))
    RedaccionDeArticulo.objects.create(articulo=articulo, vigente_desde=hoy, resumen="Así dirá.")
    assert "23 de marzo de 2023" not in cliente.get(direccion).content.decode()
