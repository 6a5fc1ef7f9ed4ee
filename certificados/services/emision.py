"""Issuing. Eligibility is computed here, from the facts, at the moment of issue."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from certificados import codigos
from certificados.consultas.por_emitir import por_emitir
from certificados.models import ActoDeCertificado, Certificado, Plantilla
from certificados.signals import certificados_emitidos
from cursos.models import Inscripcion
from cursos.services.retiros import poner_en_firme
from instancias import rastro
from instancias.nombres_propios import se_imprime
from instancias.politica import alcance_de
from marco.reloj import no_antes
from marco.restricciones import otra_vez

from ..consultas.contexto import Contexto, cargar
from ..errores import CertificadoError, Motivo
from .datos import congelar
from .registro import reservar_numeros

TAMANIO_DE_LOTE = 1000


@dataclass(frozen=True)
class ResultadoDeLote:
    emitidos: list[int] = field(default_factory=list)  # certificates
    rechazos: dict[int, Motivo] = field(default_factory=dict)  # by enrolment
    ya_tenian: list[int] = field(default_factory=list)  # enrolments


def emitir(
    *, inscripcion_id: int, ahora: datetime.datetime, por: Any = None, tras_anulacion: bool = False
) -> Certificado:
    """Issue for one enrolment. Asking twice, at once or from two processes, returns the same certificate."""
    resultado = emitir_en_lote(inscripcion_ids=[inscripcion_id], ahora=ahora, por=por, tras_anulacion=tras_anulacion)
    if motivo := resultado.rechazos.get(inscripcion_id):
        raise CertificadoError(motivo)
    return Certificado.objects.vigentes().get(inscripcion_id=inscripcion_id)


@otra_vez()
def emitir_en_lote(
    *, inscripcion_ids: Iterable[int], ahora: datetime.datetime, por: Any = None, tras_anulacion: bool = False
) -> ResultadoDeLote:
    """Issue for up to a thousand enrolments with the same few statements as for one.

    The constraint «one valid certificate per person and edition» decides races: the row that loses is not
    inserted, its number stays unused and the winner's certificate stands. Crossed with whoever makes two registers of
    a person one, it is done again, for the one that stays.
    """
    pedidas = list(dict.fromkeys(inscripcion_ids))
    contexto = cargar(pedidas)
    if any(una.decision is not None and una.decision.cerrada_en is None for una in contexto.inscripciones):
        # Read again with those decisions closed: who was put back under way meanwhile gets nothing.
        poner_en_firme(inscripciones=pedidas, ahora=ahora)
        contexto = cargar(pedidas)
    alcance = alcance_de(por, hoy=timezone.localdate(ahora)) if por is not None else None
    resultado = ResultadoDeLote()
    aptas: list[tuple[Inscripcion, Plantilla]] = []
    vistas = set()
    for inscripcion in contexto.inscripciones:
        if alcance is not None and not alcance.cubre(inscripcion.territorio_id):
            continue  # absent and out of reach are the same answer
        vistas.add(inscripcion.pk)
        _clasificar(inscripcion, contexto, resultado, aptas, tras_anulacion=tras_anulacion)
    resultado.rechazos.update({pk: Motivo.NO_EXISTE for pk in pedidas if pk not in vistas})
    if aptas:
        _insertar(aptas, contexto, resultado, ahora=ahora, por=por)
    return resultado


def _clasificar(
    inscripcion: Inscripcion,
    contexto: Contexto,
    resultado: ResultadoDeLote,
    aptas: list[tuple[Inscripcion, Plantilla]],
    *,
    tras_anulacion: bool,
) -> None:
    estados = {certificado.estado for certificado in contexto.previos.get(inscripcion.pk, [])}
    if Certificado.Estado.VIGENTE in estados:
        resultado.ya_tenian.append(inscripcion.pk)
    elif Certificado.Estado.ANULADO in estados and not tras_anulacion:
        resultado.rechazos[inscripcion.pk] = Motivo.ANULADO
    elif motivo := _impedimento(inscripcion, contexto):
        resultado.rechazos[inscripcion.pk] = motivo
    elif plantilla := contexto.plantilla_de(inscripcion):
        aptas.append((inscripcion, plantilla))
    else:
        resultado.rechazos[inscripcion.pk] = Motivo.SIN_PLANTILLA


def _impedimento(inscripcion: Inscripcion, contexto: Contexto) -> Motivo | None:
    """Why this person has not earned it, from the facts: the state of the enrolment alone is not believed."""
    if inscripcion.retirada_en is not None:
        return Motivo.RETIRADA
    if not se_imprime(inscripcion.persona.nombre_completo):
        return Motivo.NOMBRE
    pedidas = contexto.pedidas.get(inscripcion.version_id, 0)
    completa = pedidas > 0 and contexto.hechas.get(inscripcion.pk, 0) >= pedidas
    if inscripcion.estado != Inscripcion.Estado.TERMINADA or not completa:
        return Motivo.SIN_TERMINAR
    if inscripcion.decision is not None and inscripcion.decision.cerrada_en is None:
        return Motivo.EN_ESPERA
    return None if inscripcion.version.horas else Motivo.SIN_HORAS


def _documento(inscripcion: Inscripcion, plantilla: Plantilla, contexto: Contexto) -> Certificado.Documento:
    """«Certificado» only where the entity chose it and an evaluation was passed; everything else is «constancia»."""
    if plantilla.documento == Plantilla.Documento.CERTIFICADO and inscripcion.pk in contexto.aprobadas:
        return Certificado.Documento.CERTIFICADO
    return Certificado.Documento.CONSTANCIA


def _insertar(
    aptas: list[tuple[Inscripcion, Plantilla]],
    contexto: Contexto,
    resultado: ResultadoDeLote,
    *,
    ahora: datetime.datetime,
    por: Any,
) -> None:
    ahora = no_antes(ahora, *(inscripcion.terminada_en for inscripcion, _plantilla in aptas))
    fecha = timezone.localdate(ahora)
    numeros = reservar_numeros(anio=fecha.year, cuantos=len(aptas))
    nuevos = [
        Certificado(
            persona_id=inscripcion.persona_id,
            curso_id=inscripcion.curso_id,
            edicion_id=inscripcion.edicion_id,
            inscripcion_id=inscripcion.pk,
            territorio_id=inscripcion.territorio_id,
            documento=_documento(inscripcion, plantilla, contexto),
            anio=fecha.year,
            numero=numero,
            codigo_largo=codigos.nuevo_codigo_largo(),
            codigo_corto=codigos.nuevo_codigo_corto(),
            datos=congelar(inscripcion=inscripcion, plantilla=plantilla, contexto=contexto, fecha=fecha),
            emitido_en=ahora,
        )
        for numero, (inscripcion, plantilla) in zip(numeros, aptas, strict=True)
    ]
    Certificado.objects.bulk_create(nuevos, ignore_conflicts=True)
    guardados = dict(Certificado.objects.filter(anio=fecha.year, numero__in=numeros).values_list("codigo_largo", "pk"))
    puestos = [guardados[nuevo.codigo_largo] for nuevo in nuevos if nuevo.codigo_largo in guardados]
    resultado.ya_tenian.extend(nuevo.inscripcion_id for nuevo in nuevos if nuevo.codigo_largo not in guardados)
    resultado.emitidos.extend(puestos)
    registrar_actos(puestos, ActoDeCertificado.Acto.EMITIR, ahora=ahora, por=por)
    if por is not None:
        suyos = [nuevo.persona_id for nuevo in nuevos if nuevo.codigo_largo in guardados]
        rastro.cambio(accion="certificados.emitir", personas=suyos, por=por, ahora=ahora)
    anunciar(puestos)


def registrar_actos(
    certificados: list[int], acto: ActoDeCertificado.Acto, *, ahora: datetime.datetime, por: Any, motivo: str = ""
) -> None:
    ActoDeCertificado.objects.bulk_create(
        [ActoDeCertificado(certificado_id=pk, acto=acto, por=por, motivo=motivo, en=ahora) for pk in certificados]
    )


def anunciar(certificados: list[int]) -> None:
    """After commit, say which rows wait for their PDF. A listener that fails does not undo the issue."""
    if certificados:
        transaction.on_commit(
            partial(certificados_emitidos.send_robust, sender=Certificado, certificados=certificados), robust=True
        )


def emitir_pendientes(*, ahora: datetime.datetime, vueltas: int = 20) -> ResultadoDeLote:
    """What a lost signal or a dead worker left behind, a thousand at a time.

    It walks by key, so enrolments that are refused each time do not stand in the way of those behind them.
    """
    total = ResultadoDeLote()
    ultimo = 0
    for _vuelta in range(vueltas):
        ids = list(
            por_emitir(ahora=ahora).filter(pk__gt=ultimo).order_by("pk").values_list("pk", flat=True)[:TAMANIO_DE_LOTE]
        )
        if not ids:
            break
        ultimo = ids[-1]
        lote = emitir_en_lote(inscripcion_ids=ids, ahora=ahora)
        total.emitidos.extend(lote.emitidos)
        total.rechazos.update(lote.rechazos)
        total.ya_tenian.extend(lote.ya_tenian)
    return total
