"""Background work of this room. Every task may run twice, late or not at all."""

from celery import shared_task
from django.utils import timezone

from marco.tareas import Tarea

from .services.inscripcion import inscribir_a_quienes_empiezan as inscribir
from .services.tiempos import medir_tiempos as medir


@shared_task(name="cursos.inscribir_a_quienes_empiezan", base=Tarea, time_limit=280, soft_time_limit=240)
def inscribir_a_quienes_empiezan() -> int:
    """Give their course to those whose seat began today, or while nobody was looking."""
    return inscribir(ahora=timezone.now())


@shared_task(name="cursos.medir_tiempos", base=Tarea, time_limit=280, soft_time_limit=240)
def medir_tiempos() -> int:
    """Tell of each part the time that people really take."""
    return medir()
