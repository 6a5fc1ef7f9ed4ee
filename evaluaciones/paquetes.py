"""What phones keep of this room without signal: an answer of a «Decida», of an evaluation, and sending it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cursos.clases.leccion import CLAVE as LECCION
from cursos.consultas.acceso import acceder_a_la_unidad
from cursos.consultas.acceso import no_encontrado as no_hay_parte
from cursos.paquetes import ClaseDePaquete, Hecho, Llegado
from instancias.models import Persona
from marco.numeros import entero_de

from .clases import RespuestaInvalida
from .consultas.ensayos import paso_nombrado
from .consultas.plazo import aviso_de_plazo
from .entrega import leer_entrega
from .errores import EvaluacionError, no_encontrado, respuesta_invalida
from .planteos import pregunta_de
from .reglas import CON_NOTA
from .services.ensayar import VECES, ensayar
from .services.envio import enviar
from .services.respuestas import Dada, responder_varias


class Decidida(ClaseDePaquete):
    """Each one is a try of its own, whatever the page believed: its identifier says that it came once."""

    clave = "decida"
    nombre = gettext_lazy("Respuesta de una lección")

    def aplicar(self, *, persona: Persona, llegados: Sequence[Llegado], ahora: datetime) -> list[Hecho]:
        return [_decidir(persona, uno, ahora) for uno in llegados]


def _decidir(persona: Persona, llegado: Llegado, ahora: datetime) -> Hecho:
    curso, unidad, numero = llegado.lugar
    acceso = acceder_a_la_unidad(persona=persona, curso=curso, unidad=unidad, hoy=timezone.localdate(ahora))
    if acceso.unidad.clase != LECCION:
        raise no_hay_parte()
    mostrado = paso_nombrado(acceso.unidad, llegado.campo("este"), numero)
    if mostrado is None or mostrado.planteo is None:
        raise EvaluacionError("paso_cambiado", _("Esa parte de la lección cambió o ya no está."))
    pregunta = pregunta_de(mostrado.planteo, mostrado.id)
    try:
        valor = pregunta.leer(leer_entrega(llegado.campos).get(1, {}))
    except RespuestaInvalida as error:
        raise respuesta_invalida(error) from error
    if falta := pregunta.falta(valor):
        return Hecho(mensaje=falta)
    ensayar(
        inscripcion=acceso.inscripcion, unidad=acceso.unidad, pregunta=pregunta, valor=valor, vez=VECES, ahora=ahora
    )
    return Hecho(sigue=reverse("kuska_cursos:paso", args=[curso, unidad, mostrado.numero]) + "#decida")


class Respondida(ClaseDePaquete):
    """Answers of one attempt that come together are one act."""

    de_un_acto = True
    clave = "respuesta"
    nombre = gettext_lazy("Respuesta de una evaluación")
    niveles = 2

    def junta(self, llegado: Llegado) -> object:
        return llegado.campo("intento")

    def aplicar(self, *, persona: Persona, llegados: Sequence[Llegado], ahora: datetime) -> list[Hecho]:
        dadas = []
        for uno in llegados:
            numero = entero_de(uno.campo("pregunta")) or 0
            dadas.append(Dada(uno.identificador, numero, leer_entrega(uno.campos).get(numero, {})))
        anotadas = responder_varias(
            persona=persona, intento=_clave(llegados[0]), dadas=dadas, ahora=ahora, lugar=_lugar(llegados[0])
        )
        return [
            Hecho(una.error.codigo, una.error.mensaje) if una.error else Hecho(mensaje=una.falta) for una in anotadas
        ]


class Enviada(ClaseDePaquete):
    """The whole form, sent at the end. What was answered before may have come, or not: it is all here."""

    clave = "envio"
    nombre = gettext_lazy("Envío de una evaluación")
    niveles = 2

    def aplicar(self, *, persona: Persona, llegados: Sequence[Llegado], ahora: datetime) -> list[Hecho]:
        return [_enviar(persona, uno, ahora) for uno in llegados]


def _enviar(persona: Persona, llegado: Llegado, ahora: datetime) -> Hecho:
    curso, unidad = lugar = _lugar(llegado)
    entrega = leer_entrega(llegado.campos)
    envio = enviar(persona=persona, intento=_clave(llegado), ahora=ahora, entrega=entrega, lugar=lugar)
    if envio.tarde or envio.intento.cierre:  # closed by its rule, now or before this came
        return Hecho("fuera_de_plazo", aviso_de_plazo(envio.intento))
    ver = _("Ver el resultado") if envio.intento.reglas.clase in CON_NOTA else ""
    return Hecho(sigue=reverse("kuska_evaluaciones:resultado", args=[curso, unidad, envio.intento.numero]), ver=ver)


def _clave(llegado: Llegado) -> uuid.UUID:
    try:
        return uuid.UUID(llegado.campo("intento"))
    except ValueError:
        raise no_encontrado() from None


def _lugar(llegado: Llegado) -> tuple[int, int]:
    return llegado.lugar[0], llegado.lugar[1]
