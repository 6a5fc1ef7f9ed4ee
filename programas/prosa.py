"""Simple Markdown to rich text and back: paragraphs, bold, lists and links. Anything else is refused or removed."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

import markdown
import nh3

ETIQUETAS = {"p", "b", "ul", "ol", "li", "a", "br"}
IGUALES = {"strong": "b"}
DIRECCIONES = {"http", "https", "mailto", "tel"}
INICIO_DE_LISTA = re.compile(r"^(?:[-*+]|\d+\.) ")
ESPACIOS = re.compile(r"\s+")
# A programme is read, checked and loaded in a row, and each of them asks for the same texts.
RECORDADOS = 16384


class MarcaNoAdmitida(ValueError):
    """The text uses something that a step cannot show. ``marca`` is its HTML name."""

    def __init__(self, marca: str) -> None:
        super().__init__(marca)
        self.marca = marca


@dataclass
class _Nodo:
    etiqueta: str
    direccion: str = ""
    hijos: list[_Nodo | str] = field(default_factory=list)


class _Arbol(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.raiz = _Nodo("")
        self._pila = [self.raiz]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        nodo = _Nodo(IGUALES.get(tag, tag), dict(attrs).get("href") or "")
        self._pila[-1].hijos.append(nodo)
        if tag != "br":
            self._pila.append(nodo)

    def handle_endtag(self, tag: str) -> None:
        etiqueta = IGUALES.get(tag, tag)
        for n in range(len(self._pila) - 1, 0, -1):
            if self._pila[n].etiqueta == etiqueta:
                del self._pila[n:]
                return

    def handle_data(self, data: str) -> None:
        self._pila[-1].hijos.append(data)


def _arbol(rico: str) -> _Nodo:
    limpio = nh3.clean(
        rico,
        tags=ETIQUETAS | IGUALES.keys(),
        attributes={"a": {"href"}},
        url_schemes=DIRECCIONES,
        link_rel=None,
    )
    lector = _Arbol()
    lector.feed(limpio)
    lector.close()
    return lector.raiz


@lru_cache(RECORDADOS)
def a_rico(texto: str) -> str:
    """Return the rich text of a piece of Markdown. Raises ``MarcaNoAdmitida`` for headings, images and the like."""
    crudo = markdown.markdown(_con_aire(texto))
    for marca in re.findall(r"<([a-z0-9]+)", crudo):
        if IGUALES.get(marca, marca) not in ETIQUETAS:
            raise MarcaNoAdmitida(marca)
    return normalizar(crudo)


def _con_aire(texto: str) -> str:
    """Put the blank line that Markdown wants before a list, since people forget it."""
    salida: list[str] = []
    for linea in texto.splitlines():
        previa = salida[-1] if salida else ""
        if INICIO_DE_LISTA.match(linea) and previa.strip() and not INICIO_DE_LISTA.match(previa.lstrip()):
            salida.append("")
        salida.append(linea)
    return "\n".join(salida)


@lru_cache(RECORDADOS)
def normalizar(rico: str) -> str:
    """Return the same rich text in its only form: no attributes of the editor, no spare blanks."""
    return "".join(_bloque(hijo) for hijo in _arbol(rico).hijos)


def _bloque(nodo: _Nodo | str) -> str:
    if isinstance(nodo, str) or nodo.etiqueta in {"b", "a", "br"}:
        suelto = _en_linea([nodo]).strip()
        return f"<p>{suelto}</p>" if suelto else ""
    if nodo.etiqueta == "p":
        dentro = _en_linea(nodo.hijos).strip()
        return f"<p>{dentro}</p>" if dentro else ""
    return f"<{nodo.etiqueta}>{''.join(_elemento(hijo) for hijo in nodo.hijos)}</{nodo.etiqueta}>"


def _elemento(nodo: _Nodo | str) -> str:
    if isinstance(nodo, str):
        return ""
    partes: list[_Nodo | str] = []
    listas = ""
    for hijo in nodo.hijos:
        if isinstance(hijo, _Nodo) and hijo.etiqueta in {"ul", "ol"}:
            listas += _bloque(hijo)
        elif isinstance(hijo, _Nodo) and hijo.etiqueta == "p":
            partes += [" ", *hijo.hijos]
        else:
            partes.append(hijo)
    return f"<li>{_en_linea(partes).strip()}{listas}</li>"


def _en_linea(nodos: list[_Nodo | str]) -> str:
    salida = ""
    for nodo in nodos:
        if isinstance(nodo, str):
            salida += html.escape(ESPACIOS.sub(" ", nodo), quote=False)
        elif nodo.etiqueta == "br":
            salida = salida.rstrip() + "<br/>"
        elif nodo.etiqueta == "a" and nodo.direccion:
            salida += f'<a href="{html.escape(nodo.direccion)}">{_en_linea(nodo.hijos)}</a>'
        elif nodo.etiqueta == "b":
            salida += f"<b>{_en_linea(nodo.hijos)}</b>"
        else:
            salida += _en_linea(nodo.hijos)
    return ESPACIOS.sub(" ", salida).replace("<br/> ", "<br/>")


def a_markdown(rico: str) -> str:
    """Return the Markdown that reads as this rich text."""
    return "\n\n".join(_escribir(hijo, "") for hijo in _arbol(normalizar(rico)).hijos)


def _escribir(nodo: _Nodo | str, sangria: str) -> str:
    if isinstance(nodo, str):
        return _proteger(nodo)
    if nodo.etiqueta in {"ul", "ol"}:
        filas = []
        for numero, elemento in enumerate((hijo for hijo in nodo.hijos if isinstance(hijo, _Nodo)), start=1):
            marca = "-" if nodo.etiqueta == "ul" else f"{numero}."
            adentro = [hijo for hijo in elemento.hijos if isinstance(hijo, _Nodo) and hijo.etiqueta in {"ul", "ol"}]
            propios = elemento.hijos[: len(elemento.hijos) - len(adentro)]  # the only form puts lists at the end
            filas.append(f"{sangria}{marca} {_escribir_linea(propios)}")
            filas += [_escribir(hijo, sangria + "    ") for hijo in adentro]
        return "\n".join(filas)
    return _escribir_linea(nodo.hijos)


def _escribir_linea(nodos: list[_Nodo | str]) -> str:
    salida = ""
    for nodo in nodos:
        if isinstance(nodo, str):
            salida += _proteger(nodo)
        elif nodo.etiqueta == "br":
            salida += "  \n"
        elif nodo.etiqueta == "a":
            salida += f"[{_escribir_linea(nodo.hijos)}]({nodo.direccion})"
        else:
            salida += f"**{_escribir_linea(nodo.hijos)}**"
    return re.sub(r"^(\d+)\. ", r"\1\\. ", re.sub(r"^([-+#>])", r"\\\1", salida, flags=re.M), flags=re.M)


def _proteger(texto: str) -> str:
    return re.sub(r"([\\`*_\[\]])", r"\\\1", texto.replace("&", "&amp;").replace("<", "&lt;"))


@lru_cache(RECORDADOS)
def a_llano(rico: str) -> str:
    """Return the words, one line per paragraph or element of a list, as a browser would give them."""
    return "\n".join(_lineas(_arbol(normalizar(rico))))


def _lineas(nodo: _Nodo) -> list[str]:
    lineas: list[str] = []
    suelta = ""
    for hijo in nodo.hijos:
        if isinstance(hijo, str):
            suelta += hijo
        elif hijo.etiqueta in {"p", "ul", "ol", "li"}:
            lineas += [suelta] if suelta else []
            suelta = ""
            lineas += _lineas(hijo)
        elif hijo.etiqueta == "br":
            lineas.append(suelta)
            suelta = ""
        else:
            suelta += "\n".join(_lineas(hijo))
    return [*lineas, suelta] if suelta else lineas


def parrafos(texto: str) -> str:
    """Return plain text in its only form: paragraphs of one line, with an empty line between them."""
    return "\n\n".join(" ".join(uno.split()) for uno in re.split(r"\n\s*\n", texto.strip()))


def renglones(texto: str) -> str:
    """Return text whose line breaks matter, in its only form."""
    return "\n".join(linea.rstrip() for linea in texto.strip().splitlines())
