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
    elif _del_reloj(sender):
        encargos.acabar_del_reloj(tarea=sender)


@task_failure.connect(dispatch_uid="kuska.encargo.falla")
def falla(sender: Any, exception: BaseException, **_otros: Any) -> None:
    cabeceras, ahora = _cabeceras(sender), timezone.now()
    if encargos.esperar_sitio(cabeceras=cabeceras, tarea=sender, error=exception, ahora=ahora):
        return
    if cabeceras:
        encargos.fallar(cabeceras=cabeceras, error=exception, ahora=ahora)
    elif _del_reloj(sender):
        encargos.fallar_del_reloj(tarea=sender, error=exception, ahora=ahora)


def _del_reloj(tarea: Any) -> bool:
    """Whether it came in a message of the clock, and was not called here and now."""
    return not (tarea.request.called_directly or tarea.request.is_eager)
