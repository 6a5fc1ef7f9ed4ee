"""The clock asks only for work that exists, and the scheduled publication really publishes."""

import datetime

import pytest
from django.conf import settings
from django.utils import timezone

from cms.celery import app
from cms.tasks import publicar_programadas
from tests.cursos.factories import crear_pagina_de_curso


def test_the_clock_asks_for_tasks_that_exist():
    app.loader.import_default_modules()
    assert {entrada["task"] for entrada in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


@pytest.mark.django_db
def test_what_was_left_for_a_date_is_published_on_it():
    pagina = crear_pagina_de_curso()
    pagina.title = "Título nuevo"
    pagina.save_revision(approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1))
    publicar_programadas()
    pagina.refresh_from_db()
    assert pagina.title == "Título nuevo"
