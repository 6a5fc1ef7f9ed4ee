"""What a kind of question answers. A kind is a folder: its rule, its form, its templates and its file codec."""

from __future__ import annotations

import enum
import inspect
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar, Final, Generic, Protocol, TypeAlias, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cursos.decida import Opcion

Json: TypeAlias = "None | bool | int | float | str | Sequence[Json] | Mapping[str, Json]"
Datos: TypeAlias = Mapping[str, Sequence[str]]  # what a form sent for one question: "" is «p3», "x" is «p3-x»
C = TypeVar("C")


class Pendiente(enum.Enum):
    """The mark that a machine does not give."""

    POR_CALIFICAR = "por_calificar"


POR_CALIFICAR: Final = Pendiente.POR_CALIFICAR


class RespuestaInvalida(ValueError):
    """What was sent does not answer the question that was asked. The message is told to the person."""

    def __init__(self, codigo: str, mensaje: str) -> None:
        super().__init__(mensaje)
        self.codigo = codigo


@dataclass(frozen=True)
class Falta:
    """What keeps a question from being published: a code, the field where it is told, and what to do about it."""

    codigo: str
    campo: str
    mensaje: str


@dataclass(frozen=True)
class Pista:
    """What gives the right option away without knowing: its place, and being the longest."""

    lugar: int
    por_larga: bool


class MapeoDeDatos(Protocol):
    """A mapping of a programme file, as ``programas`` reads it: each value is asked for by name and kind."""

    def texto(self, clave: str, defecto: Any = ..., *, maximo: int = ...) -> Any: ...
    def textos(self, clave: str, defecto: Any = ...) -> Any: ...
    def entero(self, clave: str, defecto: Any = ..., *, desde: int = ..., hasta: int = ...) -> Any: ...
    def logico(self, clave: str, *, defecto: bool = ...) -> bool: ...
    def mapeos(self, clave: str, defecto: Any = ...) -> Any: ...
    def error(self, mensaje: str, clave: str = ...) -> Exception: ...
    def terminar(self) -> None: ...


