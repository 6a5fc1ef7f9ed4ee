"""The clock asks only for work that exists, and the scheduled publication really publishes."""

import datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from cms.celery import app
from cms.tasks import publicar_programadas
from cursos.models import Leccion, Unidad
from evaluaciones.models import Evaluacion
from marco.services.encargos import cada_cuanto
from tests.cursos.factories import Programa, crear_pagina_de_curso, paso
from tests.evaluaciones.factories import crear_evaluacion


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


@pytest.mark.django_db
def test_a_page_that_cannot_be_published_stops_nobody(territorio, caplog):
    programa = Programa()
    encuesta = crear_evaluacion(programa.pagina, clase="encuesta", preguntas=2, titulo="Encuesta")
    mala = Evaluacion(title="Final", clase="final", live=False, preguntas_de=encuesta)
    programa.pagina.add_child(instance=mala)
    buena = Leccion(title="Buena", live=False, pasos=[paso()], sabe_ahora="Algo")
    programa.modulos[0].add_child(instance=buena)
    ayer = timezone.now() - datetime.timedelta(days=1)
    for pagina in (mala, buena):
        pagina.save_revision(approved_go_live_at=ayer)
    publicar_programadas()
    for pagina in (mala, buena):
        pagina.refresh_from_db()
    assert buena.live and not mala.live
    assert Unidad.objects.filter(pagina__in=[mala, buena]).get().pagina_id == buena.pk
    assert mala.revisions.get().approved_go_live_at is None, "It is a draft again, and its editor was told."
    assert str(mala.pk) in caplog.text


def test_a_work_of_the_site_that_fails_is_written_down_and_has_a_name():
    """Also what belongs to no room: without it, nobody would see in «Trabajos detenidos» that nothing is published."""
    app.loader.import_default_modules()
    dichos = {clave for una in apps.get_app_configs() for clave in getattr(una, "trabajos", {})}
    for entrada in settings.CELERY_BEAT_SCHEDULE.values():
        assert cada_cuanto(app.tasks[entrada["task"]]) and entrada["task"] in dichos, entrada["task"]


def test_the_clock_can_send_every_task_with_its_limits():
    """A task without a limit of its own takes that of the site, and the queue refuses a soft one above the hard one."""
    app.loader.import_default_modules()
    limites = {
        nombre: (tarea.soft_time_limit or app.conf.task_soft_time_limit, tarea.time_limit or app.conf.task_time_limit)
        for nombre, tarea in app.tasks.items()
    }
    assert {nombre: par for nombre, par in limites.items() if par[0] > par[1]} == {}
