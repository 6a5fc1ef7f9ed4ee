"""Sending: graded once, against the form that was shown, whatever became of the page meanwhile."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from cursos.consultas.siguiente import lo_que_viene
from cursos.errores import CursoError
from cursos.models import Inscripcion, Unidad
from cursos.services.avance import empezar_unidad, pasar_de, terminar_unidad
from instancias.models import Persona
from marco.preparadas import cambio_preparado
from marco.reloj import no_antes

from .. import reglas
from ..consultas.aprendido import de_la_entrada
from ..consultas.lectura import quedan
from ..consultas.lineas import dadas_en, lineas_juntas
from ..consultas.plazo import vencido
from ..errores import EvaluacionError
from ..libro import Entrega, Nota, Respuestas
from ..models import Intento
from ..recibos import firmar
from .cierre import DE_LA_NOTA, cerrar_lote, de_la_nota, definitivas
from .intentos import Lugar, en_su_turno, respuestas_de, tomar
from .lineas import escribir_lineas
from .respuestas import nuevas_de_la_entrega

SIN_RECIBO = {"recibo": "", "codigo_de_recibo": ""}


@dataclass(frozen=True)
class Envio:
    """What sending did. ``repetido``: it was already sent, and this is its first result. ``tarde``: after the deadline,
    so only what had arrived before counts."""

    intento: Intento
    respuestas: Respuestas
    repetido: bool = False
    tarde: bool = False
    curso_terminado: bool = False
    notas: Mapping[int, Nota] | None = None  # of each answer, by place in the form


@en_su_turno
def enviar(
    *,
    persona: Persona,
    intento: uuid.UUID,
    ahora: datetime.datetime,
    entrega: Entrega | None = None,
    lugar: Lugar | None = None,
) -> Generator[None, None, Envio]:
    """Grade an attempt and tell the course. A second submission changes nothing and gets the first result."""
    tomado = tomar(persona=persona, clave=intento, lugar=lugar, ademas=por_decir)
    if tomado.estado != Intento.Estado.EN_CURSO:  # who waited for the one that sent it counted no lines yet
        return Envio(tomado, respuestas_de(tomado), repetido=True)
    if vencido(tomado, ahora):
        yield
        return _cerrar(tomado, respuestas_de(tomado) if tomado.lineas else {}, ahora)
    # Lines that came while it waited are not here: then the number of its own is taken, and it does all this again.
    respuestas = _con_la_entrega(tomado, entrega, dadas_en(tomado))
    if _faltan(tomado, respuestas):  # nobody is told so of what came while it waited
        respuestas = _con_la_entrega(tomado, entrega, respuestas_de(tomado))
    _exigir_completo(tomado, respuestas)
    nota = reglas.calificar(tomado.formulario, respuestas, tomado.reglas)
    cuando = no_antes(ahora, tomado.iniciado_en, tomado.ultima_en)
    resultado = {
        "enviado_en": cuando,
        **de_la_nota(nota),
        **_recibo(tomado, respuestas, cuando),
    }
    yield
    if not enviado(intento=tomado.pk, **{**SIN_RECIBO, **resultado, "puntos": _en_decimal(resultado["puntos"])}):
        tomado.refresh_from_db()
        return Envio(tomado, respuestas_de(tomado), repetido=True)
    for campo, valor in {"estado": Intento.Estado.ENVIADO, **resultado}.items():
        setattr(tomado, campo, valor)
    escribir_lineas(definitivas(tomado, respuestas, nota, cuando, desde=tomado.lineas))
    return Envio(tomado, respuestas, curso_terminado=anotar(tomado, ahora), notas=dict(enumerate(nota.notas, 1)))


@cambio_preparado
def enviado(
    *,
    intento: int,
    enviado_en: datetime.datetime,
    nota: str,
    puntos: Decimal | None,
    aprobado: bool | None,
    recibo: str,
    codigo_de_recibo: str,
) -> tuple[QuerySet[Intento], dict[str, Any]]:
    """An attempt that was under way, sent."""
    abierto = Intento.objects.filter(pk=intento, estado=Intento.Estado.EN_CURSO)
    return abierto, {
        "estado": Intento.Estado.ENVIADO,
        "enviado_en": enviado_en,
        "nota": nota,
        "puntos": puntos,
        "aprobado": aprobado,
        "recibo": recibo,
        "codigo_de_recibo": codigo_de_recibo,
    }


def _en_decimal(puntos: int | Decimal | None) -> Decimal | None:
    return None if puntos is None else Decimal(puntos)


def _recibo(intento: Intento, respuestas: Respuestas, cuando: datetime.datetime) -> dict[str, str]:
    """Return the signed receipt of what was received. Practice has none: it proves nothing."""
    if intento.reglas.clase == reglas.PRACTICA:
        return {}
    recibo, codigo = firmar(
        intento=intento,
        curso=intento.inscripcion.curso.numero,
        unidad=intento.unidad.numero,
        recibido_en=cuando,
        respuestas=[respuestas.get(n) for n, _pregunta in intento.formulario.lugares()],
    )
    return {"recibo": recibo, "codigo_de_recibo": codigo}


def por_decir() -> dict[str, Any]:
    """What was answered, and what the page of the result tells, read in the same statement."""
    return {"dadas": lineas_juntas(), **de_la_entrada(), **lo_que_viene(inscripcion="inscripcion", unidad="unidad")}


def _cerrar(intento: Intento, guardadas: Respuestas, ahora: datetime.datetime) -> Envio:
    """What is sent too late does not count: the attempt closes by the rule, with what had arrived before."""
    cerrar_lote([intento.pk], ahora)
    intento.refresh_from_db(fields=["estado", "cierre", "enviado_en", *DE_LA_NOTA])
    intento.inscripcion.refresh_from_db(fields=["estado", "terminada_en", "hechas"])
    terminado = intento.inscripcion.estado == Inscripcion.Estado.TERMINADA
    return Envio(intento, guardadas, tarde=True, curso_terminado=terminado)


def _con_la_entrega(intento: Intento, entrega: Entrega | None, guardadas: Respuestas) -> Respuestas:
    return {**guardadas, **(nuevas_de_la_entrega(intento, entrega, guardadas) if entrega else {})}


def _faltan(intento: Intento, respuestas: Respuestas) -> int:
    """What measures may be sent with blanks; what counts for being answered is answered to the end."""
    if reglas.admite_blancos(intento.reglas.clase):
        return 0
    return len(intento.formulario.sin_responder(respuestas))


def _exigir_completo(intento: Intento, respuestas: Respuestas) -> None:
    if not (faltan := _faltan(intento, respuestas)):
        return
    mensaje = ngettext("Le falta responder %(faltan)d pregunta.", "Le falta responder %(faltan)d preguntas.", faltan)
    raise EvaluacionError("faltan_respuestas", mensaje % {"faltan": faltan})


def anotar(intento: Intento, ahora: datetime.datetime) -> bool:
    """Tell the course what was achieved. Returns whether it finished the course.

    A unit that left the course has nobody to tell: the attempt stays, and ``ponerse_al_dia`` tells it on its return.
    """
    acto = terminar_unidad if intento.aprobado else empezar_unidad
    try:
        hecho = acto(inscripcion=intento.inscripcion, unidad=intento.unidad, ahora=ahora)
    except CursoError as error:
        if error.codigo != "unidad_retirada":
            raise
        return False
    if not intento.aprobado and (intento.aprobado is None or quedan(intento, intento.numero) == 0):
        pasar_de(inscripcion=intento.inscripcion, unidad=intento.unidad)
    return bool(hecho and hecho.curso_terminado)


def ponerse_al_dia(*, unidad: Unidad, ahora: datetime.datetime) -> int:
    """Tell the course of those who passed while the evaluation was away from it. Returns how many."""
    pendientes = (
        Intento.objects.aprobados()
        .filter(unidad=unidad, inscripcion__retirada_en__isnull=True)
        .exclude(inscripcion__avances__in=unidad.avances.terminados())
        .select_related("inscripcion", "unidad")
    )
    inscripciones = {intento.inscripcion_id: intento for intento in pendientes}
    for intento in inscripciones.values():
        terminar_unidad(inscripcion=intento.inscripcion, unidad=unidad, ahora=ahora)
    return len(inscripciones)
