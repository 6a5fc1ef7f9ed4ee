"""The words of the course: read from their file, checked, put in the glossary, and back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from cursos.consultas.primer_uso import Formas
from cursos.models import Articulo, Termino
from marco.marcas import cambiar
from marco.textos import en_orden

from . import fichas, medidas, prosa
from .errores import ContenidoInvalido, Problema
from .mapeo import Mapeo
from .prosa import RECORDADOS
from .registro import Decision, Registro
from .textos import prosa_de

CLAVE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
PREFIJO = "termino:"  # of what was loaded: keys of pages have none
TERMINOS = 60
PALABRAS = (10, 40)


def leer(texto: str, archivo: str) -> tuple[fichas.Termino, ...]:
    """Return the terms of a file. Every term that is wrong is told."""
    mapeo = Mapeo.leer(texto, archivo)
    terminos, problemas = [], []
    for una in mapeo.mapeos("terminos"):
        try:
            terminos.append(_termino(una))
        except ContenidoInvalido as error:
            problemas += error.problemas
    mapeo.terminar()
    problemas += _repetidos(terminos)
    if problemas:
        raise ContenidoInvalido(problemas)
    return tuple(terminos)


def _termino(mapeo: Mapeo) -> fichas.Termino:
    mapeo.nombre = clave = mapeo.texto("clave", maximo=60)
    if not CLAVE.match(clave):
        raise mapeo.error(_("la clave solo lleva letras minúsculas, números y guiones."), "clave")
    termino = fichas.Termino(
        clave=clave,
        termino=mapeo.texto("termino", maximo=80),
        variantes=tuple(" ".join(una.split()) for una in mapeo.textos("variantes", ())),
        definicion=prosa.parrafos(mapeo.texto("definicion")),
        ejemplo=prosa.parrafos(mapeo.texto("ejemplo")),
        articulo=mapeo.texto("articulo", ""),
        archivo=mapeo.archivo,
        linea=mapeo.linea,
    )
    mapeo.terminar()
    return termino


def _repetidos(terminos: list[fichas.Termino]) -> Iterator[Problema]:
    """A key names one term, and so does each form: otherwise two links for the same word would differ."""
    claves = Counter(uno.clave for uno in terminos)
    duenos: dict[str, str] = {}
    for uno in terminos:
        if claves[uno.clave] > 1:
            yield Problema(uno.archivo, uno.linea, _("la clave «%(clave)s» está dos veces.") % {"clave": uno.clave})
        for forma in uno.formas():
            previo = duenos.setdefault(forma.casefold(), uno.clave)
            if not forma:
                yield Problema(uno.archivo, uno.linea, _("%(clave)s: una variante está vacía.") % {"clave": uno.clave})
            elif previo != uno.clave or [una.casefold() for una in uno.formas()].count(forma.casefold()) > 1:
                mensaje = _("%(clave)s: «%(forma)s» ya está en «%(previo)s». Déjela una sola vez.")
                datos = {"clave": uno.clave, "forma": forma, "previo": previo}
                yield Problema(uno.archivo, uno.linea, mensaje % datos)


def referencias(programa: fichas.Programa) -> Iterator[Problema]:
    """Return the terms that cite an article that is in no file."""
    articulos = set(programa.articulos())
    for uno in programa.glosario:
        if uno.articulo and uno.articulo not in articulos:
            mensaje = _("%(clave)s: cita «%(articulo)s», que no está en normas.yaml.")
            yield Problema(uno.archivo, uno.linea, mensaje % {"clave": uno.clave, "articulo": uno.articulo})


# --- Checking -------------------------------------------------------------------------------------------------------


def revisar(programa: fichas.Programa) -> Iterator[Problema]:
    """Return what to mend in the glossary. A term that no lesson and no question uses has no place in it.

    Its sentences and its voice are measured with every other text.
    """
    cuantos = len(programa.glosario)
    if cuantos < TERMINOS:
        archivo = programa.glosario[0].archivo if cuantos else "glosario.yaml"
        mensaje = _("el glosario tiene %(n)d términos; necesita %(minimo)d.")
        yield Problema(archivo, 0, mensaje % {"n": cuantos, "minimo": TERMINOS})
    nombres = programa.formas()
    usados = _usados(programa)
    for uno in programa.glosario:
        palabras = medidas.contar(cambiar(uno.definicion, nombres))
        if not PALABRAS[0] <= palabras <= PALABRAS[1]:
            mensaje = _("%(clave)s: su definición tiene %(n)d palabras; van de %(desde)d a %(hasta)d.")
            datos = {"clave": uno.clave, "n": palabras, "desde": PALABRAS[0], "hasta": PALABRAS[1]}
            yield Problema(uno.archivo, uno.linea, mensaje % datos)
        if uno.clave not in usados:
            mensaje = _("%(clave)s: ninguna lección ni pregunta usa «%(termino)s» ni otra de sus formas.")
            yield Problema(uno.archivo, uno.linea, mensaje % {"clave": uno.clave, "termino": uno.termino})


def _usados(programa: fichas.Programa) -> set[str]:
    formas = _formas(tuple(tuple(uno.formas()) for uno in programa.glosario))
    textos = [prosa_de(leccion) for _m, leccion in programa.lecciones()]
    textos += [texto for _m, una in programa.evaluaciones() for p in una.preguntas for texto in p.textos()]
    nombres = programa.formas()
    numeros = {numero for texto in textos for numero in _terminos_en(formas, cambiar(texto, nombres))}
    return {programa.glosario[n - 1].clave for n in numeros}


@lru_cache(2)
def _formas(glosario: tuple[tuple[str, ...], ...]) -> Formas:
    return Formas(enumerate(glosario, start=1))


@lru_cache(RECORDADOS)
def _terminos_en(formas: Formas, texto: str) -> frozenset[int]:
    """Return the numbers of the terms that a text uses. Whoever writes checks again after changing one text of many."""
    return frozenset(uso.termino for uso in formas.buscar(texto))


# --- Loading and exporting ------------------------------------------------------------------------------------------


def cargar(terminos: tuple[fichas.Termino, ...], registro: Registro) -> None:
    """Write what changed. What somebody changed on the screens is kept while its file says the same."""
    filas = {fila.clave: fila for fila in Termino.objects.select_related("articulo")}
    ajenos = _retirar(filas, {ficha.clave for ficha in terminos}, registro)
    articulos = dict(Articulo.objects.values_list("clave", "pk"))
    for ficha in terminos:
        fila, clave = filas.get(ficha.clave), PREFIJO + ficha.clave
        if ficha.termino.casefold() in ajenos:
            registro.resumen.en_conflicto.append(clave)
            mensaje = _("  ! %(clave)s: «%(termino)s» ya está en el glosario con otra clave. No se cargó.")
            registro.avisar(mensaje % {"clave": clave, "termino": ficha.termino})
            continue
        decision = registro.decidir(
            clave, ficha, lambda fila=fila: leer_termino(fila), existe=fila is not None, borrador=False
        )
        if decision in {Decision.CREAR, Decision.CAMBIAR}:
            _poner(fila or Termino(clave=ficha.clave), ficha, articulos)
            registro.resumen.terminos += 1
        if decision in {Decision.CREAR, Decision.CAMBIAR, Decision.ANOTAR}:
            registro.anotar(clave, ficha)


def _poner(fila: Termino, ficha: fichas.Termino, articulos: dict[str, int]) -> None:
    fila.termino, fila.variantes = ficha.termino, "\n".join(ficha.variantes)
    fila.definicion, fila.ejemplo = ficha.definicion, ficha.ejemplo
    fila.articulo_id = articulos.get(ficha.articulo)
    fila.save()


def _retirar(filas: dict[str, Termino], del_archivo: set[str], registro: Registro) -> set[str]:
    """Take out a term that left the file, unless somebody edited it here: then it is theirs.

    Returns the words of the terms that stay and are in no file.
    """
    quedan = {clave: fila for clave, fila in filas.items() if clave not in del_archivo}
    for clave, cargado in registro.filas.items():
        propia = clave.removeprefix(PREFIJO)
        if propia == clave or propia in del_archivo or cargado.retirado_en is not None:
            continue
        fila = quedan.get(propia)
        if fila is not None and fichas.huella(leer_termino(fila)) != cargado.huella and not registro.sobrescribir:
            mensaje = _("  ! %(clave)s ya no está en el archivo y alguien lo editó aquí. No se tocó.")
            registro.avisar(mensaje % {"clave": clave})
            continue
        if fila is not None:
            fila.delete()
            del quedan[propia]
            registro.resumen.retiradas.append(clave)
        cargado.retirado_en = registro.ahora
        cargado.save(update_fields=["retirado_en"])
    return {fila.termino.casefold() for fila in quedan.values()}


def leer_termino(fila: Termino) -> fichas.Termino:
    return fichas.Termino(
        clave=fila.clave,
        termino=fila.termino,
        variantes=fila.formas[1:],
        definicion=prosa.parrafos(fila.definicion),
        ejemplo=prosa.parrafos(fila.ejemplo),
        articulo=fila.articulo.clave if fila.articulo else "",
    )


def leer_terminos() -> tuple[fichas.Termino, ...]:
    """Return every term here as fichas, in alphabetical order."""
    filas = Termino.objects.select_related("articulo")
    return tuple(sorted((leer_termino(fila) for fila in filas), key=lambda uno: (en_orden(uno.termino), uno.termino)))
