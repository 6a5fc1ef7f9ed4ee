"""The ledger of an attempt as typed objects: what was shown, by which rules, what was answered and what it is worth.

The database keeps them as JSON with the number of their format. What an older format wrote is read as well: today's
objects come out of it, and nothing is written again. JSON is read and written here, and by each kind of its content.
"""

from __future__ import annotations

import copy
import dataclasses
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from .clases import POR_CALIFICAR, ClaseDePregunta, Datos, Json, clase_de

FORMATO = 2  # 1: a list of questions with the options beside the rest, and rules without a number

Enviado: TypeAlias = "Datos | Sequence[str]"  # the fields of a question; a list is those of its only field
Entrega: TypeAlias = Mapping[int, Enviado]  # what a form sent, by place from 1
Respuestas: TypeAlias = Mapping[int, Json]  # what is answered, by place from 1


@dataclass(frozen=True)
class Repaso:
    """The lesson that a question sends to review."""

    numero: int
    titulo: str
    orden: int = 0

    def a_json(self) -> dict[str, Any]:
        return {"numero": self.numero, "titulo": self.titulo, "orden": self.orden}


@dataclass(frozen=True)
class Nota:
    """What an answer is worth: a fraction of its maximum, or nothing yet while a person has to mark it."""

    puntos: Fraction | None
    maximo: int = 1

    @property
    def pendiente(self) -> bool:
        return self.puntos is None

    @property
    def acierto(self) -> bool | None:
        return None if self.puntos is None else self.puntos == self.maximo


@dataclass(frozen=True)
class RespuestaDada:
    """The last line about a question: its number in the ledger, its value and, once sent, its mark."""

    secuencia: int
    valor: Json
    nota: Nota | None = None


@dataclass(frozen=True)
class PreguntaMostrada:
    """A question exactly as it was asked. ``contenido`` is of its kind, which answers for it."""

    clave: str
    tipo: str
    texto: str
    contenido: Any
    version: int = 0
    cita: str = ""
    ley: str = ""
    leccion: Repaso | None = None
    objetivo: int | None = None
    dificultad: int | None = None
    forma: str = ""

    @property
    def clase(self) -> ClaseDePregunta[Any]:
        return clase_de(self.tipo)

    def leer(self, enviado: Enviado) -> Json:
        """Return the answer of what a form sent. Raises ``RespuestaInvalida``."""
        datos = enviado if isinstance(enviado, Mapping) else {"": enviado}
        return self.clase.leer(self.contenido, datos)

    def falta(self, valor: Json) -> str:
        return self.clase.falta(self.contenido, valor)

    def en_palabras(self, valor: Json) -> list[str]:
        return self.clase.en_palabras(self.contenido, valor)

    def calificar(self, valor: Json) -> Nota:
        parte = self.clase.calificar(self.contenido, valor)
        return Nota(None if parte is POR_CALIFICAR else Fraction(parte))

    def clave_de_respuesta(self) -> Json:
        return self.clase.clave_de_respuesta(self.contenido)

    def barajada(self, semilla: str, *, baraja: bool) -> PreguntaMostrada:
        """Return it as one attempt asks it. What is published is held for everybody: its kind changes a copy."""
        azar = random.Random(semilla)  # noqa: S311  (the order of what is shown, not a secret)
        return dataclasses.replace(self, contenido=self.clase.barajar(_propio(self.contenido), azar, baraja=baraja))

    def con_no_lo_se(self) -> PreguntaMostrada:
        return dataclasses.replace(self, contenido=self.clase.con_no_lo_se(self.contenido))

    def con_textos(self, cambiar: Callable[[dict[str, Any]], dict[str, Any]]) -> PreguntaMostrada:
        """Return the same question with its texts changed: the names of today put in them."""
        return PreguntaMostrada.de_json(cambiar(self.a_json()))

    def a_json(self) -> dict[str, Any]:
        datos = {
            "formato": FORMATO,
            "clave": self.clave,
            "tipo": self.tipo,
            "texto": self.texto,
            "contenido": self.clase.a_json(self.contenido),
            "version": self.version,
            "cita": self.cita,
            "ley": self.ley,
            "leccion": self.leccion.a_json() if self.leccion else None,
            "objetivo": self.objetivo,
            "dificultad": self.dificultad,
        }
        return {**datos, **({"forma": self.forma} if self.forma else {})}

    @classmethod
    def de_json(cls, datos: Mapping[str, Any]) -> PreguntaMostrada:
        tipo, leccion = datos.get("tipo", ""), datos.get("leccion")
        contenido = datos.get("contenido") if "formato" in datos else datos  # format 1 had no place of its own
        return cls(
            clave=str(datos.get("clave", "")),
            tipo=tipo,
            texto=datos.get("texto", ""),
            contenido=clase_de(tipo).de_json(contenido or {}),
            version=datos.get("version", 0),
            cita=datos.get("cita", ""),
            ley=datos.get("ley", ""),
            leccion=Repaso(leccion["numero"], leccion["titulo"], leccion.get("orden", 0)) if leccion else None,
            objetivo=datos.get("objetivo"),
            dificultad=datos.get("dificultad"),
            forma=datos.get("forma", ""),
        )


