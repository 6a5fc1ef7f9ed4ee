"""The ledger of answers. A line is only added. The last one that the server received is the answer."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cursos.services.avance import empezar_unidad
from cursos.services.errores import CursoError
from instancias.models import Persona

from .. import reglas
from ..models import Intento, Respuesta
from .errores import EvaluacionError, eleccion_invalida
from .intentos import en_su_turno, lineas_de, tomar

Hoja = Mapping[int, Sequence[str]]


@dataclass(frozen=True)
class Guardada:
    """What became of an answer. ``reemplazo`` says that it took the place of one the person had not seen here."""

    intento: Intento
    secuencia: int
    repetida: bool = False
    reemplazo: bool = False


@en_su_turno
def responder(
    *,
    persona: Persona,
    intento: uuid.UUID,
    pregunta: int,
    elegidas: Sequence[str],
    operacion: uuid.UUID,
    ahora: datetime.datetime,
    visto: int | None = None,
) -> Guardada:
    """Save the answer to one question, once for each ``operacion``.

    ``visto`` is the last line that this screen knew of. Raises ``operacion_repetida_distinta`` when the identifier
    comes back with other content, ``ya_enviado``, ``fuera_de_plazo``, ``pregunta_ajena`` or ``alternativa_ajena``.
    """
    tomado = tomar(persona=persona, clave=intento)
    asunto = _pregunta(tomado, pregunta)
    eleccion = leer(asunto, elegidas)
    previa = Respuesta.objects.filter(operacion=operacion).first()
    if previa is not None:
        return _repetida(tomado, previa, asunto, eleccion)
    exigir_abierto(tomado, ahora)
    anterior = Respuesta.objects.filter(intento=tomado, version_id=asunto["version"]).order_by("-secuencia").first()
    linea = Respuesta.objects.create(
        intento=tomado,
        version_id=asunto["version"],
        operacion=operacion,
        secuencia=tomado.lineas + 1,
        elegidas=eleccion,
        recibida_en=ahora,
    )
    if tomado.lineas == 0:
        _anotar_inicio(tomado, ahora)
    sin_ver = anterior is not None and visto is not None and anterior.secuencia > visto
    return Guardada(tomado, linea.secuencia, reemplazo=bool(sin_ver and anterior and anterior.elegidas != eleccion))


@dataclass(frozen=True)
class HojaGuardada:
    """The attempt with all that is answered, and which answers took the place of others not seen on this screen."""

    intento: Intento
    elegidas: dict[int, list[str]]
    reemplazadas: list[int]


@en_su_turno
def guardar_hoja(
    *, persona: Persona, intento: uuid.UUID, hoja: Hoja, ahora: datetime.datetime, visto: int | None = None
) -> HojaGuardada:
    """Save the answers of a whole form: a line for each one that differs from what is kept."""
    tomado = tomar(persona=persona, clave=intento)
    exigir_abierto(tomado, ahora)
    lineas = lineas_de(tomado) if tomado.lineas else {}
    guardadas = {n: elegidas for n, (_secuencia, elegidas) in lineas.items()}
    nuevas = nuevas_de_la_hoja(tomado, hoja, guardadas)
    Respuesta.objects.bulk_create(
        Respuesta(
            intento=tomado,
            version_id=_pregunta(tomado, n)["version"],
            operacion=uuid.uuid4(),  # nothing that a page could have sent before
            secuencia=tomado.lineas + orden,
            elegidas=eleccion,
            recibida_en=ahora,
        )
        for orden, (n, eleccion) in enumerate(nuevas.items(), 1)
    )
    if nuevas and tomado.lineas == 0:
        _anotar_inicio(tomado, ahora)
    sin_ver = [n for n in nuevas if visto is not None and n in lineas and lineas[n][0] > visto]
    return HojaGuardada(tomado, {**guardadas, **nuevas}, sin_ver)


def nuevas_de_la_hoja(intento: Intento, hoja: Hoja, guardadas: Mapping[int, Sequence[str]]) -> dict[int, list[str]]:
    """Return, checked, the answers of a form that say something new. What a form leaves blank is not an answer."""
    leidas = {n: leer(_pregunta(intento, n), elegidas) for n, elegidas in sorted(hoja.items())}
    return {n: eleccion for n, eleccion in leidas.items() if eleccion != list(guardadas.get(n, []))}


def leer(pregunta: Mapping[str, Any], elegidas: Sequence[str]) -> list[str]:
    try:
        return reglas.leer_eleccion(pregunta, elegidas)
    except reglas.EleccionInvalida as error:
        raise eleccion_invalida(error.codigo) from error


def _pregunta(intento: Intento, numero: int) -> Mapping[str, Any]:
    if not 1 <= numero <= len(intento.formulario):
        raise EvaluacionError("pregunta_ajena", _("Esa pregunta no es de esta evaluación."))
    return intento.formulario[numero - 1]


def exigir_abierto(intento: Intento, ahora: datetime.datetime) -> None:
    if intento.estado != Intento.Estado.EN_CURSO:
        raise EvaluacionError("ya_enviado", _("Ya envió estas respuestas. No se pueden cambiar."))
    if reglas.fuera_de_plazo(intento.vence_en, ahora):
        raise EvaluacionError("fuera_de_plazo", aviso_de_plazo(intento))


def aviso_de_plazo(intento: Intento) -> str:
    """Say when the deadline passed and what became of the answers."""
    dia = date_format(localtime(intento.vence_en)) if intento.vence_en else ""
    return _("El plazo terminó el %(dia)s. Contamos las respuestas que llegaron hasta ese día.") % {"dia": dia}


def _repetida(intento: Intento, previa: Respuesta, pregunta: Mapping[str, Any], elegidas: Sequence[str]) -> Guardada:
    misma = (previa.intento_id, previa.version_id) == (intento.pk, pregunta["version"])
    if not misma or previa.elegidas != list(elegidas):
        raise EvaluacionError(
            "operacion_repetida_distinta", _("Esa respuesta ya se guardó con otro contenido. Márquela otra vez.")
        )
    return Guardada(intento, previa.secuencia, repetida=True)


def _anotar_inicio(intento: Intento, ahora: datetime.datetime) -> None:
    """The course shows it as under way. When the unit is gone from the course there is nowhere to show it."""
    try:
        empezar_unidad(inscripcion=intento.inscripcion, unidad=intento.unidad, ahora=ahora)
    except CursoError as error:
        if error.codigo != "unidad_retirada":
            raise
