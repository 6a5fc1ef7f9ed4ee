"""Freezing figures: number, codes, digest and file. Who counts them is not of this room."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from certificados import codigos
from certificados.huellas import huella_de
from certificados.models import DocumentoDeCifras
from certificados.signals import cifras_congeladas
from instancias.models import Territorio
from instancias.politica import alcance_de
from marco.reloj import no_antes
from marco.restricciones import otra_vez

from ..consultas.contexto import plantillas_de
from ..errores import CertificadoError, Motivo
from .actos import motivo_escrito
from .datos import logos_y_firmas
from .registro import reservar_numeros

Clase = DocumentoDeCifras.Clase


@otra_vez((DocumentoDeCifras, "clave"))
def congelar_cifras(
    *,
    clase: str,
    clave: str,
    territorios: Iterable[str],
    edicion_id: int,
    al: datetime.date,
    datos: dict[str, Any],
    ahora: datetime.datetime,
    por: Any = None,
    junto: Callable[[DocumentoDeCifras], None] | None = None,
) -> tuple[DocumentoDeCifras, bool]:
    """Keep the figures of some territories on a day. Returns the document and whether it is new.

    The same ``clave`` gives the same document, also from two requests at once: its constraint decides, and what came
    second is not looked at. ``por`` must answer for every territory; nobody, where a task asks. ``junto`` is done in
    the same transaction: what it refuses leaves neither document nor number. Raises CertificadoError
    ``fuera_de_alcance``.
    """
    territorios = sorted(set(territorios))
    if hecho := ya_congeladas(clave=clave, territorios=territorios, ahora=ahora, por=por, junto=junto):
        return hecho, False
    anio = timezone.localdate(ahora).year
    (numero,) = reservar_numeros(anio=anio, cuantos=1)
    documento = DocumentoDeCifras.objects.create(
        clase=clase,
        clave=clave,
        edicion_id=edicion_id,
        al=al,
        anio=anio,
        numero=numero,
        codigo_largo=codigos.nuevo_codigo_largo(),
        codigo_corto=codigos.nuevo_codigo_corto(),
        datos=datos,
        huella=huella_de(datos),
        emitido_en=ahora,
        emitido_por=por,
    )
    documento.territorios.set(Territorio.objects.filter(pk__in=territorios))
    log(documento, f"certificados.{clase}", user=por, data={"territorios": territorios, "al": al.isoformat()})
    if junto is not None:
        junto(documento)
    if clase != Clase.CIERRE:
        transaction.on_commit(
            partial(cifras_congeladas.send_robust, sender=DocumentoDeCifras, documentos=[documento.pk]), robust=True
        )
    return documento, True


def ya_congeladas(
    *,
    clave: str,
    territorios: Iterable[str],
    ahora: datetime.datetime,
    por: Any = None,
    junto: Callable[[DocumentoDeCifras], None] | None = None,
) -> DocumentoDeCifras | None:
    """The document of a ``clave``, if it is made: nobody counts anything for it. See ``congelar_cifras``."""
    if por is not None:
        _exigir_alcance(territorios, por, ahora)
    hecho = DocumentoDeCifras.objects.filter(clave=clave).first()
    if hecho is not None and junto is not None:
        junto(hecho)
    return hecho


def impreso_del_curso(curso_id: int) -> dict[str, Any]:
    """Who signs what a course gives, and from where, as its template says: to be kept with a document.

    Without a template, nobody signs. The pictures go to the private storage, each once.
    """
    plantillas = plantillas_de([curso_id])
    plantilla = plantillas.get(curso_id) or plantillas.get(None)
    if plantilla is None:
        return {"entidad": "", "lugar": "", "logos": [], "firmas": []}
    return {"entidad": plantilla.entidad, "lugar": plantilla.lugar, **logos_y_firmas(plantilla)}


def anular_cifras(*, documento_id: int, motivo: str, ahora: datetime.datetime, por: Any = None) -> DocumentoDeCifras:
    """Take back what a document says, with its reason; its figures stay. Verification shows it on the next request.

    Raises CertificadoError: ``fuera_de_alcance``, ``sin_motivo``, ``mal_escrito``, ``no_vigente``.
    """
    documento = DocumentoDeCifras.objects.filter(pk=documento_id).first()
    if documento is None:
        raise CertificadoError(Motivo.FUERA_DE_ALCANCE)
    if por is not None:
        _exigir_alcance(documento.territorios.values_list("pk", flat=True), por, ahora)
    motivo = motivo_escrito(motivo)
    ahora = no_antes(ahora, documento.emitido_en)
    with transaction.atomic():
        cambiado = (
            DocumentoDeCifras.objects.vigentes()
            .filter(pk=documento_id)
            .update(
                estado=DocumentoDeCifras.Estado.ANULADO,
                anulado_en=ahora,
                anulado_por=por,
                motivo=motivo,
            )
        )
        if not cambiado:
            raise CertificadoError(Motivo.NO_VIGENTE)
        log(documento, "certificados.anular_cifras", user=por)
    documento.refresh_from_db()
    return documento


def _exigir_alcance(territorios: Iterable[str], por: Any, ahora: datetime.datetime) -> None:
    alcance = alcance_de(por, hoy=timezone.localdate(ahora))
    territorios = list(territorios)
    if not territorios or not alcance.cubre_todo(territorios):
        raise CertificadoError(Motivo.FUERA_DE_ALCANCE)
