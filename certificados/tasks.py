"""Background work. Every task takes ids, reads the present state and may run twice."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task, shared_task
from django.utils import timezone

from certificados import services
from marco.cola import encolar

logger = logging.getLogger(__name__)

_POR_TAREA = 50
_PDF_POR_VUELTA = 500
_REINTENTOS: dict[str, Any] = {
    "autoretry_for": (OSError,),
    "retry_backoff": 5,
    "retry_backoff_max": 300,
    "retry_jitter": True,
    "max_retries": 5,
}


@shared_task(name="certificados.emitir", time_limit=120, soft_time_limit=90, **_REINTENTOS)
def emitir(inscripcion_id: int) -> None:
    try:
        services.emitir(inscripcion_id=inscripcion_id, ahora=timezone.now())
    except services.CertificadoError as error:
        # Not a failure of the machine: the list of pending ones shows it with its reason.
        logger.info("certificate not issued", extra={"inscripcion": inscripcion_id, "codigo": error.codigo})


@shared_task(name="certificados.generar_pdf", time_limit=120, soft_time_limit=90, **_REINTENTOS)
def generar_pdf(certificados: list[int]) -> None:
    for certificado_id in certificados:
        try:
            services.generar_pdf(certificado_id=certificado_id)
        except services.NoSePudoComponer:
            # One paper that cannot be composed does not hold back the others.
            logger.exception("certificate PDF failed", extra={"certificado": certificado_id})


@shared_task(name="certificados.generar_pdf_de_cifras", time_limit=120, soft_time_limit=90, **_REINTENTOS)
def generar_pdf_de_cifras(documentos: list[int]) -> None:
    for documento_id in documentos:
        try:
            services.generar_pdf_de_cifras(documento_id=documento_id)
        except services.NoSePudoComponer:
            logger.exception("PDF of figures failed", extra={"documento": documento_id})


@shared_task(name="certificados.emitir_pendientes", time_limit=280, soft_time_limit=240)
def emitir_pendientes() -> None:
    """Sweeper: issue and compose what a lost signal, a full disk or a dead worker left behind."""
    services.emitir_pendientes(ahora=timezone.now())
    pedir_pdf(services.sin_pdf(limite=_PDF_POR_VUELTA))
    pedir_pdf_de_cifras(services.cifras_sin_pdf(limite=_PDF_POR_VUELTA))


def pedir_emision(inscripcion_id: int) -> None:
    encolar(emitir, inscripcion_id)


def pedir_pdf(certificados: list[int]) -> None:
    _por_partes(generar_pdf, certificados)


def pedir_pdf_de_cifras(documentos: list[int]) -> None:
    _por_partes(generar_pdf_de_cifras, documentos)


def _por_partes(tarea: Task, numeros: list[int]) -> None:
    for inicio in range(0, len(numeros), _POR_TAREA):
        encolar(tarea, numeros[inicio : inicio + _POR_TAREA])
