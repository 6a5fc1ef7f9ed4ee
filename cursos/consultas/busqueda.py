"""Look for words in the lessons of a person's courses, in the glossary and in the law.

What is looked into is read once per revision and kept in the cache, as the lessons and the glossary are: it is the same
for everybody, and each person is given that of the courses they take. No database compares words: both find the same.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Prefetch, Q, Sum

from instancias.models import Persona
from marco.nombres import Nombres
from marco.textos import buscable, palabras_buscadas, sin_tildes

from .. import clases
from ..models import Articulo, RedaccionDeArticulo, Unidad
from . import glosario
from .contenido import guardado
from .inicio import cursos_de
from .siguiente import nombre_de
from .temario import UN_DIA, Temario

FORMATO = 1  # raise it when the shape of what is kept changes
DE_LECCIONES, DE_PALABRAS, DE_LA_LEY = 20, 5, 5  # how many are shown
ALREDEDOR = 12  # words of an extract on each side
PARECIDO = 0.75
LETRAS = re.compile(r"\S+")


@dataclass(frozen=True)
class Trozo:
    """A piece that may be found: a step of a unit (from 1), or the unit itself (0)."""

    unidad: int
    paso: int
    titulo: str
    texto: str
    en_titulo: str
    en_todo: str


@dataclass(frozen=True)
class Ley:
    """An article, with what it says today."""

    cita: str
    titulo: str
    texto: str
    en_titulo: str
    en_todo: str


P = TypeVar("P", Trozo, Ley)


@dataclass(frozen=True)
class Extracto:
    """The words around the first that was found, apart from it."""

    antes: str
    hallada: str
    despues: str


@dataclass(frozen=True)
class Hallado:
    titulo: str
    donde: str
    url: str
    extracto: Extracto


@dataclass(frozen=True)
class Resultados:
    """What was found, each kind in its order. ``buscado``: the words that were looked for in place of those typed."""

    lecciones: tuple[Hallado, ...] = ()
    palabras: tuple[Hallado, ...] = ()
    ley: tuple[Hallado, ...] = ()
    mas: bool = False
    buscado: str = ""

    @property
    def cuantos(self) -> int:
        return len(self.lecciones) + len(self.palabras) + len(self.ley)


def buscar(*, persona: Persona, pedido: str, hoy: date, url_del_glosario: str) -> Resultados:
    """Return what a person may read with all these words. Three statements once what is kept is there.

    When nothing has them, the nearest words that are written somewhere are looked for in their place.
    """
    palabras = palabras_buscadas(pedido)
    if not palabras:
        return Resultados()
    cursos = [
        (uno.temario, uno.inscripcion.curso, guardado("buscar", uno.inscripcion.curso, _lector(uno.temario)))
        for uno in cursos_de(persona=persona, hoy=hoy)
        if uno.disponible
    ]
    terminos, leyes = glosario.glosario(), _leyes(hoy)

    def hallar(buscadas: list[str], buscado: str = "") -> Resultados:
        lecciones = [
            _de_leccion(trozo, temario, curso, buscadas)
            for temario, curso, trozos in cursos
            for trozo in _los_que_tienen(trozos, buscadas)
            if trozo.unidad in temario.por_id
        ]
        de_la_ley = [
            Hallado(una.titulo, una.cita, "", extracto_de(una.texto, buscadas))
            for una in _los_que_tienen(leyes, buscadas)
        ]
        del_glosario = [
            Hallado(una.termino, "", f"{url_del_glosario}#t-{una.id}", extracto_de(una.definicion, buscadas))
            for una in terminos
            if _tiene(" ".join(una.buscable), buscadas)
        ]
        del_glosario.sort(key=lambda una: not _tiene(buscable(una.titulo), buscadas))
        return Resultados(
            lecciones=tuple(lecciones[:DE_LECCIONES]),
            palabras=tuple(del_glosario[:DE_PALABRAS]),
            ley=tuple(de_la_ley[:DE_LA_LEY]),
            mas=len(lecciones) > DE_LECCIONES or len(del_glosario) > DE_PALABRAS or len(de_la_ley) > DE_LA_LEY,
            buscado=buscado,
        )

    hallados = hallar(palabras)
    if hallados.cuantos:
        return hallados
    escritas = _escritas(
        [trozo.en_todo for _temario, _curso, trozos in cursos for trozo in trozos]
        + [" ".join(una.buscable) for una in terminos]
        + [una.en_todo for una in leyes]
    )
    parecidas = [_parecida(palabra, escritas) for palabra in palabras]
    return hallados if parecidas == palabras else hallar(parecidas, " ".join(parecidas))


# --- What is looked into --------------------------------------------------------------------------------------------


def _lector(temario: Temario) -> Callable[[], list[Trozo]]:
    return lambda: list(_leer(temario))


def _leer(temario: Temario) -> Iterator[Trozo]:
    """Read the words of every unit of a course, in its order. One statement for each kind that has some."""
    nombres = Nombres()
    paginas = dict(Unidad.objects.filter(pk__in=temario.por_id).values_list("pagina_id", "pk"))
    textos: dict[int, list[tuple[int, str, str]]] = {}
    for clase in clases.clases():
        for pagina, paso, titulo, texto in clase.para_buscar(list(paginas)):
            textos.setdefault(paginas[pagina], []).append((paso, titulo, texto))
    for fila in temario.filas:
        for paso, titulo, texto in textos.get(fila.id, [(0, fila.titulo, "")]):
            titulo, texto = nombres.poner(titulo), " ".join(nombres.poner(texto).split())
            yield Trozo(fila.id, paso, titulo, texto, buscable(titulo), buscable(titulo, texto))


def _leyes(hoy: date) -> tuple[Ley, ...]:
    """Return every article, with its wording of today. What renews the lessons renews them. One statement."""
    revision = Unidad.objects.cursos().aggregate(suma=Sum("revision"))["suma"]
    llave = f"kuska:leyes:{FORMATO}:{revision}:{hoy:%Y%m%d}"
    leyes = cache.get(llave) if revision is not None else None
    if leyes is None:
        leyes = tuple(_leer_leyes(hoy))
        cache.set(llave, leyes, UN_DIA)
    return leyes


def _leer_leyes(hoy: date) -> Iterator[Ley]:
    en_fecha = Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=hoy)
    de_hoy = RedaccionDeArticulo.objects.filter(en_fecha, vigente_desde__lte=hoy)
    filas = Articulo.objects.prefetch_related(Prefetch("redacciones", queryset=de_hoy, to_attr="de_hoy"))
    nombres = Nombres()
    for fila in filas:
        texto = nombres.poner(" ".join(una.resumen for una in fila.de_hoy[:1]))
        titulo = f"{fila.cita} {fila.titulo}"
        yield Ley(fila.cita, fila.titulo, texto, buscable(titulo), buscable(titulo, texto))


# --- Finding --------------------------------------------------------------------------------------------------------


def _tiene(texto: str, palabras: Iterable[str]) -> bool:
    """Whether each word begins one of the text: «medida» finds «medidas», and «rol» does not find «control»."""
    con_espacio = f" {texto}"
    return all(f" {palabra}" in con_espacio for palabra in palabras)


def _los_que_tienen(piezas: Iterable[P], palabras: list[str]) -> list[P]:
    """Return the pieces that have every word, those that have them in the title first."""
    halladas = [una for una in piezas if _tiene(una.en_todo, palabras)]
    return sorted(halladas, key=lambda una: not _tiene(una.en_titulo, palabras))


def _de_leccion(trozo: Trozo, temario: Temario, curso: Unidad, palabras: list[str]) -> Hallado:
    fila = temario.por_id[trozo.unidad]
    clase = clases.clase_de(fila.clase)
    donde = [curso.titulo, nombre_de(fila)]
    return Hallado(
        titulo=trozo.titulo,
        donde=" · ".join(donde),
        url=clase.url_para_seguir(curso=temario.numero, numero=fila.numero, paso=trozo.paso or 1),
        extracto=extracto_de(trozo.texto, palabras),
    )


def extracto_de(texto: str, palabras: Iterable[str]) -> Extracto:
    """Return the text around the first of the words; its beginning when none is in it."""
    lugares = [(uno.start(), uno.end()) for uno in LETRAS.finditer(texto)]
    hallado = next((n for n, (de, a) in enumerate(lugares) if _empieza(texto[de:a], palabras)), None)
    if hallado is None:
        corte = lugares[2 * ALREDEDOR][0] if len(lugares) > 2 * ALREDEDOR else len(texto)
        return Extracto(texto[:corte].rstrip() + ("…" if corte < len(texto) else ""), "", "")
    primero, ultimo = max(hallado - ALREDEDOR, 0), min(hallado + ALREDEDOR, len(lugares) - 1)
    de, a = lugares[hallado]
    antes, despues = texto[lugares[primero][0] : de], texto[a : lugares[ultimo][1]]
    return Extracto(
        antes=("…" if primero else "") + antes,
        hallada=texto[de:a],
        despues=despues + ("…" if ultimo < len(lugares) - 1 else ""),
    )


def _empieza(escrita: str, palabras: Iterable[str]) -> bool:
    return any(f" {palabra}" in f" {buscable(escrita)}" for palabra in palabras)


# --- When nothing is found ------------------------------------------------------------------------------------------


def _escritas(textos: Iterable[str]) -> frozenset[str]:
    return frozenset(palabra for texto in textos for palabra in texto.split())


def _parecida(palabra: str, escritas: frozenset[str]) -> str:
    """Return the written word that is most like one that may be mistyped; itself when it is written, or none is near.

    Only those of about its length are compared: it is fast, whatever the course says.
    """
    if len(palabra) < 4 or any(una.startswith(palabra) for una in escritas):
        return palabra
    largo = len(sin_tildes(palabra))
    cercanas = sorted(una for una in escritas if abs(len(una) - largo) <= 2)
    return next(iter(difflib.get_close_matches(palabra, cercanas, n=1, cutoff=PARECIDO)), palabra)
