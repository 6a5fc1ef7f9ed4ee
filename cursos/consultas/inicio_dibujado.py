"""The parts of «Inicio», each drawn once for all who stand in it the same way (``marco.dibujadas``).

What tells two drawings apart is in the key: all that its template shows. A template is given the same as ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.template import Engine
from django.utils.safestring import SafeString

from marco.dibujadas import dibujar, suelta

from ..models import Inscripcion
from .calendario import Fecha
from .como_va import ComoVa
from .inicio import CursoEnInicio
from .logros import LogroDeModulo


def por_donde_va(uno: CursoEnInicio, va: ComoVa) -> SafeString:
    """The course at hand: go on, and what is left."""
    lo_suyo = {"seguir": uno, "va": va}
    return _dibujar("por_donde_va", (uno.que, uno.donde, uno.url, va.falta, _cuanto(uno)), lo_suyo)


def bienvenida(uno: CursoEnInicio, oficina: Any) -> SafeString:
    """The first hour: what to do today and who accompanies."""
    dichos = tuple(getattr(oficina, cual, "") for cual in ("nombre", "facilitadora", "contacto"))
    lo_suyo = {"seguir": uno, "suya": uno.bienvenida, "oficina": oficina}
    return _dibujar("bienvenida", (uno.inscripcion.curso.titulo, uno.bienvenida, dichos), lo_suyo)


def camino(uno: CursoEnInicio) -> SafeString:
    """The way and what is earned, for whoever begins."""
    return _dibujar("camino", uno.bienvenida, {"suya": uno.bienvenida})


def logros(hechos: Sequence[LogroDeModulo] = (), aprendera: Sequence[str] = (), *, terminado: bool) -> SafeString:
    """What a person can do now."""
    lo_suyo = {"logros": hechos, "aprendera": aprendera, "terminado": terminado}
    return _dibujar("logros", (tuple(hechos), tuple(aprendera), terminado), lo_suyo)


def mis_cursos(cursos: Sequence[CursoEnInicio], hay_otro: str) -> SafeString:
    """The courses of a person, or the others."""
    como = tuple(
        (_cuanto(uno), uno.disponible, uno.empieza_despues, uno.inscripcion.edicion.inicia, uno.se_cerro, uno.en_pausa)
        for uno in cursos
    )
    return _dibujar("mis_cursos", (como, bool(hay_otro)), {"cursos": cursos, "hay_otro": hay_otro})


def a_la_mano(proxima: Fecha | None) -> SafeString:
    """What is at hand, whichever course is taken."""
    return _dibujar("a_la_mano", proxima, {"proxima": proxima})


def avisos(dichos: Sequence[Mapping[str, Any]]) -> SafeString:
    """What happened by itself: of one person, and mostly nothing."""
    return suelta(Engine.get_default(), "kuska/componentes/avisos.html", {"avisos": dichos})


def crecimiento(dichos: Iterable[Any]) -> SafeString:
    """What the rooms above tell who finished."""
    motor = Engine.get_default()
    dibujados = (suelta(motor, "kuska/componentes/crecimiento.html", {"dicho": dicho}) for dicho in dichos)
    return SafeString("".join(f"{uno}\n" for uno in dibujados))


def _cuanto(uno: CursoEnInicio) -> tuple[Any, ...]:
    """How far an enrolment is, and until when."""
    suya: Inscripcion = uno.inscripcion
    avance = (suya.hechas, suya.requeridas, suya.estado, uno.cuenta)
    return (*avance, suya.ultimo_dia, suya.con_prorroga, uno.temario.numero, suya.curso.titulo)


def _dibujar(parte: str, como: Any, lo_suyo: Mapping[str, Any]) -> SafeString:
    return dibujar(Engine.get_default(), f"kuska/cursos/{parte}.html", {"como": como}, lo_suyo)
