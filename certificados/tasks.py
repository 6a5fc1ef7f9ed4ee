"""Background work. Every task takes ids, reads the present state and may run twice."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.utils import timezone

from certificados import services
from marco.cola import encolar, recoger
from marco.tareas import Tarea

logger = logging.getLogger(__name__)

_PDF_POR_VUELTA = 500


@shared_task(name="certificados.emitir", base=Tarea, time_limit=120, soft_time_limit=90)
def emitir(inscripcion_id: int) -> None:
    try:
        services.emitir(inscripcion_id=inscripcion_id, ahora=timezone.now())
    except services.CertificadoError as error:
        # Not a failure of the machine: the list of pending ones shows it with its reason.
        logger.info("certificate not issued", extra={"inscripcion": inscripcion_id, "codigo": error.codigo})


@shared_task(name="certificados.generar_pdf", base=Tarea, bind=True, time_limit=120, soft_time_limit=90)
def generar_pdf(self: Any, certificados: list[int]) -> None:
    _componer(self, certificados, lambda pk: services.generar_pdf(certificado_id=pk))


@shared_task(name="certificados.generar_pdf_de_cifras", base=Tarea, bind=True, time_limit=120, soft_time_limit=90)
def generar_pdf_de_cifras(self: Any, documentos: list[int]) -> None:
    _componer(self, documentos, lambda pk: services.generar_pdf_de_cifras(documento_id=pk))


def _componer(tarea: Any, numeros: list[int], hacer: Callable[[int], object]) -> None:
    """One paper that cannot be composed does not hold back the others; in the queue, it is tried again by itself."""
    fallo = None
    for numero in numeros:
        try:
            hacer(numero)
        except services.NoSePudoComponer as error:
            logger.exception("PDF failed", extra={"documento": numero, "tarea": tarea.name})
            fallo = error
    if fallo is not None and not (tarea.request.is_eager or tarea.request.called_directly):
        raise fallo


@shared_task(name="certificados.emitir_pendientes", base=Tarea, time_limit=280, soft_time_limit=240)
def emitir_pendientes() -> None:
    """Sweeper: issue and compose what a lost signal, a full disk or a dead worker left behind."""
    services.emitir_pendientes(ahora=timezone.now())
    recoger(generar_pdf, _uno_por_uno(services.sin_pdf(limite=_PDF_POR_VUELTA)))
    recoger(generar_pdf_de_cifras, _uno_por_uno(services.cifras_sin_pdf(limite=_PDF_POR_VUELTA)))


def pedir_emision(inscripcion_id: int) -> None:
    encolar(emitir, inscripcion_id)


def pedir_pdf(certificados: list[int]) -> None:
    recoger(generar_pdf, _uno_por_uno(certificados))


def pedir_pdf_de_cifras(documentos: list[int]) -> None:
    recoger(generar_pdf_de_cifras, _uno_por_uno(documentos))


def _uno_por_uno(numeros: list[int]) -> list[list[list[int]]]:
    """A work a paper: whichever fails waits, is tried again and stops alone."""
    return [[[numero]] for numero in numeros]
