"""Marks of the text that must not part at the end of a line: a number stays with what it counts or names."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString, mark_safe

FIJO = "\N{NO-BREAK SPACE}"
JUNTOS = re.compile(
    r"(?<=\barts\.) (?=\d)|(?<=\bart\.) (?=\d)|(?<=\bN\.[°º]) (?=\d)|(?<=\bS/) (?=\d)"  # art. 16, N.° 30364, S/ 20
    r"|(?<=\d) (?=%)|(?<=\d) (?=[ap]\. m\.)|(?<=\b[ap]\.) (?=m\.)"  # 10 %, 10:00 a. m.
)


def juntar(html: str) -> SafeString:
    """Return the same HTML with those spaces made unbreakable. It changes no letter, tag or address."""
    return mark_safe(JUNTOS.sub(FIJO, html))  # noqa: S308 - a space for another
