"""What a person reads of each piece, as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from . import medidas, prosa
from .fichas import Evaluacion, Guia, Leccion, Paso, Programa
from .tipos import POR_BLOQUE, Campo, Forma

DE_MAQUINA = {Forma.ARTICULO, Forma.ESQUEMA, Forma.TIPO, Forma.AUDIO, Forma.SEGUNDOS}
DE_LA_NORMA = {Forma.CITA, *DE_MAQUINA}
PLEGADOS = {"mas_detalle", "respuesta", "explicacion", "regla", "transcripcion"}


class Texto(NamedTuple):
    """A text of ours: where it was read, what it is, what it says."""

    archivo: str
    linea: int
    donde: str
    texto: str
    de_norma: bool = False


def texto_de(paso: Paso, campo: Campo) -> str:
    """Return what a person reads of a field, as plain lines."""
    valor = paso.valores[campo.nombre]
    if campo.forma is Forma.OPCIONES:
        return "\n".join(texto for una in paso.opciones for texto in (una.texto, una.explicacion) if texto)
    if campo.forma is Forma.AUDIO:
        return ""
    if not isinstance(valor, str):
        return "\n".join(map(str, valor))
    return prosa.a_llano(valor) if campo.forma is Forma.RICO else valor


def propios_del_paso(paso: Paso) -> list[str]:
    """Return what a step says in our words: its title and its fields, without quotations of the law."""
    campos = (campo for campo in POR_BLOQUE[paso.tipo].campos if campo.forma not in DE_LA_NORMA)
    return [texto for texto in (paso.titulo, *(texto_de(paso, campo) for campo in campos)) if texto]


def prosa_de(leccion: Leccion) -> str:
    """Return the text of a lesson that is ours: without the quotations of the law."""
    pasos = (texto for paso in leccion.pasos for texto in propios_del_paso(paso))
    return "\n".join((leccion.presentacion, *pasos, *leccion.sabe_ahora))


def palabras_del_paso(paso: Paso) -> int:
    campos = (campo for campo in POR_BLOQUE[paso.tipo].campos if campo.forma not in DE_MAQUINA)
    return sum(medidas.contar(texto_de(paso, campo)) for campo in campos)


def _a_la_vista(paso: Paso, campo: Campo) -> bool:
    """What is folded waits; the explanation of a picture does not."""
    plegado = campo.nombre in PLEGADOS and paso.tipo != "imagen"
    return not plegado and campo.forma not in DE_MAQUINA


def palabras_a_la_vista(paso: Paso) -> int:
    """Words of a step before anything is unfolded."""
    campos = (c for c in POR_BLOQUE[paso.tipo].campos if _a_la_vista(paso, c) and c.forma is not Forma.OPCIONES)
    por_elegir = sum(medidas.contar(una.texto) for una in paso.opciones)
    return por_elegir + medidas.contar(paso.titulo) + sum(medidas.contar(texto_de(paso, campo)) for campo in campos)


def textos(programa: Programa) -> Iterator[Texto]:
    """Yield every text of ours in the programme."""
    curso = programa.curso
    for texto in (curso.titulo, curso.presentacion, *curso.aprendera):
        yield Texto(curso.archivo, 0, _("curso"), texto)
    for modulo in curso.modulos:
        for texto in (modulo.titulo, modulo.tarea, *modulo.objetivos):
            yield Texto(modulo.archivo, 0, _("módulo"), texto)
    for _modulo, leccion in programa.lecciones():
        yield from _de_leccion(leccion)
    for _modulo, evaluacion in programa.evaluaciones():
        yield from _de_evaluacion(evaluacion)
    yield from (Texto(otra.archivo, 0, _("título"), otra.titulo) for _modulo, otra in programa.otras())
    for termino in programa.glosario:
        for texto in (*termino.formas(), termino.definicion, termino.ejemplo):
            yield Texto(termino.archivo, termino.linea, termino.clave, texto)
    yield from _de_la_guia(programa.guia)
    for articulo in programa.articulos().values():
        for redaccion in articulo.redacciones:
            yield Texto(articulo.archivo, articulo.linea, articulo.clave, redaccion.resumen, de_norma=True)


def _de_la_guia(guia: Guia) -> Iterator[Texto]:
    for quien in guia.quienes:
        yield Texto(quien.archivo, quien.linea, quien.clave, quien.nombre)
    for relato in guia.relatos:
        for texto in (relato.nombre, relato.diga, relato.no_diga):
            yield Texto(relato.archivo, relato.linea, relato.clave, texto)
    for una in guia.orientaciones:
        for texto in una.pasos:
            yield Texto(una.archivo, una.linea, una.clave, texto)


def _de_leccion(leccion: Leccion) -> Iterator[Texto]:
    for texto in (leccion.titulo, leccion.presentacion, *leccion.sabe_ahora):
        yield Texto(leccion.archivo, 0, _("lección"), texto)
    for paso in leccion.pasos:
        for texto in propios_del_paso(paso):
            yield Texto(leccion.archivo, paso.linea, f"«{paso.titulo}»", texto)
    if leccion.guion:
        yield Texto(leccion.archivo, 0, _("guion de audio"), leccion.guion)


def _de_evaluacion(evaluacion: Evaluacion) -> Iterator[Texto]:
    yield Texto(evaluacion.archivo, 0, _("presentación"), evaluacion.presentacion)
    for pregunta in evaluacion.preguntas:
        donde = _("pregunta %(clave)s") % {"clave": pregunta.clave}
        for texto in pregunta.textos():
            yield Texto(evaluacion.archivo, pregunta.linea, donde, texto)
