"""The kinds of step: how a file writes them and which block holds them. Reading, writing and loading use this table."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from cursos.decida import PALABRAS_DE_EXPLICACION, PALABRAS_DE_LA_PREGUNTA, PALABRAS_DEL_CASO


class Forma(enum.Enum):
    """How the text of a field is kept."""

    RICO = "rico"  # Markdown in the file, rich text in the page
    LLANO = "llano"
    LINEAS = "lineas"
    CITA = "cita"  # «> …» in the file, plain in the page
    ESQUEMA = "esquema"  # «esquema: clave», one of the drawings that come with the site
    ARTICULO = "articulo"  # «articulo: clave» in the file, an Articulo in the page
    TIPO = "tipo"  # «tipo: varias», the kind of question of a step that asks; «una» is not written
    AUDIO = "audio"  # «audio: archivo.opus», one of the sounds of the programme
    SEGUNDOS = "segundos"  # «segundos: 120»
    OPCIONES = "opciones"  # «## Opción: …» and «## Opción correcta: …», with why under each


@dataclass(frozen=True)
class Campo:
    """A field of a block. ``seccion`` is the «## …» it is written under; empty for the body of the step."""

    nombre: str
    seccion: str
    forma: Forma
    palabras: int = 0  # at most; 0 means no limit
    obligatorio: bool = True


@dataclass(frozen=True)
class Tipo:
    bloque: str
    rotulo: str
    campos: tuple[Campo, ...]


TIPOS = (
    Tipo(
        "decida",
        "Decida",
        (
            Campo("articulo", "", Forma.ARTICULO),
            Campo("tipo", "", Forma.TIPO),
            Campo("caso", "", Forma.RICO, PALABRAS_DEL_CASO),
            Campo("pregunta", "Qué haría usted", Forma.LLANO, PALABRAS_DE_LA_PREGUNTA),
            Campo("opciones", "", Forma.OPCIONES, PALABRAS_DE_EXPLICACION),
            Campo("regla", "La regla", Forma.RICO, 60),
        ),
    ),
    Tipo(
        "texto",
        "Paso de texto",
        (
            Campo("texto", "", Forma.RICO, 120),
            Campo("en_nuestra_zona", "En nuestra zona", Forma.LLANO, 45, obligatorio=False),
            Campo("mas_detalle", "Más detalle", Forma.RICO, 120, obligatorio=False),
        ),
    ),
    Tipo(
        "caso",
        "Caso de nuestra zona",
        (
            Campo("caso", "", Forma.RICO, 90),
            Campo("pregunta", "Qué haría usted", Forma.LLANO, 60),
            Campo("respuesta", "Qué dice la ruta", Forma.RICO, 120),
        ),
    ),
    Tipo(
        "cita",
        "Cita de la ley",
        (
            Campo("articulo", "", Forma.ARTICULO),
            Campo("cita", "", Forma.CITA, 60),
            Campo("en_palabras_sencillas", "En palabras sencillas", Forma.RICO, 60),
        ),
    ),
    Tipo(
        "imagen",
        "Imagen con explicación",
        (
            Campo("esquema", "", Forma.ESQUEMA),
            Campo("explicacion", "", Forma.RICO, 120),
        ),
    ),
    Tipo(
        "audio",
        "Audio",
        (
            Campo("audio", "", Forma.AUDIO),
            Campo("audio_alterno", "", Forma.AUDIO, obligatorio=False),
            Campo("segundos", "", Forma.SEGUNDOS),
            Campo("transcripcion", "Lo que dice el audio", Forma.RICO, 500),
        ),
    ),
    Tipo(
        "pensar",
        "Para pensar",
        (
            Campo("pregunta", "", Forma.RICO, 120),
            Campo("explicacion", "Explicación", Forma.RICO, 120),
        ),
    ),
    Tipo("resumen", "Resumen", (Campo("lineas", "", Forma.LINEAS),)),
)
POR_ROTULO = {tipo.rotulo: tipo for tipo in TIPOS}
POR_BLOQUE = {tipo.bloque: tipo for tipo in TIPOS}

# A script to be recorded: read after the steps, it is no step.
GUION = "Guion de audio"

# What the columns of the pages hold.
LARGO_DE_TITULO = 90
LARGO_DE_LINEA = 160
