"""Formatted text of a step, cleaned when it is shown whatever the site around does with formatted texts."""

from __future__ import annotations

from typing import Any

from django.utils.encoding import force_str
from wagtail import blocks
from wagtail.rich_text import RichText

from marco.prosa import limpiar


class TextoLimpio(RichText):
    """A formatted text that comes out as the editor offers it, also when another door wrote more."""

    def __html__(self) -> str:
        return limpiar(super().__html__())


class BloqueDeTextoLimpio(blocks.RichTextBlock):
    """Wagtail's block, with that value. Migrations know it as Wagtail's: what it stores is the same."""

    canonical_module_path = "wagtail.blocks.RichTextBlock"

    def to_python(self, value: Any) -> TextoLimpio:
        return TextoLimpio(value)

    def normalize(self, value: Any) -> TextoLimpio:
        return TextoLimpio(value.source if isinstance(value, RichText) else value and force_str(value))

    def value_from_form(self, value: Any) -> TextoLimpio:
        return TextoLimpio(value)