def _propio(contenido: Any) -> Any:
    """A content that its kind may change as it likes: a copy, unless nothing in it can be changed."""
    try:
        hash(contenido)
    except TypeError:
        return copy.deepcopy(contenido)
    return contenido


@dataclass(frozen=True)
class Formulario:
    """The questions of an attempt in the order shown. A place counts from 1."""

    preguntas: tuple[PreguntaMostrada, ...] = ()

    def __iter__(self) -> Iterator[PreguntaMostrada]:
        return iter(self.preguntas)

    def __len__(self) -> int:
        return len(self.preguntas)

    def __getitem__(self, indice: int) -> PreguntaMostrada:
        return self.preguntas[indice]

    def lugares(self) -> Iterator[tuple[int, PreguntaMostrada]]:
        return enumerate(self.preguntas, 1)

    def lugar_de_la_version(self) -> dict[int, int]:
        return {pregunta.version: n for n, pregunta in self.lugares()}

    def sin_responder(self, respuestas: Respuestas) -> list[int]:
        """Return the places that still lack something to be answered."""
        return [n for n, pregunta in self.lugares() if pregunta.falta(respuestas.get(n))]

    def a_json(self) -> dict[str, Any]:
        return {"formato": FORMATO, "preguntas": [pregunta.a_json() for pregunta in self.preguntas]}

    @classmethod
    def de_json(cls, datos: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Formulario:
        filas = datos["preguntas"] if isinstance(datos, Mapping) else datos
        return cls(tuple(PreguntaMostrada.de_json(fila) for fila in filas))


@dataclass(frozen=True)
class Reglas:
    """What it took that day. ``clase`` is that of the evaluation; ``forma``, the twin form that was drawn.

    ``sector`` is that of the seat of whoever answers, only in a survey: it is read by sectors, as it was that day.
    """

    clase: str = ""
    nota_minima: int = 70
    intentos: int = 1
    sortear: int | None = None
    barajar: bool = True
    dias_de_plazo: int | None = None
    presentacion: str = ""
    titulo: str = ""
    forma: str = ""
    sector: str = ""
    dias_despues: int = 0

    def a_json(self) -> dict[str, Any]:
        return {"formato": FORMATO, **vars(self)}

    @classmethod
    def de_json(cls, datos: Mapping[str, Any]) -> Reglas:
        """Read the rules of any format: what that one did not write is as it was taken then."""
        return cls(**{campo.name: datos[campo.name] for campo in dataclasses.fields(cls) if campo.name in datos})


def puntos_de(fraccion: Fraction) -> int | Decimal:
    """Return points as they are kept and read: whole when they are whole, else with four decimals at most."""
    if fraccion.denominator == 1:
        return fraccion.numerator
    return (Decimal(fraccion.numerator) / fraccion.denominator).quantize(Decimal("0.0001")).normalize()


def cambio_la_clave(antes: PreguntaMostrada, despues: PreguntaMostrada) -> bool:
    """Whether something else is right now. Editing words does not change the key."""
    return (antes.tipo, antes.clave_de_respuesta()) != (despues.tipo, despues.clave_de_respuesta())