class ClaseDePregunta(Generic[C]):
    """One kind of question. ``C`` is its content: a frozen object, or plain JSON.

    What a person may see is built by ``publico`` from what is allowed, never by removing what is not.
    """

    clave: ClassVar[str]
    nombre: ClassVar[str | Promise]
    orden: ClassVar[int] = 100  # its place among the kinds that a trainer chooses from
    guion: ClassVar[str] = ""  # a script of the static files that its template needs
    estilo: ClassVar[str] = ""  # and a sheet of style
    formsets: ClassVar[tuple[str, ...]] = ()  # rows of the editor that it uses, besides its own fields
    en_un_paso: ClassVar[bool] = False  # a step of a lesson may ask it: ``de_opciones`` is written
    en_cada_evaluacion: ClassVar[int] = 0  # how many of them a reviewed programme asks in each evaluation

    # --- Content --------------------------------------------------------------------------------------------------

    def de_json(self, datos: Mapping[str, Any]) -> C:
        """Return the content that was frozen. What an older version wrote is read as well."""
        raise NotImplementedError

    def a_json(self, contenido: C) -> dict[str, Any]:
        raise NotImplementedError

    def barajar(self, contenido: C, azar: random.Random, *, baraja: bool) -> C:
        """Return the content as it will be shown. ``baraja``: the evaluation shuffles."""
        return contenido

    def con_no_lo_se(self, contenido: C) -> C:
        """Return the content with a way of saying «No lo sé», where leaving it blank is not one."""
        return contenido

    def de_opciones(self, opciones: Sequence[Opcion]) -> C:
        """Return the content of a step «Decida», written as rows of a text, whether it is right, and why."""
        raise NotImplementedError

    # --- Asking and answering -------------------------------------------------------------------------------------

    def instruccion(self, texto: str) -> str:
        """Return how it is answered, when the words of the question do not say it."""
        return ""

    def publico(self, contenido: C, valor: Json) -> object:
        """Return what its template shows while it is asked: no key and no explanation."""
        raise NotImplementedError

    def leer(self, contenido: C, datos: Datos) -> Json:
        """Return the answer that a form sent, as it is kept. Raises ``RespuestaInvalida`` when it does not fit."""
        raise NotImplementedError

    def de_un_toque(self, contenido: C) -> bool:
        """Whether touching an option answers it: its template «toque» is shown in a step, without «Responder»."""
        return False

    def falta(self, contenido: C, valor: Json) -> str:
        """Return what is missing for it to be answered, in a sentence; nothing when it is."""
        return _("Responda para continuar.") if valor in (None, "", [], {}) else ""

    def en_palabras(self, contenido: C, valor: Json) -> list[str]:
        """Return the answer as a person reads it before sending, a line each."""
        raise NotImplementedError

    # --- Marks and explanations -----------------------------------------------------------------------------------

    def calificar(self, contenido: C, valor: Json) -> Fraction | Pendiente:
        """Return the part of the question that is right, from 0 to 1, or ``POR_CALIFICAR``."""
        raise NotImplementedError

    def explicar(self, contenido: C, valor: Json, *, con_correctas: bool) -> object:
        """Return what its template tells of an answer. ``con_correctas`` also names what was right."""
        raise NotImplementedError

    def resumen(self, contenido: C, valor: Json) -> str:
        """Return how much of it was right, in a sentence that does not tell the rest; nothing when it says nothing."""
        return ""

    def casi(self, contenido: C, valor: Json) -> str:
        """Return what is said instead of «Todavía no» of an answer that is right in part; nothing when it is not."""
        return ""

    def ejemplo(self, contenido: C, *, acierta: bool, azar: random.Random | None = None) -> Json:
        """Return an answer to show a trainer: a right one, or a wrong one. ``azar`` draws which."""
        raise NotImplementedError

    # --- Statistics -----------------------------------------------------------------------------------------------

    def clave_de_respuesta(self, contenido: C) -> Json:
        """Return what makes an answer right. Another one asks why it changed; editing words does not change it."""
        raise NotImplementedError

    def errores(self, contenido: C, valor: Json) -> list[str]:
        """Return the mistakes of an answer, each by a key that is the same for everybody who makes it."""
        return []

    def texto_del_error(self, contenido: C, error: str) -> str:
        return ""

    # --- Surveys --------------------------------------------------------------------------------------------------

    def opciones(self, contenido: C) -> list[tuple[str, str]]:
        """Return what may be chosen, each with its key, to say how many chose it. Of none, nothing is counted."""
        return []

    def marcadas(self, contenido: C, valor: Json) -> list[str]:
        """Return the keys of what an answer chose."""
        return []

    def en_libre(self, contenido: C, valor: Json) -> str:
        """Return what was written in one's own words. It is read among those of others, in no order."""
        return ""

    # --- Editor ---------------------------------------------------------------------------------------------------

    def campos(self) -> dict[str, Any]:
        """Return the form fields of the editor that are only of this kind, by name."""
        return {}

    def iniciales(self, datos: Mapping[str, Any]) -> dict[str, Any]:
        """Return what those fields show of ``Pregunta.datos``."""
        return {nombre: datos.get(nombre) for nombre in self.campos()}

    def datos_del_formulario(self, limpios: Mapping[str, Any], previos: Mapping[str, Any]) -> dict[str, Any]:
        """Return what ``Pregunta.datos`` keeps. ``previos``: what it kept before."""
        return dict(limpios)

    def contenido_de_la_fila(self, fila: Any) -> C:
        """Return the content of a ``Pregunta`` as the trainer edits it."""
        return self.de_json(fila.datos)

    def contenido_del_formulario(self, form: Any) -> C:
        """Return the content of the editor's form of a question, already cleaned."""
        return self.de_json(form.instance.datos)

    def problemas(self, contenido: C, *, con_clave: bool) -> list[Falta]:
        """Return what keeps it from being published. Without ``con_clave`` nothing is right or wrong: a survey."""
        return []

    def senalar(self, form: Any, falta: Falta) -> None:
        """Tell a fault beside its field of the editor's form."""
        form.add_error(falta.campo if falta.campo in form.fields else None, falta.mensaje)

    def textos(self, contenido: C) -> list[str]:
        """Return every text that a person reads of it, besides the question."""
        raise NotImplementedError

    # --- Programme files ------------------------------------------------------------------------------------------

    def de_archivo(self, mapeo: MapeoDeDatos, *, con_clave: bool) -> C:
        """Return the content that a file holds. Raises ``mapeo.error(…)`` for what cannot be asked or graded."""
        raise NotImplementedError

    def a_archivo(self, contenido: C) -> dict[str, Any]:
        """Return what a file holds: texts, lists of texts and lists of mappings. What is left out is not written."""
        raise NotImplementedError

    def para_archivo(self, contenido: C) -> C:
        """Return the content without what only this installation knows, to be compared with that of a file."""
        return contenido

    def poner_en_la_fila(self, fila: Any, contenido: C) -> None:
        """Write on a ``Pregunta`` the content that a file holds. What is still there stays the same."""
        fila.datos = self.a_json(contenido)

    def revisar(self, texto: str, contenido: C) -> Iterable[str]:
        """Yield what a reviewed programme corrects in the words of a question of this kind."""
        return ()

    def sin_sustento(self, contenido: C) -> Iterable[str]:
        """Yield what lacks its reason."""
        return ()

    def tamano(self, contenido: C) -> int:
        """Return how many things are weighed to answer it: twin questions have as many."""
        return 1

    def pista(self, contenido: C) -> Pista | None:
        return None

    # --- Its folder -----------------------------------------------------------------------------------------------

    @classmethod
    def carpetas(cls) -> list[Path]:
        """Return its folder and those of the kinds it stands on, the nearest first."""
        padres = [una for una in cls.__mro__ if issubclass(una, ClaseDePregunta) and una is not ClaseDePregunta]
        return [Path(inspect.getfile(una)).parent for una in padres]
