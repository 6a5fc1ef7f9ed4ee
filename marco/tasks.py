"""Background work of the frame. Every task may run twice, late or not at all."""

from celery import shared_task
from django.utils import timezone

from .models import Latido
from .services.comprobar import comprobar
from .services.latir import latir


@shared_task(name="marco.latir", time_limit=60, soft_time_limit=45)
def latido() -> None:
    """Say that the clock and a worker are there."""
    latir(clave=Latido.RELOJ, ahora=timezone.now())


@shared_task(name="marco.comprobar", time_limit=3500, soft_time_limit=3400)
def comprobar_lo_guardado() -> None:
    """Ask, at night, every rule of what is kept. What breaks is told in «Estado del aula» and in the log."""
    comprobar()
