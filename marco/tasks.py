"""Background work of the frame. Every task may run twice, late or not at all."""

from __future__ import annotations

import logging
import subprocess
import sys

from celery import shared_task
from django.utils import timezone

from .cola import encolar
from .contrato import valor
from .models import CopiaDeRespaldo, Latido
from .respaldo.cifrado import exigir_clave
from .respaldo.copiar import anotar_fallo
from .respaldo.errores import ErrorDeRespaldo
from .respaldo.retencion import toca
from .respaldo.seguidas import empieza
from .respaldo.seguidas import toca as toca_seguida
from .services.avisar import avisar
from .services.comprobar import comprobar
from .services.encargos import enviar_pendientes
from .services.latir import latir, mirar_el_certificado
from .tareas import Tarea

logger = logging.getLogger(__name__)
DE_LA_NOCHE, SEGUIDA = ("respaldo", "--verificar", "--limpiar"), ("respaldo", "--seguida")


@shared_task(name="marco.latir", base=Tarea, en_solo_lectura=True, time_limit=60, soft_time_limit=45)
def latido() -> None:
    """Say that the clock and a worker are there."""
    latir(clave=Latido.RELOJ, ahora=timezone.now())


@shared_task(name="marco.mirar_tls", base=Tarea, en_solo_lectura=True, time_limit=120, soft_time_limit=100)
def mirar_tls() -> None:
    """Look until when browsers trust the address of the site, for the pages that tell it."""
    mirar_el_certificado(ahora=timezone.now())


@shared_task(name="marco.avisar", base=Tarea, en_solo_lectura=True, time_limit=180, soft_time_limit=150)
def avisar_de_lo_que_esta_mal() -> None:
    """Tell who looks after the service what is not well, when it has lasted and was not told."""
    avisar(ahora=timezone.now())


@shared_task(name="marco.enviar_encargos", base=Tarea, en_solo_lectura=True, time_limit=120, soft_time_limit=100)
def enviar_encargos() -> int:
    """Send what waits: never sent, lost on the way, or to be tried again."""
    return enviar_pendientes(ahora=timezone.now())


@shared_task(name="marco.comprobar", base=Tarea, en_solo_lectura=True, time_limit=3500, soft_time_limit=3400)
def comprobar_lo_guardado() -> None:
    """Ask, at night, every rule of what is kept. What breaks is told in «Estado del aula» and in the log."""
    comprobar()


def pedir_comprobacion() -> None:
    """Begin now; with the queue out of reach, the clock does it at night."""
    encolar(comprobar_lo_guardado)


@shared_task(name="marco.respaldar", base=Tarea, en_solo_lectura=True, time_limit=60, soft_time_limit=50)
def respaldar() -> None:
    """Begin the copy of the night when it is due. Asked for twice, one is made.

    In a process of its own: it takes as long as it needs, and nobody's certificate waits for it. One that does not end
    is tried again; its turn says that it is being made.
    """
    ahora = timezone.now()
    todas = CopiaDeRespaldo.objects.values_list("hecha_en", flat=True)
    buena, intento = todas.exclude(estado=CopiaDeRespaldo.Estado.NO_SE_HIZO).first(), todas.first()
    if not toca(
        buena and timezone.localtime(buena),
        ahora=timezone.localtime(ahora),
        intento=None if intento == buena else intento,
    ):
        return
    try:
        exigir_clave(valor("KUSKA_CLAVE_DE_RESPALDO"))
    except ErrorDeRespaldo as error:
        anotar_fallo(error, ahora=ahora)
        return
    empezar(DE_LA_NOCHE)


@shared_task(name="marco.respaldar_seguido", base=Tarea, en_solo_lectura=True, time_limit=60, soft_time_limit=50)
def respaldar_seguido() -> None:
    """Begin a copy between nights when it is due, in a process of its own as well."""
    ahora = timezone.now()
    if toca_seguida(ahora=ahora):
        empieza(ahora=ahora)
        empezar(SEGUIDA)


def empezar(orden: tuple[str, ...]) -> None:
    proceso = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-m", "django", *orden],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    logger.info("copy begun", extra={"proceso": proceso.pid})
