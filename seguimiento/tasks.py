"""Background work. It takes nothing, reads the present state and may run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from marco.cola import encolar, recoger
from marco.solo_lectura import por_que
from marco.tareas import Tarea

from .services import archivos
from .services.cambios import sumar_cambios
from .services.cierres import cerrar_en_su_dia
from .services.contar import contar_lo_marcado
from .services.instancias import revisar_instancias
from .services.publicacion import publicar_cortes
from .services.rasgos import contar_rasgos
from .services.resumenes import enviar_resumen, preparar_resumenes
from .services.suscripcion import enviar_confirmaciones


@shared_task(name="seguimiento.cerrar_en_su_dia", base=Tarea, time_limit=600, soft_time_limit=540)
def cerrar() -> None:
    """Make the closings that the calendar asks for."""
    cerrar_en_su_dia(ahora=timezone.now())


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
        enviar_resumen(envio_id=envio_id, ahora=timezone.now())


@shared_task(name="seguimiento.contar", base=Tarea, time_limit=600, soft_time_limit=540)
def contar() -> None:
    """Count again what changed, for the panel of who follows several provinces."""
    sumar_cambios()
    contar_lo_marcado(ahora=timezone.now())


@shared_task(name="seguimiento.escribir_archivo", base=Tarea, time_limit=600, soft_time_limit=540)
def escribir_archivo(archivo_id: int) -> None:
    """Write a long file, if nobody did it yet and nobody stopped it."""
    with archivos.con_tiempo():
        archivos.hacer(archivo_id=archivo_id)


def pedir_archivo(archivo_id: int) -> None:
    """Begin now; with the queue out of reach, the clock finds it, and so does its page."""
    encolar(escribir_archivo, archivo_id)


@shared_task(name="seguimiento.seguir_archivos", base=Tarea, en_solo_lectura=True, time_limit=60, soft_time_limit=45)
def seguir_archivos() -> None:
    """Sweep the files that expired, that makes room, and take up those that a worker that fell left behind."""
    ahora = timezone.now()
    archivos.barrer(ahora=ahora)
    if not por_que():
        recoger(escribir_archivo, [[archivo_id] for archivo_id in archivos.por_seguir(ahora=ahora)], sin_nadie=True)


@shared_task(name="seguimiento.contar_rasgos", base=Tarea, time_limit=600, soft_time_limit=540)
def contar_lo_declarado() -> None:
    """Count what people said of themselves, once a day."""
    contar_rasgos(ahora=timezone.now())
