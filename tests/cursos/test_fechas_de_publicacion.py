"""The dates of a page hold once it is published: the screen names the button that is there, whichever date it has."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cursos.models import Leccion
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from tests.cursos.factories import crear_leccion, paso

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.mark.parametrize("campos", [("expire_at",), ("go_live_at",), ("go_live_at", "expire_at")])
def test_the_dates_say_the_button_that_makes_them_hold(programa, capacitadora, entrar, campos):
    asegurar_grupo_de_capacitadoras()
    leccion = Leccion.objects.get(pk=crear_leccion(programa.modulos[0], "Con fechas", pasos=[paso()]).pk)
    for n, campo in enumerate(campos, 1):
        setattr(leccion, campo, timezone.now() + datetime.timedelta(days=n))
    leccion.save_revision()
    pantalla = entrar(capacitadora).get(reverse("wagtailadmin_pages:edit", args=[leccion.pk])).text
    boton = pantalla.partition('name="action-publish"')[2].partition("</button>")[0]
    nombre = re.search(r'data-w-progress-target="label">([^<]+)<', boton)[1].strip()
    assert nombre == ("Programar la publicación" if "go_live_at" in campos else "Publicar")
    dicho = pantalla.partition("Las fechas valen recién")[2].partition("<")[0]
    assert f"«{nombre}»" in dicho
