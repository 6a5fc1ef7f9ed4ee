"""Characters that nobody sees, or that turn what is read around. What others read does not hold them.

A mark of direction shows «Rosa» where «asoR» was saved; one of no width makes two names of one. Whoever typed it did
not see it either: it came with a copied text. So it is refused, saying where it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

# Blank by their shape though Unicode calls them letters, marks or symbols.
EN_BLANCO = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
ESCONDIDAS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
RENGLON = "\n\r\t"
# Of these every letter is seen, and most texts have no other: nothing of theirs has to be looked at one by one.
A_LA_VISTA = re.compile("[ -~\xa1-\xac\xae-\u024f]*")
UNION, VARIANTE = "\u200d", "\ufe0f"
LEIDO = 40


def es_invisible(letra: str) -> bool:
    """Whether a character is not seen, or only changes how its neighbours are seen."""
    if letra in EN_BLANCO or unicodedata.category(letra) in ESCONDIDAS:
        return True
    return "\ufe00" <= letra <= "\ufe0f" or "\U000e0100" <= letra <= "\U000e01ef"


def lugar_invisible(texto: str) -> int | None:
    """Return where the first of them is. Ends of line are seen, and so is what joins the pieces of an emoji."""
    if A_LA_VISTA.fullmatch(texto):
        return None
    for lugar, letra in enumerate(texto):
        if letra in RENGLON or not es_invisible(letra):
            continue
        if letra in (UNION, VARIANTE) and lugar and unicodedata.category(texto[lugar - 1]) in {"So", "Sk", "Mn"}:
            continue
        return lugar
    return None


def sin_invisibles(texto: str) -> str:
    """Return a text to be quoted in an answer: what was read, without what is not seen."""
    if not texto or A_LA_VISTA.fullmatch(texto):
        return " ".join(texto.split())
    return " ".join("".join(letra for letra in texto if letra.isspace() or not es_invisible(letra)).split())


def aviso_de_invisible(texto: str) -> str:
    """Say that a text holds one, and where; nothing when it holds none."""
    lugar = lugar_invisible(texto)
    if lugar is None:
        return ""
    antes = sin_invisibles(texto[:lugar])[-LEIDO:]
    codigo = f"U+{ord(texto[lugar]):04X}"
    if not antes:
        return _("Comienza con un carácter que no se ve (%(codigo)s). Bórrelo y escriba el texto otra vez.") % {
            "codigo": codigo
        }
    return _(
        "Tiene un carácter que no se ve (%(codigo)s) después de «%(antes)s». Bórrelo y escriba esa parte otra vez."
    ) % {"codigo": codigo, "antes": antes}


class TextoVisible(models.Model):
    """A model whose texts others read: none holds what is not seen, whichever form it was typed in."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errores = []
        for campo in self._meta.concrete_fields:
            if campo.editable and campo.attname not in self.get_deferred_fields():
                avisos = (self.aviso_de(campo, texto) for texto in _textos(campo, getattr(self, campo.attname)))
                if aviso := next(filter(None, avisos), ""):
                    # By its name in words: the form where it was typed may not hold every field of the row.
                    errores.append(_("%(campo)s: %(aviso)s") % {"campo": capfirst(campo.verbose_name), "aviso": aviso})
        if errores:
            raise ValidationError(errores, code="invisible")

    def aviso_de(self, campo: models.Field, texto: str) -> str:
        """Say what is wrong with a text of a field; nothing when it may stay."""
        return aviso_de_invisible(texto)


def _textos(campo: Any, valor: Any) -> Iterator[str]:
    """Return every text of a field: what it says, piece by piece where it is a stream."""
    if isinstance(valor, str):
        yield valor
    elif hasattr(valor, "stream_block"):
        yield from _de_json(valor.get_prep_value())
    elif isinstance(campo, models.JSONField):
        yield from _de_json(valor)


def _de_json(valor: Any) -> Iterator[str]:
    if isinstance(valor, str):
        yield unescape(strip_tags(valor)) if "<" in valor else valor
    elif isinstance(valor, dict):
        for uno in valor.values():
            yield from _de_json(uno)
    elif isinstance(valor, list | tuple):
        for uno in valor:
            yield from _de_json(uno)
