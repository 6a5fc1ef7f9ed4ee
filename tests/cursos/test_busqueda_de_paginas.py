"""A page of a course is found in the editor with its accents or without them, on both databases."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse

from tests.cursos.factories import crear_pagina_de_curso

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pedido", ["Atención", "atencion", "Atencion rápida", "rapida", "aten"])
def test_a_title_is_found_with_its_accents_or_without_them(client, pedido):
    curso = crear_pagina_de_curso(titulo="Atención rápida")
    call_command("update_index", verbosity=0)
    client.force_login(get_user_model().objects.create_superuser("administra"))
    respuesta = client.get(reverse("wagtailadmin_pages:search"), {"q": pedido})
    assert [pagina.pk for pagina in respuesta.context["pages"]] == [curso.pk]
