"""The programme as plain data: what the files say and what the pages hold, in the same shape so they can be compared.

``archivo`` and ``linea`` say where a thing was read; they are no part of what is compared.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeAlias

from evaluaciones.clases import ClaseDePregunta, clase_de
from marco.marcas import formas_de

from .sonidos import Sonido

FORMATO = 1  # of the files: what a programme says in curso.yaml, and the newest that this edition reads


def _origen(defecto: Any) -> Any:
    return field(default=defecto, compare=False, repr=False, metadata={"origen": True})


def _posterior(defecto: Any) -> Any:
    """Return a field that came after the first loads: while it says nothing it leaves no mark in the digest."""
    return field(default=defecto, metadata={"si_dice": True})


@dataclass(frozen=True)
class Redaccion:
    vigente_desde: datetime.date
    vigente_hasta: datetime.date | None
    modificada_por: str | None
    resumen: str


@dataclass(frozen=True)
class Articulo:
    clave: str
    numero: str
    numero_tuo: str
    titulo: str
    redacciones: tuple[Redaccion, ...]
    archivo: str = _origen("")
    linea: int = _origen(0)

    @property
    def vigente(self) -> Redaccion | None:
        return next((una for una in self.redacciones if una.vigente_hasta is None), None)


@dataclass(frozen=True)
class Norma:
    clave: str
    tipo: str
    numero: str
    titulo: str
    publicada: datetime.date | None
    articulos: tuple[Articulo, ...]
    archivo: str = _origen("")
    linea: int = _origen(0)


@dataclass(frozen=True)
class Nombre:
    """What a service, an office or a help line is called today. Texts name it by its key, between braces."""

    clave: str
    nombre: str
    corto: str
    antes: str = ""
    norma: str = ""
    desde: datetime.date | None = None
    numero: str = _posterior("")
    archivo: str = _origen("")
    linea: int = _origen(0)


@dataclass(frozen=True)
class Termino:
    """A word of the glossary, the other ways of writing it, and what it means."""

    clave: str
    termino: str
    variantes: tuple[str, ...]
    definicion: str
    ejemplo: str
    articulo: str = ""
    archivo: str = _origen("")
    linea: int = _origen(0)

    def formas(self) -> tuple[str, ...]:
        return (self.termino, *self.variantes)


@dataclass(frozen=True)
class QuienAtiende:
    """Who hears of a case, as the pocket guide tells them apart."""

    clave: str
    nombre: str
    orden: int = 0
    archivo: str = _origen("")
    linea: int = _origen(0)


@dataclass(frozen=True)
class TipoDeRelato:
    """A kind of thing that people are told, what to say and what never."""

    clave: str
    nombre: str
    diga: str
    no_diga: str
    orden: int = 0
    archivo: str = _origen("")
    linea: int = _origen(0)


@dataclass(frozen=True)
class Orientacion:
    """The steps of one who hears one kind of thing, and the articles that they rest on."""

    quien: str
    relato: str
    pasos: tuple[str, ...]
    articulos: tuple[str, ...]
    archivo: str = _origen("")
    linea: int = _origen(0)

    @property
    def clave(self) -> str:
        return f"{self.relato}/{self.quien}"


@dataclass(frozen=True)
class Guia:
    """The pocket guide. Empty: the programme brings none."""

    quienes: tuple[QuienAtiende, ...] = ()
    relatos: tuple[TipoDeRelato, ...] = ()
    orientaciones: tuple[Orientacion, ...] = ()


@dataclass(frozen=True)
class Opcion:
    """One of the answers of a step that asks, and why it is or is not right."""

    texto: str
    correcta: bool
    explicacion: str


Valor: TypeAlias = "str | tuple[str, ...] | tuple[Opcion, ...] | Sonido"


@dataclass(frozen=True)
class Paso:
    """A step of a lesson. ``valores`` holds one entry per field of its kind: text, lines or options."""

    tipo: str
    titulo: str
    valores: Mapping[str, Valor]
    linea: int = _origen(0)

    @property
    def opciones(self) -> tuple[Opcion, ...]:
        """The options of a step that asks; none of another."""
        listas = (valor for valor in self.valores.values() if isinstance(valor, tuple))
        return tuple(una for lista in listas for una in lista if isinstance(una, Opcion))

    @property
    def sonidos(self) -> tuple[Sonido, ...]:
        """What is heard in it; nothing in most."""
        return tuple(valor for valor in self.valores.values() if isinstance(valor, Sonido))


@dataclass(frozen=True)
class Leccion:
    clave: str
    titulo: str
    presentacion: str
    sabe_ahora: tuple[str, ...]
    tema_dificil: bool
    pasos: tuple[Paso, ...]
    guion: str = _posterior("")
    asientos: tuple[str, ...] = _posterior(())
    archivo: str = _origen("")
    linea_de_asientos: int = _origen(0)


@dataclass(frozen=True)
class Pregunta:
    clave: str
    tipo: str
    texto: str
    articulo: str
    leccion: str
    dificultad: int
    objetivo: int
    contenido: Any  # of its kind, which reads and writes it
    motivo_del_cambio: str = ""
    forma: str = ""
    otro_objetivo: int | None = None
    linea: int = _origen(0)

    @property
    def clase(self) -> ClaseDePregunta[Any]:
        return clase_de(self.tipo)

    @property
    def objetivos(self) -> set[int]:
        """The numbers of the objectives of its module that it asks about: one, or two when the case has two sides."""
        return {self.objetivo} | ({self.otro_objetivo} if self.otro_objetivo else set())

    def textos(self) -> list[str]:
        """Return what a person reads of it: the question and what its kind holds."""
        return [self.texto, *self.clase.textos(self.contenido)]


@dataclass(frozen=True)
class Evaluacion:
    clave: str
    clase: str
    titulo: str
    presentacion: str
    nota_minima: int
    intentos: int
    sortear: int | None
    preguntas: tuple[Pregunta, ...]
    barajar: bool = True
    dias_de_plazo: int | None = None
    dias_despues: int | None = None
    preguntas_de: str = ""
    archivo: str = _origen("")
    sellada: bool = _origen(False)  # its questions came from a bank outside the programme


@dataclass(frozen=True)
class UnidadSuelta:
    """A unit of a kind that files write field by field: each value as the file says it."""

    clave: str
    clase: str
    titulo: str
    valores: Mapping[str, str]
    archivo: str = _origen("")


@dataclass(frozen=True)
class Modulo:
    clave: str
    titulo: str
    horas: int
    objetivos: tuple[str, ...]
    tarea: str
    lecciones: tuple[Leccion, ...]
    evaluaciones: tuple[Evaluacion, ...]
    rutas: bool = _posterior(False)
    otras: tuple[UnidadSuelta, ...] = ()  # units of any other kind
    archivo: str = _origen("")


@dataclass(frozen=True)
class Edicion:
    nombre: str
    territorios: tuple[str, ...]
    inicia: datetime.date
    termina: datetime.date | None


@dataclass(frozen=True)
class Curso:
    clave: str
    titulo: str
    presentacion: str
    aprendera: tuple[str, ...]
    horas: int
    tipo_de_horas: str
    revisado_el: datetime.date | None
    modulos: tuple[Modulo, ...]
    ediciones: tuple[Edicion, ...] = ()
    evaluaciones: tuple[Evaluacion, ...] = ()  # of the whole course: entry, final, survey
    archivo: str = _origen("")

    def todas_las_evaluaciones(self) -> list[Evaluacion]:
        return [*self.evaluaciones, *(una for modulo in self.modulos for una in modulo.evaluaciones)]


@dataclass(frozen=True)
class Programa:
    curso: Curso
    normas: tuple[Norma, ...]
    nombres: tuple[Nombre, ...] = ()
    glosario: tuple[Termino, ...] = ()
    guia: Guia = Guia()

    def lecciones(self) -> Iterator[tuple[Modulo, Leccion]]:
        return ((modulo, leccion) for modulo in self.curso.modulos for leccion in modulo.lecciones)

    def evaluaciones(self) -> Iterator[tuple[Modulo | None, Evaluacion]]:
        """Yield every evaluation with its module; those of the course have none."""
        yield from ((None, una) for una in self.curso.evaluaciones)
        yield from ((modulo, una) for modulo in self.curso.modulos for una in modulo.evaluaciones)

    def otras(self) -> Iterator[tuple[Modulo, UnidadSuelta]]:
        return ((modulo, una) for modulo in self.curso.modulos for una in modulo.otras)

    def formas(self) -> dict[str, str]:
        """Return every way of naming what changes its name, and what people read."""
        return {marca: texto for uno in self.nombres for marca, texto in formas_de(uno).items()}

    def articulos(self) -> dict[str, Articulo]:
        return {articulo.clave: articulo for norma in self.normas for articulo in norma.articulos}


# A page holds what is its own: what hangs from it is another page.
HIJAS = {"modulos", "ediciones", "lecciones", "evaluaciones", "otras"}


def en_datos(ficha: Any) -> Any:
    """Return the ficha as plain data, without where it was read and without the pages that hang from it."""
    if is_dataclass(ficha):
        return {
            campo.name: en_datos(getattr(ficha, campo.name))
            for campo in fields(ficha)
            if "origen" not in campo.metadata and campo.name not in HIJAS
            if "si_dice" not in campo.metadata or getattr(ficha, campo.name)
        }
    if isinstance(ficha, Mapping):
        return {clave: en_datos(valor) for clave, valor in ficha.items()}
    if isinstance(ficha, tuple | list):
        return [en_datos(valor) for valor in ficha]
    if isinstance(ficha, datetime.date):
        return ficha.isoformat()
    return ficha


def huella(ficha: Any) -> str:
    """Return what tells this content from any other."""
    limpio = json.dumps(en_datos(ficha), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(limpio.encode()).hexdigest()
