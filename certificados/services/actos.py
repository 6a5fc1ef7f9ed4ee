"""Acts of staff on a certificate: correct by replacing, revoke with a reason. Nothing is edited in place."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from certificados import codigos
from certificados.models import ActoDeCertificado, Certificado
from instancias import rastro
from instancias.nombres_propios import nombre_limpio
from instancias.politica import alcance_de
from marco.motivos import leer_motivo
from marco.reloj import no_antes
from marco.restricciones import otra_vez

from ..errores import CertificadoError, Motivo
from .emision import anunciar, registrar_actos
from .registro import reservar_numeros

MAXIMO_DEL_NOMBRE = 160


@transaction.atomic
def anular(*, certificado_id: int, motivo: str, por: Any, ahora: datetime.datetime) -> Certificado:
    """Revoke. Verification shows it on the next request, because it reads this same row."""
    certificado = _al_alcance(certificado_id, por, ahora)
    ahora = no_antes(ahora, certificado.emitido_en)
    motivo = motivo_escrito(motivo)
    cambiado = (
        Certificado.objects.vigentes()
        .filter(pk=certificado.pk)
        .update(estado=Certificado.Estado.ANULADO, anulado_en=ahora)
    )
    if not cambiado:
        raise CertificadoError(Motivo.NO_VIGENTE)
    registrar_actos([certificado.pk], ActoDeCertificado.Acto.ANULAR, ahora=ahora, por=por, motivo=motivo)
    log(certificado, "certificados.anular", user=por)
    rastro.cambio(accion="certificados.anular", personas=[certificado.persona_id], por=por, ahora=ahora)
    certificado.refresh_from_db()
    return certificado


@otra_vez()
def reemplazar(*, certificado_id: int, nombre: str, motivo: str, por: Any, ahora: datetime.datetime) -> Certificado:
    """Correct the name: a new certificate with its own number takes the place of the old one, which says so."""
    anterior = _al_alcance(certificado_id, por, ahora)
    ahora = no_antes(ahora, anterior.emitido_en)
    motivo = motivo_escrito(motivo)
    if not nombre.strip():
        raise CertificadoError(Motivo.SIN_NOMBRE)
    nombre = _leido(nombre_limpio, nombre, largo=MAXIMO_DEL_NOMBRE)
    if nombre == anterior.datos["nombre"]:
        raise CertificadoError(Motivo.MISMO_NOMBRE)
    cambiado = Certificado.objects.con_papel().filter(pk=anterior.pk).update(estado=Certificado.Estado.REEMPLAZADO)
    if not cambiado:
        raise CertificadoError(Motivo.NO_VIGENTE)
    nuevo = _copia_con(anterior, nombre=nombre, ahora=ahora)
    registrar_actos([anterior.pk], ActoDeCertificado.Acto.REEMPLAZAR, ahora=ahora, por=por, motivo=motivo)
    registrar_actos([nuevo.pk], ActoDeCertificado.Acto.EMITIR, ahora=ahora, por=por, motivo=motivo)
    log(anterior, "certificados.reemplazar", user=por, data={"por": nuevo.registro})
    rastro.cambio(accion="certificados.reemplazar", personas=[anterior.persona_id], por=por, ahora=ahora)
    anunciar([nuevo.pk])
    return nuevo


def _copia_con(anterior: Certificado, *, nombre: str, ahora: datetime.datetime) -> Certificado:
    fecha = timezone.localdate(ahora)
    (numero,) = reservar_numeros(anio=fecha.year, cuantos=1)
    return Certificado.objects.create(
        persona_id=anterior.persona_id,
        curso_id=anterior.curso_id,
        edicion_id=anterior.edicion_id,
        inscripcion_id=anterior.inscripcion_id,
        territorio_id=anterior.territorio_id,
        documento=anterior.documento,
        anio=fecha.year,
        numero=numero,
        codigo_largo=codigos.nuevo_codigo_largo(),
        codigo_corto=codigos.nuevo_codigo_corto(),
        datos={**anterior.datos, "nombre": nombre, "fecha": fecha.isoformat()},
        reemplaza_a=anterior,
        emitido_en=ahora,
    )


def _al_alcance(certificado_id: int, por: Any, ahora: datetime.datetime) -> Certificado:
    """The certificate, if this account may act on its territory. Absent and out of reach are the same answer."""
    certificado = Certificado.objects.filter(pk=certificado_id).first()
    alcance = alcance_de(por, hoy=timezone.localdate(ahora))
    if certificado is None or not alcance.cubre(certificado.territorio_id):
        raise CertificadoError(Motivo.FUERA_DE_ALCANCE)
    return certificado


def motivo_escrito(texto: str) -> str:
    """A reason as it is kept. Raises CertificadoError ``sin_motivo`` or ``mal_escrito``."""
    return leer_motivo(
        texto,
        falta=str(Motivo.SIN_MOTIVO.label),
        error=lambda codigo, frase: CertificadoError(Motivo(codigo), frase),
    )


def _leido(regla: Callable[..., str], texto: str, **campos: Any) -> str:
    try:
        return regla(texto, **campos)
    except ValidationError as error:
        raise CertificadoError(Motivo.MAL_ESCRITO, error.messages[0]) from error
