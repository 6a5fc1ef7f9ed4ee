"""«Decida»: a step that asks before it tells. What it puts to a person, and who asks it.

This room keeps the words; how a question is asked, answered and explained is known by the kinds of question, which
stand in a room above. That room says so here (``registrar``), as kinds of unit do. Without it, a step is read as a
case: its options, and the answer folded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from .consultas.acceso import Acceso
    from .models import Inscripcion

CLAVE = "decida"  # the kind of step
TIPO = "una"  # the kind of question of a step that does not say it
PALABRAS_DEL_CASO = 60
PALABRAS_DE_LA_PREGUNTA = 25
PALABRAS_DE_EXPLICACION = 45


@dataclass(frozen=True)
class Opcion:
    """One of the answers, and why it is or is not right. ``clave`` is that of its row: it goes where the row goes."""

    clave: str
    texto: str
    correcta: bool
    explicacion: str


@dataclass(frozen=True)
class Planteo:
    """What a step puts to a person. ``regla`` and ``cita`` wait for the answer."""

    tipo: str
    pregunta: str
    opciones: tuple[Opcion, ...]
    regla: SafeString = SafeString("")
    cita: str = ""


@dataclass(frozen=True)
class Preguntado:
    """How a step is asked to somebody now: a template of the room above and what it shows.

    ``se_sigue``: the answer is on the screen, and «Continuar» is offered. ``como`` says, with the step, all that the
    data depend on, so that whoever stands the same way is given the same page; None when somebody wrote something.
    """

    plantilla: str
    datos: Mapping[str, Any]
    se_sigue: bool
    guiones: tuple[str, ...] = ()
    estilos: tuple[str, ...] = ()
    como: tuple[Any, ...] | None = None


@dataclass(frozen=True)
class Alrededor:
    """What the room above puts in a step: the question it asks, and what comes back before the lesson begins."""

    preguntado: Preguntado | None = None
    repaso: Mapping[str, Any] | None = None  # {"plantilla", …}


class QuienPregunta(Protocol):
    def tipos(self) -> Sequence[tuple[str, str | Promise]]:
        """Return the kinds of question that a step may have."""

    def faltas(self, planteo: Planteo) -> list[str]:
        """Return what keeps it from being asked, in sentences."""

    def ademas(self) -> Mapping[str, Any]:
        """Return annotations of the enrolment, and of ``la_unidad``, that ``alrededor`` needs of a step."""

    def ademas_al_empezar(self) -> Mapping[str, Any]:
        """The same, of the first step of a lesson."""

    def para_guardar(self, request: HttpRequest, inscripcion: Inscripcion) -> ParaGuardar:
        """Return how each step of a module shows where nobody can be asked. One statement, however many they are."""

    def alrededor(self, request: HttpRequest, acceso: Acceso, paso: Any) -> Alrededor:
        """Return what a step shows to a person. ``paso`` is a ``PasoMostrado``. One statement at most."""


# Of an access and a step: what it shows, and what it will show once it was answered so («»: in any other way).
ParaGuardar = Callable[[Any, Any], tuple[Alrededor, Mapping[str, Alrededor]]]


class _Nadie:
    def tipos(self) -> Sequence[tuple[str, str | Promise]]:
        return [(TIPO, TIPO)]

    def faltas(self, planteo: Planteo) -> list[str]:
        return []

    def ademas(self) -> Mapping[str, Any]:
        return {}

    ademas_al_empezar = ademas

    def para_guardar(self, request: HttpRequest, inscripcion: Inscripcion) -> ParaGuardar:
        return lambda _acceso, _paso: (Alrededor(), {})

    def alrededor(self, request: HttpRequest, acceso: Acceso, paso: Any) -> Alrededor:
        return Alrededor()


NADIE: QuienPregunta = _Nadie()
_quien: list[QuienPregunta] = [NADIE]


def registrar(quien: QuienPregunta) -> None:
    """Say who asks the steps that ask. The last one who says it."""
    _quien[0] = quien


def quien_pregunta() -> QuienPregunta:
    return _quien[0]


def tipos() -> list[tuple[str, str | Promise]]:
    """Choices of the editor."""
    return list(quien_pregunta().tipos())


def se_pregunta(tipo: str) -> bool:
    """Whether somebody knows how to ask a question of this kind."""
    return quien_pregunta() is not NADIE and tipo in dict(tipos())


def planteo_de(valor: Mapping[str, Any]) -> Planteo:
    """Return what a step asks, from its value as the stream keeps it. What a draft lacks is empty."""
    filas = [una for una in valor.get("opciones") or () if isinstance(una, Mapping)]
    return Planteo(
        tipo=valor.get("tipo") or TIPO,
        pregunta=(valor.get("pregunta") or "").strip(),
        opciones=tuple(_opcion(n, fila) for n, fila in enumerate(filas, 1)),
    )


def _opcion(numero: int, fila: Mapping[str, Any]) -> Opcion:
    suyo = fila.get("value", fila)
    return Opcion(
        clave=str(fila.get("id") or numero),
        texto=(suyo.get("texto") or "").strip(),
        correcta=bool(suyo.get("correcta")),
        explicacion=(suyo.get("explicacion") or "").strip(),
    )
