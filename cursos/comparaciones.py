"""How two versions of a page are compared where Wagtail writes the word of the machine: «False», «una»."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.html import escape, format_html_join
from wagtail.admin.compare import (
    BlockComparison,
    FieldComparison,
    ListBlockComparison,
    TextDiff,
    diff_text,
    get_comparison_class_for_block,
    register_comparison_class,
)
from wagtail.blocks import BooleanBlock, ChoiceBlock, ChooserBlock, ListBlock

from marco.registros import si_o_no


class CampoSiNo(FieldComparison):
    def htmldiff(self) -> str:
        antes, ahora = si_o_no(self.val_a), si_o_no(self.val_b)
        if antes == ahora:
            return escape(ahora)
        diferencia: str = TextDiff([("deletion", antes), ("addition", ahora)]).to_html()
        return diferencia


class BloqueEnPalabras(BlockComparison):
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


class ListaEnPalabras(ListBlockComparison):
    """A list that one version has and the other does not: its rows as those of any other step."""

    def htmlvalue(self, val: Any) -> str:
        fila = self.block.child_block
        comparar = get_comparison_class_for_block(fila)
        return format_html_join("\n", "<div>{}</div>", ((comparar(fila, True, True, u, u).htmlvalue(u),) for u in val))


def registrar() -> None:
    """Wagtail asks a block which comparison is its own, and these have none: migrations do not change."""
    register_comparison_class(models.BooleanField, comparison_class=CampoSiNo)
    for bloque in (BooleanBlock, ChoiceBlock, ChooserBlock):
        bloque.get_comparison_class = lambda self: BloqueEnPalabras
    ListBlock.get_comparison_class = lambda self: ListaEnPalabras
