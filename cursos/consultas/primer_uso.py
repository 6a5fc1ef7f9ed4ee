"""Link each word of the glossary the first time that a lesson uses it, and only then; what it means opens below.

Which step holds the first use is computed over the lesson in order, from the stream as it is kept: no step is built
and no page is asked of the database. The same reader then finds the words in the HTML that a step shows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import Any, NamedTuple

from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from marco.nombres import Nombres

POR_PASO = 4
# Where a template puts text that runs. Inside it, what is a title, a link or a quotation stays as it is.
CORRIDO = {"k-prosa", "k-zona"}
RENGLONES = {"p", "li"}
INTACTAS = {"h1", "h2", "h3", "h4", "h5", "h6", "a", "blockquote", "summary", "figure", "button", "script", "style"}
VACIAS = {"br", "img", "hr", "input", "source", "wbr", "col", "embed"}


class Campo(NamedTuple):
    """A field of a step whose text runs. What is plain is escaped; what is folded comes after what shows."""

    nombre: str
    llano: bool = False
    plegado: bool = False


# By kind of step, in the order of its template. The words of the law and the lines of a summary are not linked.
CAMPOS: Mapping[str, tuple[Campo, ...]] = {
    "decida": (Campo("caso"),),  # its rule comes with the answer
    "texto": (Campo("texto"), Campo("en_nuestra_zona", llano=True), Campo("mas_detalle", plegado=True)),
    "caso": (Campo("caso"), Campo("pregunta", llano=True), Campo("respuesta", plegado=True)),
    "cita": (Campo("en_palabras_sencillas"),),
    "imagen": (Campo("explicacion"),),
    "audio": (Campo("transcripcion", plegado=True),),
    "pensar": (Campo("pregunta"), Campo("explicacion", plegado=True)),
}


class Uso(NamedTuple):
    """Where a text uses a term."""

    inicio: int
    fin: int
    termino: int


class Dicho(NamedTuple):
    """What a term means, to be opened where it is used."""

    termino: str
    definicion: str
    ejemplo: str = ""


class Formas:
    """Every way of writing every term, ready to be found in a text. Whole words, with their accents, in any case."""

    def __init__(self, terminos: Iterable[tuple[int, Sequence[str]]]) -> None:
        self._de = {_igual(forma): pk for pk, formas in terminos for forma in formas}
        en_orden = sorted(self._de, key=lambda forma: (-len(forma), forma))
        opciones = "|".join(r"\s+".join(re.escape(palabra) for palabra in forma.split()) for forma in en_orden)
        # The longest form that begins at each word: «juzgado de paz letrado», never the «juzgado de paz» inside it.
        # Most words are told apart by their first letter, which costs far less than trying every form.
        primeras = "".join(sorted({re.escape(forma[:1]) for forma in en_orden}))
        patron = rf"(?<![\w-])(?=[{primeras}])(?=({opciones})(?![\w-]))"
        self._patron = re.compile(patron, re.IGNORECASE) if opciones else None

    def buscar(self, texto: str) -> list[Uso]:
        """Return the uses in order, none over another. Of two that share a word, the longest stays."""
        if self._patron is None:
            return []
        hallados = [Uso(*uno.span(1), self._de.get(_igual(uno[1]), 0)) for uno in self._patron.finditer(texto)]
        usos: list[Uso] = []
        for uso in sorted(hallados, key=lambda uno: (uno.inicio - uno.fin, uno.inicio)):
            if all(uso.fin <= otro.inicio or otro.fin <= uso.inicio for otro in usos):
                usos.append(uso)
        return sorted(uso for uso in usos if uso.termino)


def _igual(forma: str) -> str:
    return " ".join(forma.split()).lower()


@dataclass(frozen=True)
class Glosas:
    """Which terms each step of a lesson links, and how. The steps are written with the names that were read here."""

    formas: Formas
    por_paso: tuple[frozenset[int], ...]
    direccion: str
    nombres: Nombres
    dichos: Mapping[int, Dicho]

    def poner(self, lugar: int, html: str) -> str:
        """Return the HTML of a step with its links, and below each paragraph what its words mean, closed."""
        terminos = self.por_paso[lugar]
        return _enlazar(html, terminos, self) if terminos else html

    def explicar(self, termino: int) -> str:
        """Return what a term means, as it opens in its place: it is the target of its link, without any script."""
        dicho = self.dichos[termino]
        definicion, ejemplo = (escape(self.nombres.poner(texto), quote=False) for texto in dicho[1:])
        return render_to_string(
            "kuska/cursos/pasos/palabra.html",
            {
                "id": termino,
                "termino": dicho.termino,
                "definicion": mark_safe(definicion),  # noqa: S308 - escaped above, with its names
                "ejemplo": mark_safe(ejemplo),  # noqa: S308
                "direccion": self.direccion,
            },
        )


def glosas_de(
    pasos: Iterable[Mapping[str, Any]], formas: Formas, direccion: str, dichos: Mapping[int, Dicho] | None = None
) -> Glosas:
    """Return what the steps of a lesson link: each term once, four new ones in a step at most; the rest wait.

    ``dichos`` is what terms mean; the link of one that is not there leads to the glossary, ``direccion``.
    """
    vistos: set[int] = set()
    reparto, nombres = [], Nombres()
    for paso in pasos:
        usados = _usados(formas, nombres.poner_en_html(_texto_corrido(paso)))
        nuevos = [termino for termino in usados if termino not in vistos][:POR_PASO]
        vistos.update(nuevos)
        reparto.append(frozenset(nuevos))
    return Glosas(formas, tuple(reparto), direccion, nombres, dichos or {})


@lru_cache(maxsize=256)
def _usados(formas: Formas, html: str) -> tuple[int, ...]:
    """The terms that a step uses, in order. Each step that is read for the first time asks for those of its lesson."""
    trozos = sorted(_trozos(html), key=lambda trozo: trozo.plegado)
    return tuple(dict.fromkeys(uso.termino for trozo in trozos if trozo.corre for uso in formas.buscar(trozo.texto)))


def _texto_corrido(paso: Mapping[str, Any]) -> str:
    """Return what a step says that may be linked, as its template would put it."""
    partes = []
    for campo in CAMPOS.get(paso["type"], ()):
        valor = paso["value"].get(campo.nombre) or ""
        cuerpo = f"<p>{linebreaksbr(valor)}</p>" if campo.llano else str(valor)
        prosa = f'<div class="k-prosa">{cuerpo}</div>'
        partes.append(f"<details>{prosa}</details>" if campo.plegado else prosa)
    return "".join(partes)


# --- HTML -----------------------------------------------------------------------------------------------------------


class _Trozo(NamedTuple):
    """A piece of HTML: text that runs, or anything else as it was written."""

    texto: str
    corre: bool = False
    plegado: bool = False


class _Lector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.trozos: list[_Trozo] = []
        self._abiertas: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.trozos.append(_Trozo(self.get_starttag_text() or ""))
        if tag not in VACIAS:
            clases = set((dict(attrs).get("class") or "").split())
            self._abiertas.append((tag, bool(clases & CORRIDO)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.trozos.append(_Trozo(self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        self.trozos.append(_Trozo(f"</{tag}>"))
        for n in range(len(self._abiertas) - 1, -1, -1):
            if self._abiertas[n][0] == tag:
                del self._abiertas[n:]
                return

    def handle_comment(self, data: str) -> None:
        self.trozos.append(_Trozo(f"<!--{data}-->"))

    def handle_data(self, data: str) -> None:
        etiquetas = {tag for tag, _corrido in self._abiertas}
        if etiquetas & {"script", "style"}:
            self.trozos.append(_Trozo(data))
        elif any(corrido for _tag, corrido in self._abiertas) and etiquetas & RENGLONES and not etiquetas & INTACTAS:
            self.trozos.append(_Trozo(data, corre=True, plegado="details" in etiquetas))
        else:
            self.trozos.append(_Trozo(escape(data, quote=False)))


def _trozos(html: str) -> list[_Trozo]:
    lector = _Lector()
    lector.feed(html)
    lector.close()
    return lector.trozos


def _enlazar(html: str, terminos: Collection[int], glosas: Glosas) -> str:
    trozos = _trozos(html)
    elegidos: dict[int, tuple[int, Uso]] = {}
    for n, trozo in sorted(enumerate(trozos), key=lambda par: par[1].plegado):
        for uso in glosas.formas.buscar(trozo.texto) if trozo.corre else ():
            if uso.termino in terminos:
                elegidos.setdefault(uso.termino, (n, uso))
    en_orden = groupby(sorted(elegidos.values()), key=lambda par: par[0])
    por_trozo = {n: [uso for _n, uso in usos] for n, usos in en_orden}
    salida, por_explicar = "", ""
    for n, trozo in enumerate(trozos):
        usos = por_trozo.get(n, [])
        por_explicar += "".join(glosas.explicar(uso.termino) for uso in usos if uso.termino in glosas.dichos)
        if trozo.texto == "</li>":  # a list holds rows only: what its words mean goes inside the row
            salida, por_explicar = salida + por_explicar, ""
        salida += _con_enlaces(trozo.texto, usos, glosas) if trozo.corre else trozo.texto
        if trozo.texto == "</p>":
            salida, por_explicar = salida + por_explicar, ""
    return salida + por_explicar


def _con_enlaces(texto: str, usos: Iterable[Uso], glosas: Glosas) -> str:
    salida, hasta = "", 0
    for uso in usos:
        palabras = escape(texto[uso.inicio : uso.fin], quote=False)
        salida += escape(texto[hasta : uso.inicio], quote=False)
        donde = f'id="u-{uso.termino}" href="' if uso.termino in glosas.dichos else f'href="{glosas.direccion}'
        salida += f'<a class="k-termino" {donde}#t-{uso.termino}">{palabras}</a>'
        hasta = uso.fin
    return salida + escape(texto[hasta:], quote=False)
