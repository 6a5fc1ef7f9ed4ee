"""The list «Antes de publicar» of an evaluation: advice for who writes it. What blocks is said by ``revision``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from cursos.blocks import PALABRA
from cursos.validators import DATO_PERSONAL, Linea

from .libro import PreguntaMostrada
from .variantes import ENCUESTAS

PALABRAS_DE_PREGUNTA = 60
PALABRAS_DE_OPCION = 30


def antes_de_publicar(preguntas: Sequence[PreguntaMostrada], *, clase: str, textos: Sequence[str]) -> list[Linea]:
    """Return the lines, each done or with what to do. ``textos`` are those of the page, besides its questions."""
    lineas = [
        Linea(
            _("Cada pregunta tiene hasta %(n)d palabras") % {"n": PALABRAS_DE_PREGUNTA},
            *_ninguna(preguntas, lambda una: _palabras(una.texto) > PALABRAS_DE_PREGUNTA, _("Acorte el caso")),
        ),
        Linea(
            _("Cada alternativa tiene hasta %(n)d palabras") % {"n": PALABRAS_DE_OPCION},
            *_ninguna(preguntas, _con_opciones_largas, _("Acorte las alternativas")),
        ),
    ]
    if clase not in ENCUESTAS:
        lineas += [
            Linea(
                _("Cada pregunta se apoya en un artículo"),
                *_ninguna(preguntas, lambda una: not una.cita, _("Elija el artículo")),
            ),
            Linea(
                _("Cada pregunta tiene su lección para repasar"),
                *_ninguna(preguntas, lambda una: una.leccion is None, _("Elija la lección")),
            ),
        ]
    return [*lineas, Linea(_("No tiene datos personales"), *_sin_datos(preguntas, textos))]


def _ninguna(
    preguntas: Sequence[PreguntaMostrada], mala: Callable[[PreguntaMostrada], bool], que_hacer: str
) -> tuple[bool, str]:
    malas = [str(n) for n, una in enumerate(preguntas, 1) if mala(una)]
    como = _("%(que_hacer)s: pregunta %(cuales)s.") % {"que_hacer": que_hacer, "cuales": ", ".join(malas)}
    return not malas, como if malas else ""


def _palabras(texto: str) -> int:
    return len(PALABRA.findall(texto))


def _con_opciones_largas(una: PreguntaMostrada) -> bool:
    return any(_palabras(texto) > PALABRAS_DE_OPCION for _clave, texto in una.clase.opciones(una.contenido))


def _sin_datos(preguntas: Sequence[PreguntaMostrada], textos: Sequence[str]) -> tuple[bool, str]:
    for n, una in enumerate(preguntas, 1):
        if dato := DATO_PERSONAL.search(" ".join([una.texto, *una.clase.textos(una.contenido)])):
            mensaje = _("Pregunta %(n)d: «%(dato)s» parece un DNI o un celular. Quítelo.")
            return False, mensaje % {"n": n, "dato": dato[0]}
    if dato := DATO_PERSONAL.search(" ".join(textos)):
        return False, _("«%(dato)s» parece un DNI o un celular. Quítelo.") % {"dato": dato[0]}
    return True, ""
