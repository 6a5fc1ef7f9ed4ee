"""Work of the site itself."""

from celery import shared_task
from django.core.management import call_command

from marco.tareas import Tarea


@shared_task(name="cms.publicar_programadas", base=Tarea, time_limit=280, soft_time_limit=240)
def publicar_programadas() -> None:
    """Publish what editors left for a date, and take down what expires. Running twice changes nothing."""
    call_command("publish_scheduled", verbosity=0)
