"""How two versions of a page are compared: by what people read, in their words, and only what is not the same.

What came from files and what the editor kept are written otherwise though they say the same: the editor marks each
paragraph of a text, breaks lines its own way and writes down what was left empty. None of that is a change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.db import models
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import (
    BlockComparison,
    CharBlockComparison,
    FieldComparison,
    ListBlockComparison,
    RichTextBlockComparison,
    StreamBlockComparison,
    StreamFieldComparison,
    StructBlockComparison,
    TextDiff,
    TextFieldComparison,
    diff_text,
    get_comparison_class_for_block,
    register_comparison_class,
)
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    ChooserBlock,
    ListBlock,
    RichTextBlock,
    StreamValue,
    StructBlock,
    TextBlock,
)
from wagtail.blocks.list_block import ListValue
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock, ImageBlockComparison
from wagtail.rich_text import RichText
from wagtail.utils.text import text_from_html

from marco.registros import si_o_no

MARCA_DEL_EDITOR = "data-block-key"
EN_LINEA = {"strong": "b", "b": "b", "em": "i", "i": "i", "a": "a"}
FIN_DE_PARRAFO = re.compile(r"(?=</(?:p|li|h\d)>|<br ?/?>)")


class _Letras(HTMLParser):
    """Each letter of a formatted text with how it is given, whatever tag was opened first or holds the blank."""

    def __init__(self, fuente: str) -> None:
        super().__init__()
        self.partes: list[Any] = []
        self.abiertas: list[tuple[str, ...]] = []
        self.dice_algo = False
        self.feed(fuente)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        suyos = [f"{nombre}={valor}" for nombre, valor in sorted(attrs) if nombre != MARCA_DEL_EDITOR]
        if tag in EN_LINEA:
            self.abiertas.append((EN_LINEA[tag], *suyos))
        else:
            self.partes.append((tag, *suyos))
            self.dice_algo |= bool(suyos)  # a picture, a video

    def handle_endtag(self, tag: str) -> None:
        suyas = [n for n, (cual, *_resto) in enumerate(self.abiertas) if cual == EN_LINEA.get(tag)]
        if suyas:
            del self.abiertas[suyas[-1]]
        elif tag not in EN_LINEA and tag != "br":
            self.partes.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        formato = frozenset(self.abiertas)
        self.partes += [(letra, frozenset() if letra.isspace() else formato) for letra in data]
        self.dice_algo |= bool(data.strip())


def lo_que_dice(valor: Any) -> Any:
    """Return a value as people read it, so that two that say the same are equal."""
    if isinstance(valor, RichText):
        letras = _Letras(valor.source)
        return letras.partes if letras.dice_algo else ""
    if isinstance(valor, str):
        return "\n".join(valor.splitlines()).strip()
    if isinstance(valor, StreamValue):
        return [(uno.block_type, uno.id, lo_que_dice(uno.value)) for uno in valor]
    if isinstance(valor, ListValue):
        return [lo_que_dice(uno) for uno in valor]
    if isinstance(valor, Mapping):
        return {campo: lo_que_dice(uno) for campo, uno in valor.items()}
    return "" if valor is None else valor


class CampoSiNo(FieldComparison):
    def htmldiff(self) -> str:
        antes, ahora = si_o_no(self.val_a), si_o_no(self.val_b)
        if antes == ahora:
            return escape(ahora)
        diferencia: str = TextDiff([("deletion", antes), ("addition", ahora)]).to_html()
        return diferencia


class CampoDeTexto(TextFieldComparison):
    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = lo_que_dice(self.val_a), lo_que_dice(self.val_b)


class _PorLoQueDice(BlockComparison):
    def has_changed(self) -> bool:
        return bool(lo_que_dice(self.val_a) != lo_que_dice(self.val_b))


class BloqueEnPalabras(_PorLoQueDice):
    def palabras(self, valor: Any) -> str:
        if isinstance(self.block, BooleanBlock):
            return si_o_no(valor)
        if isinstance(self.block, ChooserBlock):
            return str(valor or "–")
        return str(dict(self.block.field.choices).get(valor, valor) or "–")

    def htmlvalue(self, val: Any) -> str:
        return escape(self.palabras(val))

    def htmldiff(self) -> str:
        diferencia: str = diff_text(self.palabras(self.val_a), self.palabras(self.val_b)).to_html()
        return diferencia


class Renglones(_PorLoQueDice, CharBlockComparison):
    def htmldiff(self) -> str:
        diferencia: str = diff_text(lo_que_dice(self.val_a), lo_que_dice(self.val_b)).to_html()
        return diferencia


class TextoConFormato(_PorLoQueDice, RichTextBlockComparison):
    """Its words, paragraph by paragraph; and, when they are the same, that what changed is how they are given."""

    def palabras(self, valor: Any) -> str:
        fuente = valor.source if isinstance(valor, RichText) else str(valor or "")
        return str(text_from_html(FIN_DE_PARRAFO.sub("\n", fuente)))

    def htmlvalue(self, val: Any) -> str:
        return escape(self.palabras(val))

    def htmldiff(self) -> str:
        antes, ahora = self.palabras(self.val_a), self.palabras(self.val_b)
        diferencia: str = diff_text(antes, ahora).to_html()
        if self.has_changed() and antes == ahora:
            aviso = _("Las palabras son las mismas: cambiaron las negritas, las listas o los enlaces.")
            return format_html("{} <em>{}</em>", diferencia, aviso)
        return diferencia


class ListaEnPalabras(_PorLoQueDice, ListBlockComparison):
    """A list that one version has and the other does not: its rows as those of any other step."""

    def htmlvalue(self, val: Any) -> str:
        fila = self.block.child_block
        comparar = get_comparison_class_for_block(fila)
        return format_html_join("\n", "<div>{}</div>", ((comparar(fila, True, True, u, u).htmlvalue(u),) for u in val))


class Partes(_PorLoQueDice, StructBlockComparison):
    """Of what changed, only the parts that are not the same."""

    def htmldiff(self) -> str:
        filas = []
        for nombre, bloque in self.block.child_blocks.items():
            comparar = get_comparison_class_for_block(bloque)
            una = comparar(bloque, self.exists_a, self.exists_b, self.val_a[nombre], self.val_b[nombre])
            if una.has_changed():
                filas.append((bloque.label, una.htmldiff()))
        return format_html("<dl>{}</dl>", format_html_join("\n", "<dt>{}</dt><dd>{}</dd>", filas))


class Imagen(ImageBlockComparison):
    """A picture that may not be there: its step shows a drawing of the site."""

    def htmlvalue(self, val: Any) -> str:
        if val is None:
            return "–"
        valor: str = super().htmlvalue(val)
        return valor


class Pasos(StreamBlockComparison):
    """The blocks that changed, each with its place, its kind and its title; those that moved, and none of the rest."""

    def htmldiff(self) -> SafeString:
        todas, lugar, filas = self.get_block_comparisons(), 0, []
        for una in todas:
            lugar += not una.is_deleted()
            if una.is_new() or una.is_deleted() or una.has_changed():
                filas.append(self._fila(una, lugar))
        partes = [format_html_join("\n", '<div class="comparison__child-object {}"><h3>{}</h3>{}</div>', filas)]
        if orden := self._orden():
            partes.append(format_html("<p>{}</p>", orden))
        if len(filas) < len(todas):
            partes.append(format_html("<p><em>{}</em></p>", _("Lo demás no cambió.")))
        return format_html_join("\n", "{}", ((parte,) for parte in partes))

    def _fila(self, una: Any, lugar: int) -> tuple[str, str, str]:
        rotulo = self._nombre(una.block, una.val_a if una.is_deleted() else una.val_b)
        if una.is_deleted():
            return "deletion", _("Se quitó: %(cual)s") % {"cual": rotulo}, una.htmlvalue(una.val_a)
        numerado = f"{lugar}. {rotulo}"
        if una.is_new():
            return "addition", _("Nuevo: %(cual)s") % {"cual": numerado}, una.htmlvalue(una.val_b)
        return "", numerado, una.htmldiff()

    @staticmethod
    def _nombre(bloque: Any, valor: Any) -> str:
        titulo = valor.get("titulo") if isinstance(valor, Mapping) else ""
        return f"{bloque.label}: {titulo}" if titulo else str(bloque.label)

    def _orden(self) -> str:
        """Say how they stand now, when those that stayed are in another order."""
        antes, ahora = [uno.id for uno in self.val_a], [uno.id for uno in self.val_b]
        if [uno for uno in antes if uno in ahora] == [uno for uno in ahora if uno in antes]:
            return ""
        titulos = [f"{n}. {self._nombre(uno.block, uno.value)}" for n, uno in enumerate(self.val_b, start=1)]
        return _("Cambió el orden. Ahora: %(orden)s.") % {"orden": "; ".join(titulos)}


class CampoDePasos(StreamFieldComparison):
    def has_changed(self) -> bool:
        return bool(lo_que_dice(self.val_a) != lo_que_dice(self.val_b))

    def htmldiff(self) -> str:
        if not (self.has_block_ids(self.val_a) and self.has_block_ids(self.val_b)):
            return str(super().htmldiff())
        return Pasos(self.field.stream_block, True, True, self.val_a, self.val_b).htmldiff()


DE_CADA_BLOQUE = {
    BooleanBlock: BloqueEnPalabras,
    ChoiceBlock: BloqueEnPalabras,
    ChooserBlock: BloqueEnPalabras,
    CharBlock: Renglones,
    TextBlock: Renglones,
    RichTextBlock: TextoConFormato,
    ListBlock: ListaEnPalabras,
    StructBlock: Partes,
    ImageBlock: Imagen,
}


def registrar() -> None:
    """Wagtail asks a block which comparison is its own, and these have none: migrations do not change."""
    register_comparison_class(models.BooleanField, comparison_class=CampoSiNo)
    register_comparison_class(models.TextField, comparison_class=CampoDeTexto)
    register_comparison_class(StreamField, comparison_class=CampoDePasos)
    for bloque, comparacion in DE_CADA_BLOQUE.items():
        bloque.get_comparison_class = lambda self, suya=comparacion: suya
