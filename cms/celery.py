"""Celery application: one API for the embedded profile, the tests and production.

A worker that is not told its settings takes those of production, as the web server does: it never works by mistake on
the SQLite file of its own machine.
"""

import gc
import logging
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import django
from celery import Celery
from celery.signals import beat_init, celeryd_after_setup, worker_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

CON_VALOR = ("-A", "--app", "-b", "--broker", "--result-backend", "--loader", "--config", "--workdir")


def orden_de(escrito: list[str]) -> str:
    """What Celery is told to do: «beat», «worker». Something else may be called so (``worker -n beat``)."""
    palabras = iter(escrito[1:])
    for una in palabras:
        if una in CON_VALOR:
            next(palabras, None)
        elif not una.startswith("-"):
            return una
    return ""


DE_CELERY = "celery" in (Path(sys.argv[0]).name, Path(sys.argv[0]).parent.name)
if DE_CELERY:
    gc.set_threshold(20_000, 20)  # as ``manage.py``: what is read at the start stays to the end
    # The worker and the clock, that have no other door of ours: a sentence, and not where in the code it was noticed.
    try:
        _ = settings.SECRET_KEY
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from None

TRANSPORT_ALIASES["filesystem"] = "cms.cola:Transporte"

logger = logging.getLogger(__name__)
DE_OTRA_EDICION = 1
VECES = 2  # that the clock looks at its database, when whoever looks is killed

app = Celery("kuska")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
if DE_CELERY and orden_de(sys.argv) == "beat":
    # The clock says when, by name: it needs no task, no model and no page, and has a third of the memory.
    app.loader.import_default_modules = list


@worker_init.connect
def _conocer_la_base(**_que: object) -> None:
    """Neither a worker nor the clock begin over a database of a newer edition."""
    django.setup()
    from marco.version_de_la_base import BaseDeOtraEdicion, exigir_base_conocida

    try:
        exigir_base_conocida()
    except BaseDeOtraEdicion as error:  # Celery writes down what a signal raises and goes on, but for this
        raise SystemExit(str(error)) from error


@beat_init.connect
def _conocer_la_base_aparte(**_que: object) -> None:
    """The same in a process that gives back all that it had to read for it.

    One that is killed from outside said nothing: it is told, and another looks. Killed again, the clock ends, so that
    whoever watches it begins it again and «Estado del aula» sees it still: what it is over, nobody knows.
    """
    for _vez in range(VECES):
        codigo = _en_un_hijo(_mirar_la_base)
        if codigo == DE_OTRA_EDICION:
            raise SystemExit(1)
        if codigo >= 0:
            return
        logger.error("the process that looks at the database for the clock was killed (signal %d)", -codigo)
    logger.critical("the clock does not know what its database is of, and ends: see whether memory is short")
    raise SystemExit(1)


def _en_un_hijo(acto: Callable[[], int]) -> int:
    """What it gives in a process of its own; less than nothing, the signal that ended it."""
    hijo = os.fork()
    if not hijo:
        codigo = 0
        try:
            codigo = acto()
        finally:
            os._exit(codigo)  # whatever happens: two clocks would go on
    return os.waitstatus_to_exitcode(os.waitpid(hijo, 0)[1])


def _mirar_la_base() -> int:
    """Write what goes wrong where it is read, since «sys.stderr» is the log of Celery by now. Return the exit code.

    Only a database of another edition stops the clock: of anything else each task tells in its turn.
    """
    try:
        _conocer_la_base()
    except SystemExit as error:
        os.write(2, f"{error}\n".encode())
        return DE_OTRA_EDICION
    except BaseException:  # noqa: BLE001 - it is a process of its own: nobody else would tell
        os.write(2, traceback.format_exc().encode())
    return 0


@celeryd_after_setup.connect
def _repartir(**_que: object) -> None:
    """Before the worker makes its processes: they share what was read."""
    from marco.servicio.reparto import antes_de_dividirse, leer_las_paginas

    leer_las_paginas()
    antes_de_dividirse()
