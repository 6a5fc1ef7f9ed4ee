"""The parts of «Inicio», each drawn once for all who stand in it the same way (``marco.dibujadas``).

What tells two drawings apart is all that its template is given: plain values, made of what the page knows of a person.
A site with a part of its own, or with a piece of one, gets it drawn each time, with the same objects as any template.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Engine
from django.utils.safestring import SafeString

from marco.dibujadas import dibujar, en_un_arbol, suelta

from .bienvenida import Bienvenida
from .calendario import Fecha
from .como_va import ComoVa
from .inicio import CursoEnInicio
from .logros import LogroDeModulo

PAGINA = "kuska/cursos/inicio.html"
# What each part is made of: none may be of the site.
PIEZAS = {
    "por_donde_va": ("kuska/componentes/medidor.html", "kuska/cursos/falta.html", "kuska/cursos/plazo.html"),
    "mis_cursos": (
        "kuska/componentes/medidor.html",
        "kuska/componentes/estado_de_unidad.html",
        "kuska/cursos/termino.html",
        "kuska/cursos/plazo.html",
    ),
    "logros": ("kuska/cursos/logros_por_modulo.html",),
}


@dataclass(frozen=True)
class _Curso:
    titulo: str


@dataclass(frozen=True)
class _Edicion:
    inicia: datetime.date


@dataclass(frozen=True)
class _Temario:
    numero: int


@dataclass(frozen=True)
class _Inscripcion:
    """What is shown of an enrolment: how far it is, and until when."""

    hechas: int
    requeridas: int
    estado: str
    ultimo_dia: datetime.date | None
    con_prorroga: bool
    curso: _Curso
    edicion: _Edicion


@dataclass(frozen=True)
class _CursoEnInicio:
    inscripcion: _Inscripcion
    temario: _Temario
    cuenta: str
    que: str
    donde: str
    url: str
    disponible: bool
    empieza_despues: bool
    se_cerro: bool
    en_pausa: bool


@dataclass(frozen=True)
class _Va:
    falta: str
    impedimento: str


@dataclass(frozen=True)
class _Oficina:
    nombre: str
    facilitadora: str
    contacto: str


@dataclass(frozen=True)
class _DelCurso:
    curso: _Curso


@dataclass(frozen=True)
class _PorEmpezar:
    """What is shown of a course that was not begun: its title and its number."""

    inscripcion: _DelCurso
    temario: _Temario


def por_donde_va(uno: CursoEnInicio, va: ComoVa) -> SafeString:
    """The course at hand: go on, and what is left."""
    return _dibujar(
        "por_donde_va", {"seguir": _a_la_vista(uno), "va": _Va(va.falta, va.impedimento)}, {"seguir": uno, "va": va}
    )


def bienvenida(uno: CursoEnInicio, oficina: Any) -> SafeString:
    """The first hour: what to do today and who accompanies."""
    dichos = (getattr(oficina, cual, "") for cual in ("nombre", "facilitadora", "contacto"))
    curso = _Curso(uno.inscripcion.curso.titulo)
    seguir = _PorEmpezar(_DelCurso(curso), _Temario(uno.temario.numero))
    lo_que_se_ve = {"seguir": seguir, "suya": uno.bienvenida, "oficina": _Oficina(*dichos)}
    return _dibujar("bienvenida", lo_que_se_ve, {"seguir": uno, "suya": uno.bienvenida, "oficina": oficina})


def camino(uno: CursoEnInicio) -> SafeString:
    """The way and what is earned, for whoever begins."""
    suya: Bienvenida | None = uno.bienvenida
    return _dibujar("camino", {"suya": suya}, {"suya": suya})


def logros(hechos: Sequence[LogroDeModulo] = (), aprendera: Sequence[str] = (), *, terminado: bool) -> SafeString:
    """What a person can do now."""
    lo_suyo = {"logros": tuple(hechos), "aprendera": tuple(aprendera), "terminado": terminado}
    return _dibujar("logros", lo_suyo, lo_suyo)


def mis_cursos(cursos: Sequence[CursoEnInicio], hay_otro: str) -> SafeString:
    """The courses of a person, or the others."""
    lo_que_se_ve = {"cursos": tuple(_a_la_vista(uno) for uno in cursos), "hay_otro": bool(hay_otro)}
    return _dibujar("mis_cursos", lo_que_se_ve, {"cursos": cursos, "hay_otro": hay_otro})


def a_la_mano(proxima: Fecha | None) -> SafeString:
    """What is at hand, whichever course is taken."""
    return _dibujar("a_la_mano", {"proxima": proxima}, {"proxima": proxima})


def avisos(dichos: Sequence[Mapping[str, Any]]) -> SafeString:
    """What happened by itself: of one person, and mostly nothing."""
    return suelta(Engine.get_default(), "kuska/componentes/avisos.html", {"avisos": dichos})


def crecimiento(dichos: Iterable[Any]) -> SafeString:
    """What the rooms above tell who finished."""
    motor = Engine.get_default()
    dibujados = (suelta(motor, "kuska/componentes/crecimiento.html", {"dicho": dicho}) for dicho in dichos)
    return SafeString("".join(f"{uno}\n" for uno in dibujados))


def _a_la_vista(uno: CursoEnInicio) -> _CursoEnInicio:
    suya = uno.inscripcion
    return _CursoEnInicio(
        _Inscripcion(
            hechas=suya.hechas,
            requeridas=suya.requeridas,
            estado=suya.estado,
            ultimo_dia=suya.ultimo_dia,
            con_prorroga=suya.con_prorroga,
            curso=_Curso(suya.curso.titulo),
            edicion=_Edicion(suya.edicion.inicia),
        ),
        _Temario(uno.temario.numero),
        cuenta=uno.cuenta,
        que=uno.que,
        donde=uno.donde,
        url=uno.url,
        disponible=uno.disponible,
        empieza_despues=uno.empieza_despues,
        se_cerro=uno.se_cerro,
        en_pausa=uno.en_pausa,
    )


def _dibujar(parte: str, lo_que_se_ve: Mapping[str, Any], entero: Mapping[str, Any]) -> SafeString:
    """``entero`` is what a part of the site is given: all that there is, for this time alone."""
    motor, plantilla = Engine.get_default(), f"kuska/cursos/{parte}.html"
    if motor.debug or not en_un_arbol(motor, (PAGINA, plantilla, *PIEZAS.get(parte, ()))):
        return suelta(motor, plantilla, entero)
    return dibujar(motor, plantilla, lo_que_se_ve)
