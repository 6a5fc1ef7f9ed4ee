"""The screens of whoever administers say things in words: no names of the code, no «None», no English."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from cursos.models import Inscripcion
from instancias.models import Instancia
from programas.sitio import asegurar_catalogo
from seguimiento.models import Recordatorio
from tests import gente
from tests.autoria.lectura import leer
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
DEL_CODIGO = re.compile(r"\bNone\b|\b[a-z]+_[a-z_]+\b")


@pytest.fixture
@hecho_una_vez
def cliente(administradora, entrar):
    return entrar(administradora)


def test_what_has_not_happened_yet_is_a_dash(cliente, programa, integrante):
    inscripcion = Inscripcion.objects.get(pk=programa.inscribir(integrante).pk)
    instancia = Instancia.objects.first()
    for direccion in (
        reverse("inscripcion:inspect", args=[inscripcion.pk]),
        reverse("instancia:inspect", args=[instancia.pk]),
    ):
        ficha = leer(cliente.get(direccion)).texto
        assert "–" in ficha
        assert not DEL_CODIGO.findall(ficha)
    assert str(inscripcion).endswith("Por empezar")


def test_a_reminder_is_called_by_its_reason():
    assert str(Recordatorio(motivo="no_entro", hecho_el=gente.DESDE)).startswith("Todavía no entra · ")


def test_what_no_account_published_was_published_by_the_system(cliente, programa):
    pagina = programa.lecciones[0]
    pagina.last_published_at = timezone.now()
    pagina.save()
    informe = leer(cliente.get(reverse("wagtailadmin_reports:aging_pages"))).texto
    assert pagina.title in informe and "el sistema" in informe
    assert "None" not in informe


def test_what_is_installed_is_named_in_spanish(cliente):
    asegurar_catalogo()
    asegurar_catalogo()
    assert Collection.objects.get(depth=1).name == "Raíz"
    grupo = leer(cliente.get(reverse("wagtailusers_groups:add"))).texto
    assert "Puede agregar: Grupo" in grupo and "Puede eliminar: Alcance" in grupo
    assert not re.search(r"\bCan [a-z]+\b|Root|any page|pages with", grupo)
    assert not Permission.objects.filter(name__startswith="Can add").exists()
