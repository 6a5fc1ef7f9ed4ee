"""Background work of this room. Every task may run twice, late or not at all."""

from celery import shared_task
from django.utils import timezone

from .services.frenos import borrar_viejos


@shared_task(name="instancias.olvidar_frenos", time_limit=60)
def olvidar_frenos() -> int:
    """Forget the tries that no longer slow anybody."""
    return borrar_viejos(ahora=timezone.now())
