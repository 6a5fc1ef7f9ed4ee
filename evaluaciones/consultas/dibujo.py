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
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any

from django.core.signals import setting_changed
from django.template import Engine
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marco.dibujadas import dibujar, suelta
from marco.recientes import Recientes

from ..visible import Explicacion, PreguntaVisible

CABEN = 1600  # of one process, about a thousand letters each: all the questions of some courses
NUMERO, CORTE, DENTRO = (SafeString(secrets.token_hex(16)) for _una in range(3))
PREGUNTA, SECCION = "kuska/evaluaciones/pregunta.html", "kuska/evaluaciones/pregunta_del_formulario.html"
EXPLICADA = "kuska/evaluaciones/explicada_con_su_pregunta.html"

DE_CADA_UNO, OPCIONES = frozenset({"numero", "publico", "respuestas", "corte"}), frozenset({"alternativas"})
DE_CADA_UNA, OTRAS = frozenset({"numero", "detalle"}), frozenset({"otras"})

# The parts of each, or none: it is not the same to the letter, and is drawn each time.
_dibujadas = Recientes(lambda: CABEN)
_por_total = Recientes(lambda: CABEN)


def del_formulario(preguntas: Iterable[PreguntaVisible]) -> SafeString:
    """Return the questions of a form, one after another."""
    todas = list(preguntas)
    motor, donde = Engine.get_default(), _donde()
    secciones = _secciones(motor, len(todas), donde)
    partes = []
    for una in todas:
        antes, despues = secciones[una.numero - 1]
        partes += [antes, _pregunta(motor, una, donde), despues]
    return SafeString("".join(partes))


def explicadas(filas: Iterable[Explicacion]) -> SafeString:
    """Return what is told of each answer, one after another."""
    motor, donde = Engine.get_default(), _donde()
    return SafeString("".join([_explicada(motor, una, donde) for una in filas]))


def por_adelantado(preguntas: Iterable[PreguntaVisible], filas: Iterable[Explicacion]) -> Iterator[None]:
    """Draw what somebody is going to be asked and told, while nothing has to go to make room for it.

    It stops before each, so that whoever draws may leave the rest.
    """
    motor, donde = Engine.get_default(), _donde()
    for dibujar_una, una in chain(zip(repeat(_pregunta), preguntas), zip(repeat(_explicada), filas)):
        if not _dibujadas.holgada():
            return
        yield
        dibujar_una(motor, una, donde)


def _donde() -> tuple[str | None, str]:
    """What a template may read by itself."""
    return get_language(), get_script_prefix()


def _secciones(motor: Engine, total: int, donde: Any) -> Sequence[tuple[str, str]]:
    """What goes before and after each question of a form of so many, drawn once for each number of them."""
    clave = (motor.get_template(SECCION), total, get_urlconf(), donde)
    secciones: Sequence[tuple[str, str]] | None = _por_total.get(clave)
    if secciones is None:
        lugares = [{"numero": n, "total": total, "primera": n == 1, "ultima": n == total} for n in range(1, total + 1)]
        hechas = [dibujar(motor, SECCION, {**uno, "dentro": DENTRO}).partition(DENTRO) for uno in lugares]
        secciones = [(antes, despues) for antes, _dentro, despues in hechas]
        _por_total.poner(clave, secciones)
    return secciones


def _pregunta(motor: Engine, una: PreguntaVisible, donde: Any) -> str:
    publico: Any = una.publico
    opciones = getattr(publico, "alternativas", ())
    orden = sorted(range(len(opciones)), key=lambda n: opciones[n].clave)
    en_orden = tuple(opciones[n] for n in orden)
    clave = (
        motor.get_template(PREGUNTA),
        donde,
        _lo_que_dice(una, DE_CADA_UNO),
        en_orden,
        _lo_que_dice(publico, OPCIONES),
    )

    def general() -> Any:
        suyo = dataclasses.replace(publico, alternativas=en_orden) if opciones else publico
        return dataclasses.replace(una, numero=NUMERO, publico=suyo, respuestas=(), corte=CORTE)  # type: ignore[arg-type]

    al_reves = _al_reves(una, "publico", "alternativas")
    return _dada(motor, PREGUNTA, "pregunta", una, clave, general, orden, al_reves)


def _explicada(motor: Engine, una: Explicacion, donde: Any) -> str:
    detalle: Any = una.detalle
    if otras := getattr(detalle, "otras", ()):  # mostly not told here: in which order they are does not matter
        otras = tuple(sorted(otras, key=repr))
    clave = (motor.get_template(EXPLICADA), donde, _lo_que_dice(una, DE_CADA_UNA), otras, _lo_que_dice(detalle, OTRAS))

    def general() -> Any:
        suyo = dataclasses.replace(detalle, otras=otras) if otras else detalle
        return dataclasses.replace(una, numero=NUMERO, detalle=suyo)  # type: ignore[arg-type]

    return _dada(motor, EXPLICADA, "fila", una, clave, general, [], _al_reves(una, "detalle", "otras"))


def _lo_que_dice(algo: Any, sin: Container[str]) -> Any:
    """All that it shows but for these, as what can be compared. What has no names of its own is compared whole."""
    try:
        suyo = vars(algo)
    except TypeError:
        return algo
    return type(algo), *[valor for nombre, valor in suyo.items() if nombre not in sin]


def _al_reves(una: Any, donde: str, cuales: str) -> Callable[[], Any]:
    """The same for somebody else: in another place, with its options the other way round."""

    def otra() -> Any:
        lo_suyo = getattr(una, donde)
        if suyas := getattr(lo_suyo, cuales, ()):
            lo_suyo = dataclasses.replace(lo_suyo, **{cuales: tuple(suyas)[::-1]})
        return dataclasses.replace(una, **{"numero": una.numero + 1, donde: lo_suyo})

    return otra


def _dada(
    motor: Engine,
    plantilla: str,
    nombre: str,
    una: Any,
    clave: Any,
    general: Callable[[], Any],
    orden: list[int],
    al_reves: Callable[[], Any],
) -> str:
    """Return the drawing of one, from that of all who are asked the same: those that say the same in ``clave``."""
    # All that it shows, and what draws it: the templates themselves, so that another text draws its own.
    try:
        partes: tuple[str, ...] | None = _dibujadas.get(clave)
    except TypeError:  # a kind that shows something that cannot be compared
        return suelta(motor, plantilla, {nombre: una})
    if partes:
        return _armada(partes, orden, una.numero)
    entera = suelta(motor, plantilla, {nombre: una})
    if partes is None:
        partes = tuple(suelta(motor, plantilla, {nombre: general()}).split(CORTE))
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
    _por_total.clear()


setting_changed.connect(olvidar)
