"""Pages of a course, pictures and sounds are found in the editor with accents or without them, on both databases."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.search.backends import get_search_backend

from tests.certificados.factories import crear_imagen
from tests.cursos.factories import crear_pagina_de_curso

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("pedido", ["Atención", "atencion", "Atencion rápida", "rapida", "aten"])
def test_a_title_is_found_with_its_accents_or_without_them(client, pedido):
    curso = crear_pagina_de_curso(titulo="Atención rápida")
    call_command("update_index", verbosity=0)
    client.force_login(get_user_model().objects.create_superuser("administra"))
    respuesta = client.get(reverse("wagtailadmin_pages:search"), {"q": pedido})
    assert [pagina.pk for pagina in respuesta.context["pages"]] == [curso.pk]


@pytest.mark.parametrize("pedido", ["Práctica", "practica", "Practica de atención", "prac"])
def test_a_picture_and_a_sound_are_found_by_their_title_too(pedido):
    for titulo in ("Práctica de atención", "Otra cosa"):
        crear_imagen(titulo)
        get_document_model().objects.create(title=titulo, file=ContentFile(b"OggS", name="nota.ogg"))
    call_command("update_index", verbosity=0)
    for modelo in (get_image_model(), get_document_model()):
        halladas = get_search_backend().autocomplete(pedido, modelo)  # what lists and choosers of the editor ask
        assert [una.title for una in halladas] == ["Práctica de atención"]
