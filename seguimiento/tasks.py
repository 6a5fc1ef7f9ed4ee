"""Background work. It takes nothing, reads the present state and may run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from instancias.services.trabajos import con_tiempo
from marco.cola import encolar, recoger
from marco.tareas import Tarea

from .services import cierres
from .services.cambios import sumar_cambios
from .services.contar import contar_lo_marcado
from .services.instancias import revisar_instancias
from .services.publicacion import publicar_cortes
from .services.rasgos import contar_rasgos
from .services.resumenes import enviar_resumen, preparar_resumenes
from .services.suscripcion import enviar_confirmaciones


@shared_task(name="seguimiento.cerrar_en_su_dia", base=Tarea, time_limit=600, soft_time_limit=540)
def cerrar() -> None:
    """Ask for the closings that the calendar asks for: a work a province, that is tried again and stops alone."""
    recoger(cerrar_provincia, cierres.por_hacer(ahora=timezone.now()))


@shared_task(name="seguimiento.cerrar_provincia", base=Tarea, time_limit=600, soft_time_limit=540)
def cerrar_provincia(edicion_id: int, al: str, territorios: list[str]) -> None:
    with con_tiempo():
        cierres.cerrar_provincia(edicion_id=edicion_id, al=al, territorios=territorios, ahora=timezone.now())


@shared_task(name="seguimiento.revisar_instancias", base=Tarea, time_limit=600, soft_time_limit=540)
def revisar() -> None:
    """Revoke the certificates of the tables that fell below their bar."""
    revisar_instancias(ahora=timezone.now())


@shared_task(name="seguimiento.publicar_cortes", base=Tarea, time_limit=600, soft_time_limit=540)
def publicar() -> None:
    """Write down the open figures of each month that ended."""
    publicar_cortes(ahora=timezone.now())


@shared_task(name="seguimiento.enviar_confirmaciones", base=Tarea, time_limit=280, soft_time_limit=240)
def confirmaciones() -> None:
    """Send the messages to confirm an e-mail that wait."""
    enviar_confirmaciones(ahora=timezone.now())


def pedir_confirmaciones() -> None:
    """Begin now; with the queue out of reach, the clock finds them."""
    encolar(confirmaciones)


@shared_task(name="seguimiento.enviar_resumenes", base=Tarea, time_limit=600, soft_time_limit=540)
def resumenes() -> None:
    """Send the summaries of the week. Each is taken by one worker only; those refused wait for the next round."""
    for envio_id in preparar_resumenes(ahora=timezone.now()):
        with con_tiempo():
            enviar_resumen(envio_id=envio_id, ahora=timezone.now())


@shared_task(name="seguimiento.contar", base=Tarea, time_limit=600, soft_time_limit=540)
def contar() -> None:
    """Count again what changed, for the panel of who follows several provinces."""
    sumar_cambios()
    contar_lo_marcado(ahora=timezone.now())


@shared_task(name="seguimiento.contar_rasgos", base=Tarea, time_limit=600, soft_time_limit=540)
def contar_lo_declarado() -> None:
    """Count what people said of themselves, once a day."""
    contar_rasgos(ahora=timezone.now())
