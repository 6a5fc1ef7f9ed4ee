"""The tests themselves: a lighter client answers as Django's does."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def test_what_a_middleware_reads_when_it_is_made_is_what_the_settings_say(settings, visitante):
    assert visitante.get("/entrar")["X-Content-Type-Options"] == "nosniff"
    settings.SECURE_CONTENT_TYPE_NOSNIFF = False
    assert "X-Content-Type-Options" not in Client().get("/entrar")
    settings.SECURE_CONTENT_TYPE_NOSNIFF = True
    assert Client().get("/entrar")["X-Content-Type-Options"] == "nosniff"


def test_the_context_of_a_page_is_there_and_its_templates_too(visitante):
    respuesta = visitante.get("/entrar")
    assert respuesta.context["form"].fields
    assert len(respuesta.templates) > 1
