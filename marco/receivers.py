"""What the worker says of each task, told to the row of its work. One line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from celery.signals import task_failure, task_prerun, task_success
from django.utils import timezone

from .cola import CABECERA
from .services import encargos


def _cabeceras(tarea: Any) -> Mapping[str, Any]:
    """What came in its message; nothing where nobody wrote it down."""
    propias = tarea.request.headers or {}
    return propias if propias.get(CABECERA) else {}


@task_prerun.connect(dispatch_uid="kuska.encargo.empieza")
def empieza(task: Any, **_otros: Any) -> None:
    if cabeceras := _cabeceras(task):
        encargos.empezar(cabeceras=cabeceras, tarea=task, ahora=timezone.now())


@task_success.connect(dispatch_uid="kuska.encargo.acaba")
def acaba(sender: Any, **_otros: Any) -> None:
    if cabeceras := _cabeceras(sender):
        encargos.acabar(cabeceras=cabeceras)


@task_failure.connect(dispatch_uid="kuska.encargo.falla")
def falla(sender: Any, exception: BaseException, **_otros: Any) -> None:
    if cabeceras := _cabeceras(sender):
        encargos.fallar(cabeceras=cabeceras, error=exception, ahora=timezone.now())
