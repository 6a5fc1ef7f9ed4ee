"""The ledger of answers. A line is only added. The last one that the server received is the answer."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cursos.errores import CursoError
from cursos.services.avance import empezar_unidad
from instancias.models import Persona
from marco.reloj import no_antes

from ..clases import Json, RespuestaInvalida
from ..consultas.plazo import aviso_de_plazo, vencido
from ..errores import EvaluacionError, respuesta_invalida
from ..libro import Entrega, Enviado, PreguntaMostrada, Respuestas
from ..models import Intento, Respuesta
from .intentos import Lugar, en_su_turno, lineas_de, tomar
from .lineas import Linea, escribir_en_curso


@dataclass(frozen=True)
class Guardada:
    """What became of an answer. ``reemplazo`` says that it took the place of one the person had not seen here.

    ``falta`` says what it still lacks to be an answer.
    """

    intento: Intento
    secuencia: int
    falta: str = ""
    repetida: bool = False
    reemplazo: bool = False


@en_su_turno
def responder(
    *,
    persona: Persona,
    intento: uuid.UUID,
    pregunta: int,
    enviado: Enviado,
    operacion: uuid.UUID,
    ahora: datetime.datetime,
    visto: int | None = None,
    lugar: Lugar | None = None,
) -> Generator[None, None, Guardada]:
    """Save the answer to one question, once for each ``operacion``.

    ``visto`` is the last line that this screen knew of. Raises ``operacion_repetida_distinta`` when the identifier
    comes back with other content, ``ya_enviado``, ``fuera_de_plazo``, ``pregunta_ajena``, or what its kind raises.
    """
    tomado = tomar(persona=persona, clave=intento, lugar=lugar)
    asunto = _pregunta(tomado, pregunta)
    valor = leer(asunto, enviado)
    falta = asunto.falta(valor)
    previa = Respuesta.objects.filter(operacion=operacion).first()
    if previa is not None:
        return _repetida(tomado, previa, asunto, valor)
    exigir_abierto(tomado, ahora)
    anterior = Respuesta.objects.filter(intento=tomado, version_id=asunto.version).order_by("-secuencia").first()
    linea = _linea(tomado, asunto, operacion, 1, valor, ahora)
    yield
    escribir_en_curso([linea])
    if tomado.lineas == 0:
        _anotar_inicio(tomado, ahora)
    sin_ver = anterior is not None and visto is not None and anterior.secuencia > visto
    return Guardada(tomado, linea.secuencia, falta, reemplazo=bool(sin_ver and anterior and anterior.valor != valor))


@dataclass(frozen=True)
class Dada:
    """An answer that a phone kept, under its own identifier."""

    operacion: uuid.UUID
    pregunta: int
    enviado: Enviado


@dataclass(frozen=True)
class Anotada:
    """What became of one: why it was not taken, or what it still lacks to be an answer."""

    error: EvaluacionError | None = None
    falta: str = ""


@en_su_turno
def responder_varias(
    *, persona: Persona, intento: uuid.UUID, dadas: Sequence[Dada], ahora: datetime.datetime, lugar: Lugar | None = None
) -> Generator[None, None, list[Anotada]]:
    """Add to the ledger, in order, the answers that came together; of each, return what became of it.

    They are told apart before by their identifiers, once each. Of an attempt that was sent meanwhile, what says the
    same as was sent arrived already, and so did what the same phone answered later.
    """
    tomado = tomar(persona=persona, clave=intento, lugar=lugar)
    lineas = lineas_de(tomado) if tomado.lineas else {}
    valores = {n: linea.valor for n, linea in lineas.items()}
    ultimas = {dada.pregunta: dada for dada in dadas}
    abierto = tomado.estado == Intento.Estado.EN_CURSO and not tomado.cierre and not vencido(tomado, ahora)
    nuevas: list[Linea] = []
    hechas: list[Anotada] = []
    for dada in dadas:
        try:
            asunto = _pregunta(tomado, dada.pregunta)
            valor = leer(asunto, dada.enviado)
            if valor != valores.get(dada.pregunta, asunto.leer({})):
                if abierto:
                    valores[dada.pregunta] = valor
                    nuevas.append(_linea(tomado, asunto, dada.operacion, len(nuevas) + 1, valor, ahora))
                elif ultimas[dada.pregunta] is dada:
                    exigir_abierto(tomado, ahora)
            hechas.append(Anotada(falta=asunto.falta(valor)))
        except EvaluacionError as error:
            hechas.append(Anotada(error))
    if nuevas:
        yield
        escribir_en_curso(nuevas)
        if tomado.lineas == 0:
            _anotar_inicio(tomado, ahora)
    return hechas


def _linea(
    intento: Intento,
    pregunta: PreguntaMostrada,
    operacion: uuid.UUID,
    orden: int,
    valor: Json,
    ahora: datetime.datetime,
) -> Linea:
    return Linea(
        intento=intento,
        version=pregunta.version,
        operacion=operacion,
        secuencia=intento.lineas + orden,  # type: ignore[attr-defined]
        valor=valor,
        recibida_en=no_antes(ahora, intento.iniciado_en, intento.ultima_en),  # type: ignore[attr-defined]
    )


@dataclass(frozen=True)
class EntregaGuardada:
    """The attempt with all that is answered, and which answers took the place of others not seen on this screen."""

    intento: Intento
    respuestas: Respuestas
    reemplazadas: list[int]


@en_su_turno
def guardar_entrega(
    *,
    persona: Persona,
    intento: uuid.UUID,
    entrega: Entrega,
    ahora: datetime.datetime,
    visto: int | None = None,
    lugar: Lugar | None = None,
) -> Generator[None, None, EntregaGuardada]:
    """Save the answers of a whole form: a line for each one that differs from what is kept."""
    tomado = tomar(persona=persona, clave=intento, lugar=lugar)
    exigir_abierto(tomado, ahora)
    lineas = lineas_de(tomado) if tomado.lineas else {}
    guardadas = {n: linea.valor for n, linea in lineas.items()}
    nuevas = nuevas_de_la_entrega(tomado, entrega, guardadas)
    lineas_nuevas = [
        # an identifier that nothing could have sent before
        _linea(tomado, _pregunta(tomado, n), uuid.uuid4(), orden, valor, ahora)
        for orden, (n, valor) in enumerate(nuevas.items(), 1)
    ]
    yield
    escribir_en_curso(lineas_nuevas)
    if nuevas and tomado.lineas == 0:
        _anotar_inicio(tomado, ahora)
    sin_ver = [n for n in nuevas if visto is not None and n in lineas and lineas[n].secuencia > visto]
    return EntregaGuardada(tomado, {**guardadas, **nuevas}, sin_ver)


def nuevas_de_la_entrega(intento: Intento, entrega: Entrega, guardadas: Respuestas) -> dict[int, Json]:
    """Return, checked, the answers of a form that say something new. What a form leaves blank is not an answer."""
    preguntas = {n: _pregunta(intento, n) for n in sorted(entrega)}
    leidas = {n: leer(pregunta, entrega[n]) for n, pregunta in preguntas.items()}
    return {n: valor for n, valor in leidas.items() if valor != guardadas.get(n, preguntas[n].leer({}))}


def leer(pregunta: PreguntaMostrada, enviado: Enviado) -> Json:
    try:
        return pregunta.leer(enviado)
    except RespuestaInvalida as error:
        raise respuesta_invalida(error) from error


def _pregunta(intento: Intento, numero: int) -> PreguntaMostrada:
    if not 1 <= numero <= len(intento.formulario):
        raise EvaluacionError("pregunta_ajena", _("Esa pregunta no es de esta evaluación."))
    return intento.formulario[numero - 1]


def exigir_abierto(intento: Intento, ahora: datetime.datetime) -> None:
    """Raise what keeps an answer from being saved: its time passed, or the person sent the attempt."""
    if intento.cierre or (intento.estado == Intento.Estado.EN_CURSO and vencido(intento, ahora)):
        despues = _("Lo que acaba de enviar llegó después y no se contó.")
        raise EvaluacionError("fuera_de_plazo", f"{aviso_de_plazo(intento)} {despues}")
    if intento.estado != Intento.Estado.EN_CURSO:
        raise EvaluacionError("ya_enviado", _("Ya envió estas respuestas. No se pueden cambiar."))


def _repetida(intento: Intento, previa: Respuesta, pregunta: PreguntaMostrada, valor: Json) -> Guardada:
    misma = (previa.intento_id, previa.version_id) == (intento.pk, pregunta.version)
    if not misma or previa.valor != valor:
        raise EvaluacionError(
            "operacion_repetida_distinta", _("Esa respuesta ya se guardó con otro contenido. Márquela otra vez.")
        )
    return Guardada(intento, previa.secuencia, pregunta.falta(valor), repetida=True)


def _anotar_inicio(intento: Intento, ahora: datetime.datetime) -> None:
    """The course shows it as under way. When the unit is gone from the course there is nowhere to show it."""
    try:
        empezar_unidad(inscripcion=intento.inscripcion, unidad=intento.unidad, ahora=ahora)
    except CursoError as error:
        if error.codigo != "unidad_retirada":
            raise
