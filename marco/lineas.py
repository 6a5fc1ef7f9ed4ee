"""Lines of text that others read: nothing that is not seen, no code, no letters that a file lost."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from .letras_perdidas import LETRA_PERDIDA, linea_recordada, releido
from .visibles import TextoVisible, aviso_de_invisible, sin_invisibles

LARGO_QUE_SE_REPITE = 80  # of what was read, in the sentence that refuses it
# Most lines are of these alone: every one is seen, none is code, and no two of them were ever another letter.
SENCILLA = re.compile("[0-9A-Za-zÁÉÍÓÚÜÑáéíóúüñ .,;:()-]*")


@dataclass(frozen=True)
class NombreLeido:
    """A name as it is kept, or why it is none and which one it may be."""

    texto: str
    problema: str = ""
    probable: str = ""

    @property
    def consejo(self) -> str:
        """What is wrong and what to do, in one or two sentences."""
        if not self.probable:
            return self.problema
        return _("%(problema)s ¿Quiso decir «%(probable)s»?") % {"problema": self.problema, "probable": self.probable}


def linea_limpia(texto: str) -> str:
    """Return a line that others read (institution, position, reason) as it is kept.

    Raises ValidationError where it holds what is not seen, code, or letters that a file lost.
    """
    linea = " ".join(unicodedata.normalize("NFC", str(texto)).split())
    if SENCILLA.fullmatch(linea):
        return linea
    if problema := _problema_de_linea(linea):
        frase = _("Se leyó «%(texto)s». %(problema)s")
        leido = sin_invisibles(linea)[:LARGO_QUE_SE_REPITE]
        raise ValidationError(frase % {"texto": leido, "problema": problema}, code="linea")
    return linea


def _problema_de_linea(linea: str) -> str:
    if LETRA_PERDIDA.search(linea):
        return NombreLeido(linea, _se_perdio(), linea_recordada(linea)).consejo
    if (probable := releido(linea)) != linea:
        return NombreLeido(linea, _se_perdio(), probable).consejo
    if aviso := aviso_de_invisible(linea):
        return aviso
    if signo := next((letra for letra in linea if letra in "<>{}"), ""):
        return _("Quite el signo «%(signo)s».") % {"signo": signo}
    return ""


def _se_perdio() -> str:
    return _("El archivo perdió sus tildes y sus eñes.")


class LineasLimpias(TextoVisible):
    """A model whose lines reach papers and minutes: nothing that is not seen, no code, no letters that a file lost."""

    class Meta:
        abstract = True

    def aviso_de(self, campo: models.Field, texto: str) -> str:
        if campo.get_internal_type() != "CharField" or getattr(campo, "regla_propia", False) or campo.choices:
            return super().aviso_de(campo, texto)
        return _problema_de_linea(texto)
