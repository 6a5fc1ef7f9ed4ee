"""What may leave the server of a question: while it is asked, and once it may be explained."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .clases import Json
from .clases.plantillas import plantilla_de
from .libro import Nota, PreguntaMostrada, Repaso


@dataclass(frozen=True)
class PreguntaVisible:
    """A question before the release rule: its words, and what its kind lets be seen.

    ``falta`` says what an answer still lacks; ``a_medias``, that there is part of one.
    """

    numero: int
    tipo: str
    texto: str
    instruccion: str
    publico: object
    respuestas: list[str]
    falta: str
    plantilla: Any = dataclasses.field(repr=False, compare=False)
    guion: str = ""
    estilo: str = ""
    a_medias: bool = False
    corte: str = ""  # written before each option, and after the last one, by whoever is going to part them


@dataclass(frozen=True)
class Explicacion:
    """What is told of an answered question: whether it is right, why, and what the law says.

    ``acierto`` is None while a person has to mark it. ``resumen`` counts without telling the rest; ``casi`` is said
    in place of «Todavía no» of what is right in part.
    """

    numero: int
    texto: str
    acierto: bool | None
    resumen: str
    detalle: object
    respondida: bool
    plantilla: Any = dataclasses.field(repr=False, compare=False)
    cita: str = ""
    ley: str = ""
    ley_de_hoy: str = ""
    leccion: Repaso | None = None
    casi: str = ""


def por_preguntar(pregunta: PreguntaMostrada, numero: int, valor: Json = None) -> PreguntaVisible:
    """Return what may be seen of a question before the release rule."""
    clase, falta = pregunta.clase, pregunta.falta(valor)
    return PreguntaVisible(
        numero=numero,
        tipo=pregunta.tipo,
        texto=pregunta.texto,
        instruccion=clase.instruccion(pregunta.texto),
        publico=clase.publico(pregunta.contenido, valor),
        respuestas=[] if falta else pregunta.en_palabras(valor),
        falta=falta,
        plantilla=plantilla_de(clase, "pregunta"),
        guion=clase.guion,
        estilo=clase.estilo,
        a_medias=bool(falta) and bool(valor),
    )


def explicar(
    pregunta: PreguntaMostrada,
    numero: int,
    valor: Json,
    *,
    nota: Nota | None = None,
    con_correctas: bool = True,
    ley_de_hoy: str = "",
) -> Explicacion:
    """Return what is told of an answer. ``nota`` is the one it was given; without it, it is worth what it is today.

    ``con_correctas`` also says what was right; practice keeps it back while the person may try again.
    """
    clase = pregunta.clase
    nota = nota or pregunta.calificar(valor)
    return Explicacion(
        numero=numero,
        texto=pregunta.texto,
        acierto=nota.acierto,
        resumen=clase.resumen(pregunta.contenido, valor),
        detalle=clase.explicar(pregunta.contenido, valor, con_correctas=con_correctas),
        respondida=not pregunta.falta(valor),
        plantilla=plantilla_de(clase, "explicada"),
        cita=pregunta.cita,
        ley=pregunta.ley,
        ley_de_hoy=ley_de_hoy,
        leccion=pregunta.leccion,
        casi="" if nota.acierto else clase.casi(pregunta.contenido, valor),
    )


def de_las_clases(preguntas: Iterable[PreguntaVisible]) -> dict[str, list[str]]:
    """Context of a page that asks: the scripts and sheets of style that the kinds in it need, once each."""
    preguntas = list(preguntas)
    return {
        "guiones": sorted({una.guion for una in preguntas if una.guion}),
        "estilos": sorted({una.estilo for una in preguntas if una.estilo}),
    }
