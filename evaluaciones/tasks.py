"""Background work of this room. Every task may run twice, late or not at all."""

from celery import shared_task
from django.utils import timezone

from marco.tareas import Tarea

from .services.cierre import cerrar_vencidos as cerrar


@shared_task(name="evaluaciones.cerrar_vencidos", base=Tarea, time_limit=280, soft_time_limit=240)
def cerrar_vencidos() -> int:
    """Grade what was saved of the attempts that nobody sent in time."""
    return cerrar(ahora=timezone.now())
