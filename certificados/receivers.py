"""What other rooms, and this one, announce after commit. One line each."""

from typing import Any

from django.dispatch import receiver

from certificados import tasks
from certificados.models import Certificado, DocumentoDeCifras
from certificados.signals import certificados_emitidos, cifras_congeladas
from cursos.models import Inscripcion
from cursos.signals import curso_terminado


@receiver(curso_terminado, sender=Inscripcion, dispatch_uid="certificados.emitir_al_terminar")
def emitir_al_terminar(inscripcion_id: int, **_kwargs: Any) -> None:
    tasks.pedir_emision(inscripcion_id)


@receiver(certificados_emitidos, sender=Certificado, dispatch_uid="certificados.componer_al_emitir")
def componer_al_emitir(certificados: list[int], **_kwargs: Any) -> None:
    tasks.pedir_pdf(certificados)


@receiver(cifras_congeladas, sender=DocumentoDeCifras, dispatch_uid="certificados.componer_cifras")
def componer_cifras(documentos: list[int], **_kwargs: Any) -> None:
    tasks.pedir_pdf_de_cifras(documentos)
