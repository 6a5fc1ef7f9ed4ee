"""The questions of a form, and what is told of their answers, drawn once for everybody.

Two people are asked the same question in another place and with its options in another order. So it is drawn with a
word of this process where its number goes, and another before each option; the number and the order are put when it is
given. Each one is compared with what its template draws by itself the first time, in two orders: where it is not the
same to the letter (a kind whose template does something with its number, say), it is drawn anew each time, as any
template.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django.core.signals import setting_changed
from django.template import Engine
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marco.dibujadas import Recientes, dibujar, suelta

from ..visible import Explicacion, PreguntaVisible

CABEN = 800  # of one process: about a thousand letters each
NUMERO, CORTE, DENTRO = (SafeString(secrets.token_hex(16)) for _una in range(3))
PREGUNTA, SECCION = "kuska/evaluaciones/pregunta.html", "kuska/evaluaciones/pregunta_del_formulario.html"
EXPLICADA = "kuska/evaluaciones/explicada_con_su_pregunta.html"

# The parts of each, or none: it is not the same to the letter, and is drawn each time.
_dibujadas = Recientes(lambda: CABEN)


def del_formulario(preguntas: Iterable[PreguntaVisible]) -> SafeString:
    """Return the questions of a form, one after another."""
    todas = list(preguntas)
    motor, total = Engine.get_default(), len(todas)
    partes = []
    for una in todas:
        lugar = {"numero": una.numero, "total": total, "primera": una.numero == 1, "ultima": una.numero == total}
        partes.append(dibujar(motor, SECCION, {**lugar, "dentro": DENTRO}).replace(DENTRO, _pregunta(motor, una)))
    return SafeString("".join(partes))


def explicadas(filas: Iterable[Explicacion]) -> SafeString:
    """Return what is told of each answer, one after another."""
    motor = Engine.get_default()
    return SafeString("".join(_explicada(motor, una) for una in filas))


def _pregunta(motor: Engine, una: PreguntaVisible) -> str:
    opciones = getattr(una.publico, "alternativas", ())
    orden = sorted(range(len(opciones)), key=lambda n: opciones[n].clave)
    publico: Any = una.publico
    if opciones:
        publico = dataclasses.replace(publico, alternativas=tuple(opciones[n] for n in orden))
    general = dataclasses.replace(una, numero=NUMERO, publico=publico, respuestas=(), corte=CORTE)  # type: ignore[arg-type]
    return _dada(motor, PREGUNTA, "pregunta", una, general, orden, _al_reves(una, "publico", "alternativas"))


def _explicada(motor: Engine, una: Explicacion) -> str:
    detalle: Any = una.detalle
    if otras := getattr(detalle, "otras", ()):  # mostly not told here: in which order they are does not matter
        detalle = dataclasses.replace(detalle, otras=tuple(sorted(otras, key=repr)))
    general = dataclasses.replace(una, numero=NUMERO, detalle=detalle)  # type: ignore[arg-type]
    return _dada(motor, EXPLICADA, "fila", una, general, [], _al_reves(una, "detalle", "otras"))


def _al_reves(una: Any, donde: str, cuales: str) -> Callable[[], Any]:
    """The same for somebody else: in another place, with its options the other way round."""

    def otra() -> Any:
        lo_suyo = getattr(una, donde)
        if suyas := getattr(lo_suyo, cuales, ()):
            lo_suyo = dataclasses.replace(lo_suyo, **{cuales: tuple(suyas)[::-1]})
        return dataclasses.replace(una, **{"numero": una.numero + 1, donde: lo_suyo})

    return otra


def _dada(
    motor: Engine, plantilla: str, nombre: str, una: Any, general: Any, orden: list[int], al_reves: Callable[[], Any]
) -> str:
    """Return the drawing of one, from that of all who are asked the same."""
    # All that it shows, and what draws it: the templates themselves, so that another text draws its own.
    clave = (motor.get_template(plantilla), una.plantilla, general, get_language(), get_script_prefix())
    try:
        partes: tuple[str, ...] | None = _dibujadas.get(clave)
    except TypeError:  # a kind that shows something that cannot be compared
        return suelta(motor, plantilla, {nombre: una})
    if partes:
        return _armada(partes, orden, una.numero)
    entera = suelta(motor, plantilla, {nombre: una})
    if partes is None:
        partes = tuple(suelta(motor, plantilla, {nombre: general}).split(CORTE))
        igual = _armada(partes, orden, una.numero) == entera
        if igual:
            otra = al_reves()
            igual = _armada(partes, [len(orden) - 1 - n for n in orden], otra.numero) == suelta(
                motor, plantilla, {nombre: otra}
            )
        _dibujadas.poner(clave, partes if igual else ())
    return entera


def _armada(partes: tuple[str, ...], orden: list[int], numero: int) -> str:
    """Put the options in the order of this form; nothing fits, when there are not as many parts as options."""
    if len(partes) == len(orden) + 2:
        primera, *suyas, ultima = partes
        en_su_lugar = dict(zip(orden, suyas, strict=True))
        partes = (primera, *(en_su_lugar[n] for n in range(len(orden))), ultima)
    elif len(partes) != 1 or orden:
        return ""
    return "".join(partes).replace(NUMERO, str(numero))


def olvidar(**_que: Any) -> None:
    """Draw them all again: something that a template reads by itself has changed."""
    _dibujadas.clear()


setting_changed.connect(olvidar)
