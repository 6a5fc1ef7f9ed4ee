"""Background work. It takes nothing, reads the present state and may run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from .services.cierres import cerrar_en_su_dia
from .services.instancias import revisar_instancias
from .services.publicacion import publicar_cortes


@shared_task(name="seguimiento.cerrar_en_su_dia", time_limit=600, soft_time_limit=540)
def cerrar() -> None:
    """Make the closings that the calendar asks for."""
    cerrar_en_su_dia(ahora=timezone.now())


@shared_task(name="seguimiento.revisar_instancias", time_limit=600, soft_time_limit=540)
def revisar() -> None:
    """Revoke the certificates of the tables that fell below their bar."""
    revisar_instancias(ahora=timezone.now())


@shared_task(name="seguimiento.publicar_cortes", time_limit=600, soft_time_limit=540)
def publicar() -> None:
    """Write down the open figures of each month that ended."""
    publicar_cortes(ahora=timezone.now())
