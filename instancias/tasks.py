"""Background work of this room. Every task may run twice, late or not at all."""

from importlib import import_module
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from marco.cola import encolar, recoger
from marco.solo_lectura import por_que
from marco.tareas import Tarea

from .acceso.services import correos
from .acceso.services.frenos import borrar_viejos
from .acceso.services.sesiones import barrer_apuntes
from .consultas.trabajos import por_seguir
from .models import LineaDeRastro
from .padron.caducidad import olvidar_listas as olvidar
from .padron.trabajo import trabajo
from .services import trabajos
from .services.de_un_dia import barrer_sueltos
from .services.fusion_deshecha import olvidar_contactos, olvidar_datos, recoger_lo_atrasado
from .services.retencion import retener as quitar_lo_vencido
from .services.roles import poner_al_dia


@shared_task(name="instancias.olvidar_frenos", base=Tarea, time_limit=60, soft_time_limit=45)
def olvidar_frenos() -> int:
    """Forget the tries that no longer slow anybody."""
    return borrar_viejos(ahora=timezone.now())


@shared_task(name="instancias.enviar_correos", base=Tarea, time_limit=280, soft_time_limit=240)
def enviar_correos() -> None:
    """Send the links by e-mail that wait. Each is taken by one worker only, and the clock comes back for the rest."""
    for envio_id in correos.por_enviar(ahora=timezone.now()):
        correos.enviar(envio_id=envio_id, ahora=timezone.now())


def pedir_correos() -> None:
    """Begin now; with the queue out of reach, the clock finds them."""
    encolar(enviar_correos)


@shared_task(name="instancias.olvidar_listas", base=Tarea, time_limit=280, soft_time_limit=240)
def olvidar_listas() -> int:
    """Take away the rows of lists that nobody confirmed in thirty days."""
    return olvidar(ahora=timezone.now())


@shared_task(name="instancias.olvidar_sesiones", base=Tarea, time_limit=280, soft_time_limit=240)
def olvidar_sesiones() -> None:
    """Take away the sessions that ended, wherever this site keeps them, and whose they were."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    barrer_apuntes()


@shared_task(name="instancias.retener", base=Tarea, time_limit=1700, soft_time_limit=1600)
def retener() -> None:
    """Take away the data whose time is over, and write down how much it was."""
    quitar_lo_vencido(ahora=timezone.now())


@shared_task(name="instancias.olvidar_rastro", base=Tarea, time_limit=280, soft_time_limit=240)
def olvidar_rastro() -> int:
    """Take away the lines of the trail of more than two years, by lots. What is left waits for tomorrow."""
    return sum(iter(lambda: LineaDeRastro.objects.olvidar_viejas(ahora=timezone.now()), 0))


@shared_task(name="instancias.poner_roles_al_dia", base=Tarea, time_limit=280, soft_time_limit=240)
def poner_roles_al_dia() -> int:
    """Begin and end the roles whose day came, also of those who did not come in. Return how many lost one."""
    return len(poner_al_dia(ahora=timezone.now()))


@shared_task(name="instancias.trabajar_lista", base=Tarea, time_limit=280, soft_time_limit=240, bind=True)
def trabajar_lista(self: Any, importacion_id: int) -> None:
    """Do a part of the work on a long list, and ask for the next one: others wait in the queue."""
    if self.request.is_eager:
        # There is no worker: somebody waits for this answer. The page of the list goes on with it.
        trabajo.avanzar(importacion_id=importacion_id, segundos=trabajo.SEGUNDOS_EN_LA_PAGINA)
    elif trabajo.avanzar(importacion_id=importacion_id):
        pedir_lista(importacion_id)


@shared_task(name="instancias.seguir_listas", base=Tarea, time_limit=60, soft_time_limit=45)
def seguir_listas() -> None:
    """Take up the work that a worker that fell, or a queue out of reach, left behind."""
    listas = [[importacion_id] for importacion_id in trabajo.por_seguir(ahora=timezone.now())]
    recoger(trabajar_lista, listas, sin_nadie=True)


def pedir_lista(importacion_id: int) -> None:
    """Begin now; with the queue out of reach, the clock finds it, and so does its page."""
    encolar(trabajar_lista, importacion_id)


@shared_task(name="instancias.hacer_trabajo", base=Tarea, time_limit=600, soft_time_limit=540, bind=True)
def hacer_trabajo(self: Any, trabajo_id: int) -> None:
    """Do a long work, or a part of it and ask for the next one; if nobody did it yet and nobody stopped it."""
    with trabajos.con_tiempo():
        if self.request.is_eager:
            # There is no worker: somebody waits for this answer. The page of the work goes on with it.
            trabajos.hacer(trabajo_id=trabajo_id, en_la_pagina=True)
        elif trabajos.hacer(trabajo_id=trabajo_id):
            pedir_trabajo(trabajo_id)


def pedir_trabajo(trabajo_id: int) -> None:
    """Begin now; with the queue out of reach, the clock finds it, and so does its page."""
    encolar(hacer_trabajo, trabajo_id)


@shared_task(name="instancias.seguir_trabajos", base=Tarea, en_solo_lectura=True, time_limit=60, soft_time_limit=45)
def seguir_trabajos() -> None:
    """Sweep the works that expired, that makes room, and take up those that a worker that fell left behind."""
    ahora = timezone.now()
    trabajos.barrer(ahora=ahora)
    if not por_que():
        recoger(hacer_trabajo, [[trabajo_id] for trabajo_id in por_seguir(ahora=ahora)], sin_nadie=True)
    barrer_sueltos(ahora=ahora)


@shared_task(name="instancias.recoger_fusiones", base=Tarea, time_limit=280, soft_time_limit=240)
def recoger_fusiones() -> int:
    """What reached a hidden register late follows it; what is kept for an undo is forgotten when its day is over."""
    ahora = timezone.now()
    olvidar_datos(ahora=ahora)
    olvidar_contactos(ahora=ahora)
    return recoger_lo_atrasado(ahora=ahora)
